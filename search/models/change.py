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
    return [
        pgtrigger.Trigger(
            name=f"mark_{name}",
            when=pgtrigger.After,
            operation=operation,
            level=pgtrigger.Statement,
            referencing=referencing,
            func=MARK.format(rows=rows),
        )
        for name, operation, referencing, rows in (
            ("insert", pgtrigger.Insert, pgtrigger.Referencing(new="new_values"), "new_values"),
            ("update", pgtrigger.Update, pgtrigger.Referencing(new="new_values"), "new_values"),
            ("delete", pgtrigger.Delete, pgtrigger.Referencing(old="old_values"), "old_values"),
        )
    ]
