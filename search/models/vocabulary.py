"""All words of all entries: how many entries have each, and how they are written."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Reverse

from search.models.change import after_each_statement, marking

COUNT_WORDS = "INSERT INTO search_wordcount (lexeme, audience, n) {words}; RETURN NULL;"
WORDS = """
    SELECT lexeme, audience, {sign}count(*) AS n
    FROM {rows} CROSS JOIN LATERAL unnest(array_append(tsvector_to_array(words), '')) AS lexeme
    GROUP BY lexeme, audience
"""
NEW_WORDS, OLD_WORDS = WORDS.format(sign="", rows="new_values"), WORDS.format(sign="-", rows="old_values")
# What an update changes: nothing where old and new rows count the same.
CHANGED_WORDS = f"""
    SELECT lexeme, audience, sum(n) FROM (({NEW_WORDS}) UNION ALL ({OLD_WORDS})) AS signed
    GROUP BY lexeme, audience HAVING sum(n) <> 0
"""  # noqa: S608  a constant


class WordCount(models.Model):
    """How many entries of an audience have a lexeme; the empty lexeme counts the entries themselves.

    Triggers on the entries append signed rows in the transaction of the change, so that sums are exact at
    every moment and writers never wait for one another. Who asks sums up the audiences they belong to: words
    of hidden things do not exist for them.
    """

    lexeme = models.TextField()
    audience = models.PositiveSmallIntegerField()
    n = models.IntegerField()

    class Meta:
        indexes = [
            models.Index(
                OpClass(F("lexeme"), name="text_pattern_ops"),
                name="wordcount_lexeme",
                include=["audience", "n"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.lexeme}: {self.n}"


class Word(models.Model):
    """A lexeme and one way in which it is written, for finding similar ones. Says nothing about who may
    know it.
    """

    lexeme = models.TextField(primary_key=True)
    surface = models.TextField()

    class Meta:
        indexes = [
            GinIndex(OpClass(F("lexeme"), name="gin_trgm_ops"), name="word_similar"),
            models.Index(
                Length("lexeme"), OpClass(F("lexeme"), name="text_pattern_ops"), name="word_by_beginning"
            ),
            models.Index(
                Length("lexeme"), OpClass(Reverse("lexeme"), name="text_pattern_ops"), name="word_by_ending"
            ),
        ]
        constraints = [models.CheckConstraint(condition=~Q(lexeme=""), name="word_not_empty")]
        triggers = marking()

    def __str__(self) -> str:
        return self.surface


class NewWord(models.Model):
    """A word that was not known when its thing was entered; a job makes it a Word, so writers never wait."""

    lexeme = models.TextField()
    surface = models.TextField()

    def __str__(self) -> str:
        return self.surface


def counting_words() -> list[pgtrigger.Trigger]:
    """The triggers of the entries."""
    return after_each_statement(
        "words",
        insert=COUNT_WORDS.format(words=NEW_WORDS),
        update=COUNT_WORDS.format(words=CHANGED_WORDS),
        delete=COUNT_WORDS.format(words=OLD_WORDS),
    )
