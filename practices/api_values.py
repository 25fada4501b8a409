"""What stands in the addresses of the API: words, names and places in a list. What is unknown is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from django.http import QueryDict
from django.utils.translation import gettext as _
from ninja.errors import ValidationError
from pydantic import AfterValidator, Field

from search.paging import AFTER, Cursor
from search.searching import Answer

MOST_VALUES = 50


def _plain(text: str) -> str:
    return " ".join(text.replace("\x00", " ").split())


Words = Annotated[
    str,
    Field(
        max_length=200, description="Words or a whole question; phrases in quotation marks, a minus excludes"
    ),
    AfterValidator(_plain),
]
Token = Annotated[
    str, Field(max_length=400, description="Continues after a page: `next_after` of its answer")
]


def cursor_of(token: str) -> Cursor | None:
    """Where a page begins; a token that no answer has given is refused."""
    if not token:
        return None
    query = QueryDict(mutable=True)
    query[AFTER] = token
    if cursor := Cursor.from_query(query):
        return cursor
    raise refusal("after", _("ist nicht aus der Antwort einer Suche"))


def next_after(answer: Answer) -> str | None:
    return QueryDict(answer.page.next_query(QueryDict())).get(AFTER) if answer.page.has_next else None


def known(name: str, ids: Mapping[str, int], slugs: Sequence[str]) -> list[int]:
    for slug in slugs:
        if slug not in ids:
            raise refusal(name, _("Das Thema „%(name)s“ gibt es nicht.") % {"name": slug[:100]})
    return [ids[slug] for slug in slugs]


def refusal(name: str, message: str) -> ValidationError:
    return ValidationError([{"type": "value_error", "loc": ("query", name), "msg": message}])
