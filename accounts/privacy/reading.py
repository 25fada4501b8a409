"""Everything that is known of a person, read at once."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, QuerySet
from django.db.models.functions import JSONObject

from accounts.models import User
from accounts.privacy import sources


class Rows:
    """Rows that an export lists with these fields. A source gives them as values of its dictionary."""

    def __init__(self, rows: QuerySet[Any], *fields: str) -> None:
        said = JSONObject(**{field: F(field) for field in fields})
        self.subquery = ArraySubquery(rows.values(said=said))


def everything_of(person: User) -> dict[str, Any]:
    """By source what it exports. The rows of all sources are one query, however many there are."""
    exported = {source.name: source.export(person) for source in sources()}
    places = [
        (content, name)
        for content in exported.values()
        if isinstance(content, dict)
        for name, value in content.items()
        if isinstance(value, Rows)
    ]
    wanted = {f"list_{number}": content[name].subquery for number, (content, name) in enumerate(places)}
    read = User.objects.filter(pk=person.pk).values_list(*wanted.values()).get() if wanted else ()
    for (content, name), rows in zip(places, read, strict=True):
        content[name] = rows
    return exported
