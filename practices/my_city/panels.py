"""What write-ups show in a person's own area."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cities.comparable.reasons import reasons
from cities.permissions import is_coordinator
from practices.adoption.views.record import COUNTED
from practices.enums import Status
from practices.my_city.first import three_things
from practices.my_city.reading import MyCity, Own, my_city
from practices.permissions import can_write_any
from practices.waiting import waiting_for
from ui.panels import Panel, register

if TYPE_CHECKING:
    from cities.models import City
    from practices.cards import Card
    from practices.my_city.alike import Offer

MOST_REASONS, MOST_NAMES = 3, 3


def register_panels() -> None:
    register(Panel("mine.first", 10, "practices/my_city/first.html", first))
    register(Panel("mine", 5, "practices/my_city/alike.html", alike))
    register(Panel("mine", 7, "practices/my_city/new.html", new))
    register(Panel("mine", 10, "practices/panels/mine.html", mine))


@dataclass(frozen=True)
class Explained:
    """A write-up of a city like ours, with why that city is alike and who else has it."""

    card: Card
    brief_url: str
    city: str
    because: str
    others: str
    is_new_topic: bool


@dataclass(frozen=True)
class Number:
    """A figure of the city, with the list that it was counted in."""

    text: str
    url: str


def first(request: HttpRequest, _subject: Any) -> dict[str, Any]:
    return {"things": three_things(request)}


def alike(request: HttpRequest, _subject: Any) -> dict[str, Any] | None:
    """What cities like the reader's have that it does not have; what to do where there is nothing."""
    found = my_city(request)
    if not found.city:
        return None
    return {
        "rows": [_explained(found.city, offer, card) for offer, card in found.offers],
        "list_url": f"{reverse('practices:list')}?wie=unsere",
        "comparable_url": reverse("cities:comparable", args=[found.city.slug]),
    }


def _explained(city: City, offer: Offer, card: Card) -> Explained:
    nearest = offer.nearest
    others = [each for each in [*offer.makers, *offer.takers] if each is not nearest]
    phrases = reasons(city, nearest)
    return Explained(
        card=card,
        brief_url=f"{card.url}kurzfassung/",
        city=nearest.name,
        because=", ".join((phrases.alike or phrases.different)[:MOST_REASONS]),
        others=_names(others),
        is_new_topic=offer.is_new_topic and bool(card.topics),
    )


def _names(cities: list[City]) -> str:
    shown = ", ".join(city.name for city in cities[:MOST_NAMES])
    left = len(cities) - MOST_NAMES
    return _("%(cities)s und %(number)d weitere") % {"cities": shown, "number": left} if left > 0 else shown


def new(request: HttpRequest, _subject: Any) -> dict[str, Any] | None:
    """What other cities have published in the topics of one's own."""
    found = my_city(request).new
    return {"cards": found} if found else None


def mine(request: HttpRequest, _subject: Any) -> dict[str, Any]:
    """How the city stands, the reader's own drafts, and what else their cities have lately written."""
    found = my_city(request)
    own = [(practice, card, _is_own_draft(practice, request)) for practice, card in found.own]
    return {
        "numbers": _numbers(found),
        "drafts": [(practice, card) for practice, card, is_draft in own if is_draft],
        "others": [(practice, card) for practice, card, is_draft in own if not is_draft],
        "can_write": can_write_any(request.user),
        "is_coordinator": is_coordinator(request.user),
        "unsaved": waiting_for(request).unsaved,
    }


SAID = {
    Status.PUBLISHED: gettext_lazy("%(number)s veröffentlicht"),
    Status.IN_REVIEW: gettext_lazy("%(number)s in Prüfung"),
    Status.DRAFT: gettext_lazy("%(number)s im Entwurf"),
}


def _numbers(found: MyCity) -> list[Number]:
    """Only what is not nought."""
    if not found.city:
        return []
    counted, own_url = found.numbers, reverse("practices:own")
    numbers = [
        Number(
            said % {"number": _said(counted[status])},
            f"{own_url}?stand={status}",
        )
        for status, said in SAID.items()
        if counted[status]
    ]
    if given := counted["given_to"]:
        words = ngettext("von %(number)s Stadt übernommen", "von %(number)s Städten übernommen", given)
        address = f"{found.city.get_absolute_url()}#uebernahmen"
        numbers.append(Number(words % {"number": _said(given)}, address))
    if taken := counted["taken"]:
        words = _("%(number)s von anderen übernommen")
        numbers.append(
            Number(words % {"number": _said(taken)}, f"{reverse('adoption:own')}?zeigen={COUNTED}")
        )
    return numbers


def _said(number: int) -> str:
    return number_format(number, force_grouping=True)


def _is_own_draft(practice: Own, request: HttpRequest) -> bool:
    return practice.status == Status.DRAFT and practice.created_by_id == request.user.pk
