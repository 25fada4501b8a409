"""Which entries have a label or a word, a bit for each: whatever is asked is answered by a few ANDs."""

from __future__ import annotations

import pgtrigger
from django.db import models

from search.models.change import after_each_statement

STALE = "INSERT INTO search_stale (entry_id) SELECT id FROM {rows}; RETURN NULL;"


class BitmapKind(models.IntegerChoices):
    FRAME = 0  # what the bits of all others stand for
    LABEL = 1  # facets, topics, marks, sources and audiences
    WORD = 2  # lexemes that many entries have


class Bitmap(models.Model):
    """A bit for each entry, the lowest of the first byte for the first; see `search.bitmaps`.

    They tell how entries were when they were folded last. What changed since is in `Stale`.
    """

    kind = models.PositiveSmallIntegerField(choices=BitmapKind.choices)
    label = models.TextField()
    bits = models.BinaryField()  # not compressed (migration 0007)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "label"], name="bitmap_once_a_label")]

    def __str__(self) -> str:
        return self.label


class Stale(models.Model):
    """An entry that was added, changed or taken away since the bitmaps were folded last.

    Triggers append it in the transaction that changes the entry, so writers never wait for one another and
    readers see the change and its row at once.
    """

    entry_id = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.entry_id)


def noting_stale() -> list[pgtrigger.Trigger]:
    """The triggers of the entries, whose ids never change."""
    new, old = STALE.format(rows="new_values"), STALE.format(rows="old_values")
    return after_each_statement("stale", insert=new, update=new, delete=old)
