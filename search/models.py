"""The search entry: one narrow row for each thing that can be found, and the tally of their facets.

This app knows no domain: a thing is a source code and an object id, its topics and city are numbers, its
single-valued facets are packed into one small integer whose meaning the source knows.
"""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from search.querysets import TallyQuerySet

COUNTED = """
    SELECT source, audience, topic, facets, {sign}count(*)
    FROM {rows} CROSS JOIN LATERAL unnest(topics || 0) AS topic
    GROUP BY source, audience, topic, facets
"""
TALLY = "INSERT INTO search_tally (source, audience, topic, facets, n) {select}; RETURN NULL;"


class Audience(models.IntegerChoices):
    """Who may learn that a thing exists. What fewer people may see has no entry."""

    PUBLIC = 0
    NETWORK = 1


class Entry(models.Model):
    """One thing that can be found."""

    source = models.PositiveSmallIntegerField()
    object_id = models.BigIntegerField()
    audience = models.PositiveSmallIntegerField(choices=Audience.choices)
    date = models.DateField()
    confirmed_on = models.DateField()
    city_id = models.BigIntegerField(null=True)
    topics = ArrayField(models.IntegerField(), default=list)  # with all their ancestors, each once
    facets = models.PositiveSmallIntegerField(default=0)
    title_words = SearchVectorField()  # title and keywords alone, kept in the row: a hit there ranks first
    words = SearchVectorField()  # everything; stored out of line (migration 0003)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "object_id"], name="entry_once_a_thing"),
        ]
        indexes = [
            models.Index(fields=["source", "-date", "-id"], name="entry_newest"),
            models.Index(fields=["source", "-confirmed_on", "-id"], name="entry_confirmed"),
            models.Index(fields=["source", "city_id", "-date", "-id"], name="entry_city"),
            GinIndex(fields=["topics"], name="entry_topics", fastupdate=False),
            GinIndex(fields=["words"], name="entry_words", fastupdate=False),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="tally_insert",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                level=pgtrigger.Statement,
                referencing=pgtrigger.Referencing(new="new_values"),
                func=TALLY.format(select=COUNTED.format(sign="", rows="new_values")),
            ),
            pgtrigger.Trigger(
                name="tally_delete",
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                level=pgtrigger.Statement,
                referencing=pgtrigger.Referencing(old="old_values"),
                func=TALLY.format(select=COUNTED.format(sign="-", rows="old_values")),
            ),
            pgtrigger.Trigger(
                name="tally_update",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                level=pgtrigger.Statement,
                referencing=pgtrigger.Referencing(old="old_values", new="new_values"),
                func=TALLY.format(
                    select=f"({COUNTED.format(sign='', rows='new_values')}) UNION ALL "
                    f"({COUNTED.format(sign='-', rows='old_values')})"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.object_id}"


class Tally(models.Model):
    """How many entries have a combination of facets, by topic; topic 0 counts each entry once.

    Triggers append signed rows in the transaction that changes an entry, so sums are exact at every moment
    and writers never wait for one another; `search.tally.compact` folds them together now and then.
    """

    source = models.PositiveSmallIntegerField()
    audience = models.PositiveSmallIntegerField()
    topic = models.IntegerField()
    facets = models.PositiveSmallIntegerField()
    n = models.BigIntegerField()

    objects = TallyQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["source", "topic", "facets"], include=["audience", "n"], name="tally_sums")
        ]

    def __str__(self) -> str:
        return f"{self.source}/{self.topic}/{self.facets}: {self.n}"
