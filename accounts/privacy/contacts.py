"""Contact fields that name a person: in a thing itself and in all its recorded versions."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from accounts.models import User

PARTS = ("name", "email", "phone")


def contacts_of(person: User, rows: models.QuerySet[Any], *prefixes: str) -> models.QuerySet[Any]:
    """The things whose contact (`contact`, `deputy`) is this person."""
    named = Q()
    for prefix in prefixes:
        named |= Q(**{f"{prefix}_user": person}) | Q(**{f"{prefix}_email__iexact": person.email})
    return rows.filter(named)


def clear_contacts(person: User, rows: models.QuerySet[Any], *prefixes: str) -> None:
    """Empty what equals the person; an office's own name and number stay."""
    for prefix in prefixes:
        theirs = contacts_of(person, rows, prefix)
        keys = list(theirs.values_list("pk", flat=True))
        for part in PARTS:
            value = getattr(person, part)
            if value:
                same = {f"{prefix}_{part}__iexact": value}
                rows.filter(pk__in=keys, **same).update(**{f"{prefix}_{part}": ""})
        rows.filter(pk__in=keys, **{f"{prefix}_user": person}).update(**{f"{prefix}_user": None})
