"""Write-ups as lists show them: what one card says, worked out before the template."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cities.permissions import audience_of, is_member
from practices.enums import Kind, Phase, Visibility
from practices.figures.costs import cost_class
from practices.models import Practice, slug_of
from practices.permissions import can_see_city
from practices.search_entry import SOURCE
from search.kept import Ahead, IsOneOf, KeptSelect
from search.models import Audience, Entry

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from accounts.models import User
    from practices.querysets import PracticeQuerySet

MOST_TOPICS = 3
BY_ID, NEWEST, CHOSEN = KeptSelect(), KeptSelect(), KeptSelect()


@dataclass(frozen=True)
class Card:
    """One write-up in a list."""

    pk: int
    title: str
    url: str
    preline: str
    summary: str
    topics: tuple[str, ...]
    phase: str
    confirmed: str
    checked: str
    adopted: str
    is_overdue: bool
    audience: str
    cost: str
    is_demo: bool


class Row(NamedTuple):
    """What a card is made from; reading just this takes half the time of reading write-ups."""

    pk: int
    title: str
    summary: str
    kind: str
    phase: str
    visibility: str
    confirmed_on: dt.date | None
    next_check_on: dt.date | None
    checked_on: dt.date | None
    adopters: int
    is_demo: bool
    city_id: int
    city_name: str
    topic_names: list[str]
    one_off_cost: Decimal | None


def cards_by_id(practice_ids: Collection[int], reader: User | AnonymousUser) -> list[Card]:
    """The cards of published write-ups in the order of their ids. One query."""
    return list(cards_by_key(practice_ids, reader).values())


def cards_by_key(practice_ids: Collection[int], reader: User | AnonymousUser) -> dict[int, Card]:
    """The same with their ids."""
    return {key: card for key, (card, _texts) in cards_with_texts(practice_ids, reader).items()}


def cards_with_texts(
    practice_ids: Collection[int], reader: User | AnonymousUser, *fields: str
) -> dict[int, tuple[Card, tuple[Any, ...]]]:
    """The same with some of the write-ups' texts, or `tag_names`. One query."""
    if not practice_ids:
        return {}

    def build(ids: list[int]) -> QuerySet[Practice, tuple[Any, ...]]:
        practices = Practice.objects.published_for(reader).filter(IsOneOf("pk", ids))
        return (practices.with_tag_names() if "tag_names" in fields else practices).card_values(*fields)

    rows = BY_ID.rows((is_member(reader), fields), build, ids=list(practice_ids))
    found = {row[0]: row for row in rows}
    return cards_of_values([found[key] for key in practice_ids if key in found], reader)


def cards_of_values(
    rows: list[tuple[Any, ...]], reader: User | AnonymousUser
) -> dict[int, tuple[Card, tuple[Any, ...]]]:
    """The cards of what `card_values()` has read, each with the columns behind, by id."""
    width = len(Row._fields)
    cards = _cards((Row._make(row[:width]) for row in rows), reader)
    return {row[0]: (card, row[width:]) for row, card in zip(rows, cards, strict=True)}


def cards_of_chosen(ahead: Ahead, reader: User | AnonymousUser) -> tuple[dict[int, Card], list[Any]]:
    """The cards of published write-ups by id, and all that `chosen` tells of them. One query.

    `ahead` has to give `chosen` with an `object_id` for each.
    """

    def build() -> QuerySet[Practice, tuple[Any, ...]]:
        ids = RawSQL("SELECT object_id FROM chosen", ())
        told = RawSQL("SELECT json_agg(chosen)::text FROM chosen", ())  # once, though it stands in every row
        practices = Practice.objects.published_for(reader).filter(pk__in=ids)
        return practices.annotate(told=Cast(told, TextField())).card_values("told")

    rows = CHOSEN.rows(is_member(reader), build, ahead)
    cards = {key: card for key, (card, _told) in cards_of_values(rows, reader).items()}
    return cards, json.loads(rows[0][-1]) if rows else []


def newest(
    reader: User | AnonymousUser, number: int, *, is_public: bool = False, **lookup: int
) -> list[Card]:
    """The cards of the newest write-ups, by `city_id` or `topic` of their entries. One query.

    `is_public` leaves out what only members may read.
    """
    audience = Audience.PUBLIC if is_public else audience_of(reader)

    def build(**lookup: int) -> QuerySet[Practice, tuple[Any, ...]]:
        topics = [lookup.pop("topic")] if "topic" in lookup else []
        entries = Entry.objects.filter(**lookup, source=SOURCE, audience__lte=audience)
        found = (entries.filter(topics__contains=topics) if topics else entries).order_by("-date", "-id")
        ids = found.values("object_id")[:number]
        practices = Practice.objects.published_for(reader).filter(pk__in=ids)
        return practices.order_by("-published_at", "-pk").card_values()

    return _cards(map(Row._make, NEWEST.rows((is_member(reader), number, audience), build, **lookup)), reader)


def cards_of(practices: PracticeQuerySet | Iterable[Practice], reader: User | AnonymousUser) -> list[Card]:
    """Cards of write-ups that were read with `for_cards()`."""
    return _cards((_row(practice) for practice in practices), reader)


def _row(practice: Any) -> Row:
    names = (name for name in Row._fields if name != "city_name")
    return Row(city_name=practice.city.name, **{name: getattr(practice, name) for name in names})


def _cards(rows: Iterable[Row], reader: User | AnonymousUser) -> list[Card]:
    kinds, phases, audiences = (
        {value: str(label) for value, label in choices.choices} for choices in (Kind, Phase, Visibility)
    )
    audiences[Visibility.PUBLIC] = ""
    today = timezone.localdate()
    list_url = reverse("practices:list")  # resolving every address by itself takes longer than all the rest
    hidden = _("eine Stadt im Netzwerk")
    return [
        Card(
            pk=row.pk,
            title=row.title,
            url=f"{list_url}{row.pk}-{slug_of(row.title)}/",
            preline=f"{kinds[row.kind]} · {row.city_name if can_see_city(reader, row) else hidden}",
            summary=row.summary,
            topics=tuple(row.topic_names[:MOST_TOPICS]),
            phase=phases[row.phase],
            confirmed=f"{row.confirmed_on:%m/%Y}" if row.confirmed_on else "",
            checked=f"{row.checked_on:%m/%Y}" if row.checked_on else "",
            adopted=_adopted(row.adopters),
            is_overdue=bool(row.next_check_on and row.next_check_on < today),
            audience=audiences[row.visibility],
            cost=str(cost_class(row.one_off_cost).label) if row.one_off_cost is not None else "",
            is_demo=row.is_demo,
        )
        for row in rows
    ]


def _adopted(number: int) -> str:
    """„von 7 Städten übernommen“; nothing where nobody has."""
    if not number:
        return ""
    words = ngettext("von %(number)d Stadt übernommen", "von %(number)d Städten übernommen", number)
    return words % {"number": number}
