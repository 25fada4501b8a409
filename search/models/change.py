"""A mark for every change of what can be found, so that answers are kept exactly as long as they hold."""

from __future__ import annotations

import pgtrigger
from django.db import models

# A statement that touches no row changes nothing.
MARK = """
    INSERT INTO search_change (mark)
    SELECT hashtextextended(gen_random_uuid()::text, 0) WHERE EXISTS (SELECT FROM {rows});
    RETURN NULL;
"""


class Change(models.Model):
    """One change with a random mark. All marks together, as `bit_xor`, say which state a reader sees.

    Writers only append, so they never wait for one another, and a state is seen just when the change itself
    is; folding marks together leaves the state as it was.
    """

    mark = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.mark:x}"


def marking() -> list[pgtrigger.Trigger]:
    """The triggers of a table whose changes change answers."""
    new, old = MARK.format(rows="new_values"), MARK.format(rows="old_values")
    return after_each_statement("mark", insert=new, update=new, delete=old)


def after_each_statement(name: str, *, insert: str, update: str, delete: str) -> list[pgtrigger.Trigger]:
    """What is done once for all rows that a statement adds, changes or takes away.

    They are `new_values` for the first two, `old_values` for the last two.
    """
    new, old = {"new": "new_values"}, {"old": "old_values"}
    changed = new | old if "old_values" in update else new  # keeping rows as they were costs time
    return [
        pgtrigger.Trigger(
            name=f"{name}_{suffix}",
            when=pgtrigger.After,
            operation=operation,
            level=pgtrigger.Statement,
            referencing=pgtrigger.Referencing(**tables),
            func=func,
        )
        for suffix, operation, tables, func in (
            ("insert", pgtrigger.Insert, new, insert),
            ("update", pgtrigger.Update, changed, update),
            ("delete", pgtrigger.Delete, old, delete),
        )
    ]
