"""The search entry: one narrow row for each thing that can be found.

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

from search.models.bitmap import noting_stale
from search.models.change import marking
from search.models.vocabulary import counting_words

# While a statement runs, it only appends what is new to the list of things to do that the index of words has;
# then all of it goes in at once, each lexeme for all things that have it. That takes a fifth of the time, and
# since nothing stays on the list, searches never have to look through it. The index is missing while it is
# built anew.
SETTLE = """
    PERFORM gin_clean_pending_list(to_regclass('entry_words'));
    RETURN NULL;
"""


def settling() -> list[pgtrigger.Trigger]:
    return [
        pgtrigger.Trigger(
            name=f"settle_{name}",
            when=pgtrigger.After,
            operation=operation,
            level=pgtrigger.Statement,
            func=SETTLE,
        )
        for name, operation in (("insert", pgtrigger.Insert), ("update", pgtrigger.Update))
    ]


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
            GinIndex(fields=["words"], name="entry_words", fastupdate=True),
        ]
        triggers = [*marking(), *noting_stale(), *counting_words(), *settling()]

    def __str__(self) -> str:
        return f"{self.source}:{self.object_id}"
