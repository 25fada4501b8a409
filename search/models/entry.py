"""The search entry: one narrow row for each thing that can be found, and the tally of their facets.

This app knows no domain: a thing is a source code and an object id, its topics and city are numbers, its
single-valued facets are packed into one integer whose meaning the source knows.
"""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from search.models.change import marking
from search.packing import CORE_MASK, FURTHER
from search.querysets import TallyQuerySet

# Each entry counts under each of its topics and marks and under 0; once for itself, and once for each known
# facet.
FURTHER_VALUES = ", ".join(
    f"({place}, facets >> {field.shift} & {field.mask})" for place, field in enumerate(FURTHER, 1)
)
COUNTED = f"""
    SELECT source, audience, topic, field, value, facets & {CORE_MASK} AS facets, {{sign}}count(*) AS n
    FROM {{rows}} CROSS JOIN LATERAL unnest(topics || 0) AS topic
        CROSS JOIN LATERAL (VALUES (0, 0), {FURTHER_VALUES}) AS known (field, value)
    WHERE field = 0 OR value <> 0
    GROUP BY source, audience, topic, field, value, facets & {CORE_MASK}
"""  # noqa: S608  numbers of our own
TALLY = """
    INSERT INTO search_tally (source, audience, topic, field, value, facets, n) {select};
    INSERT INTO search_wordcount (lexeme, audience, n) {words};
    RETURN NULL;
"""
WORDS = """
    SELECT lexeme, audience, {sign}count(*) AS n
    FROM {rows} CROSS JOIN LATERAL unnest(array_append(tsvector_to_array(words), '')) AS lexeme
    GROUP BY lexeme, audience
"""


def _difference(counted: str, key: str) -> str:
    """What an update changes: nothing where old and new rows count the same."""
    both = " UNION ALL ".join(
        f"({counted.format(sign=sign, rows=rows)})"
        for sign, rows in (("", "new_values"), ("-", "old_values"))
    )
    return f"SELECT {key}, sum(n) FROM ({both}) AS signed GROUP BY {key} HAVING sum(n) <> 0"  # noqa: S608


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
    # With all their ancestors, each once. Below 0 stand further labels of which a thing may have several
    # (marks).
    topics = ArrayField(models.IntegerField(), default=list)
    facets = models.IntegerField(default=0)
    boost = models.PositiveSmallIntegerField(default=0)  # 0 to 100: how much its source thinks of it
    uses = models.PositiveIntegerField(default=0)
    key = models.TextField(null=True)  # noqa: DJ001  folded name, of things that are known by a short name
    words = SearchVectorField()  # `search.analysis.vectors`; stored out of line (migration 0003)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "object_id"], name="entry_once_a_thing"),
        ]
        indexes = [
            models.Index(fields=["source", "-date", "-id"], name="entry_newest"),
            models.Index(fields=["source", "-confirmed_on", "-id"], name="entry_confirmed"),
            models.Index(fields=["source", "-uses", "-date", "-id"], name="entry_most_used"),
            models.Index(fields=["source", "city_id", "-date", "-id"], name="entry_city"),
            models.Index(
                OpClass(F("key"), name="text_pattern_ops"), name="entry_key", condition=Q(key__isnull=False)
            ),
            GinIndex(fields=["topics"], name="entry_topics", fastupdate=False),
            GinIndex(fields=["words"], name="entry_words", fastupdate=False),
        ]
        triggers = [
            *marking(),
            pgtrigger.Trigger(
                name="tally_insert",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                level=pgtrigger.Statement,
                referencing=pgtrigger.Referencing(new="new_values"),
                func=TALLY.format(
                    select=COUNTED.format(sign="", rows="new_values"),
                    words=WORDS.format(sign="", rows="new_values"),
                ),
            ),
            pgtrigger.Trigger(
                name="tally_delete",
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                level=pgtrigger.Statement,
                referencing=pgtrigger.Referencing(old="old_values"),
                func=TALLY.format(
                    select=COUNTED.format(sign="-", rows="old_values"),
                    words=WORDS.format(sign="-", rows="old_values"),
                ),
            ),
            pgtrigger.Trigger(
                name="tally_update",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                level=pgtrigger.Statement,
                referencing=pgtrigger.Referencing(old="old_values", new="new_values"),
                func=TALLY.format(
                    select=_difference(COUNTED, "source, audience, topic, field, value, facets"),
                    words=_difference(WORDS, "lexeme, audience"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.object_id}"


class Tally(models.Model):
    """How many entries have a combination of facets, by topic; topic 0 counts each entry once.

    `facets` is the packed combination of the first two fields; `field` and `value` narrow it to one value
    of another field, counted from 1, while 0 stands for no further one.

    Triggers append signed rows in the transaction that changes an entry, so sums are exact at every moment
    and writers never wait for one another; `search.tally.compact` folds them together now and then.
    """

    source = models.PositiveSmallIntegerField()
    audience = models.PositiveSmallIntegerField()
    topic = models.IntegerField()
    field = models.PositiveSmallIntegerField(default=0)
    value = models.PositiveSmallIntegerField(default=0)
    facets = models.PositiveSmallIntegerField()
    n = models.BigIntegerField()

    objects = TallyQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["source", "topic", "field"],
                include=["value", "facets", "audience", "n"],
                name="tally_sums",
            ),
            # Numbers by topic for the whole map.
            models.Index(
                fields=["source", "facets", "topic"],
                include=["audience", "n"],
                name="tally_by_topic",
                condition=Q(field=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}/{self.topic}/{self.facets}: {self.n}"
