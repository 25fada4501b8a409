"""Write-ups as lists show them: what one card says, worked out before the template."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from practices.enums import Kind, Phase, Visibility
from practices.models import Practice, slug_of
from practices.permissions import can_see_city
from practices.search_entry import SOURCE
from search.audience import audience_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from accounts.models import User
    from practices.querysets import PracticeQuerySet
    from search.models import Entry

MOST_TOPICS = 3


@dataclass(frozen=True)
class Card:
    """One write-up in a list."""

    title: str
    url: str
    preline: str
    summary: str
    topics: list[str]
    phase: str
    confirmed: str
    is_overdue: bool
    audience: str
    is_demo: bool


def cards_by_id(practice_ids: Collection[int], reader: User | AnonymousUser) -> list[Card]:
    """The cards of published write-ups in the order of their ids. One query."""
    if not practice_ids:
        return []
    rows = {
        row.pk: row for row in Practice.objects.published_for(reader).for_cards().filter(pk__in=practice_ids)
    }
    return cards_of((rows[key] for key in practice_ids if key in rows), reader)


def newest(reader: User | AnonymousUser, entries: QuerySet[Entry], number: int) -> list[Card]:
    """The cards of the newest among the things that these entries stand for. One query."""
    found = entries.filter(source=SOURCE, audience__lte=audience_of(reader)).order_by("-date", "-id")
    practices = Practice.objects.published_for(reader).filter(pk__in=found.values("object_id")[:number])
    return cards_of(practices.for_cards().order_by("-published_at", "-pk"), reader)


def cards_of(practices: PracticeQuerySet | Iterable[Practice], reader: User | AnonymousUser) -> list[Card]:
    """Cards of write-ups that were read with `for_cards()`."""
    kinds, phases = dict(Kind.choices), dict(Phase.choices)
    today = timezone.localdate()
    return [_card(practice, reader, kinds, phases, today) for practice in practices]


def _card(practice: Any, reader: User | AnonymousUser, kinds: Any, phases: Any, today: Any) -> Card:
    place = practice.city.name if can_see_city(reader, practice) else _("eine Stadt im Netzwerk")
    return Card(
        title=practice.title,
        url=reverse("practices:detail", args=[practice.pk, slug_of(practice.title)]),
        preline=f"{kinds[practice.kind]} · {place}",
        summary=practice.summary,
        topics=practice.topic_names[:MOST_TOPICS],
        phase=str(phases[practice.phase]),
        confirmed=date_format(practice.confirmed_on, "m/Y") if practice.confirmed_on else "",
        is_overdue=bool(practice.next_check_on and practice.next_check_on < today),
        audience="" if practice.visibility == Visibility.PUBLIC else practice.get_visibility_display(),
        is_demo=practice.is_demo,
    )
