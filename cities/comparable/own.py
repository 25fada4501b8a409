"""„Städte wie unsere“: the reader's own city, and what an address asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cities.comparable.nearest import alike
from cities.models import City
from cities.permissions import city_ids_of
from search.folding import german_slug
from ui.facets import Choice, Facet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

OURS = "unsere"  # in an address: like the reader's own city, whichever that is


def own_city(user: User | AnonymousUser) -> City | None:
    """The first of the person's cities in German order. One query a request, none for people without one."""
    if not city_ids_of(user):
        return None
    if not hasattr(user, "_own_city"):
        user._own_city = City.objects.in_network().filter(pk__in=city_ids_of(user)).first()  # type: ignore[union-attr]
    found: City | None = user._own_city  # type: ignore[union-attr]
    return found


def remember_own_city(user: User | AnonymousUser, cities: Iterable[City]) -> None:
    """For pages that have read the person's cities in German order anyway."""
    acting_for = city_ids_of(user)
    user._own_city = next((city for city in cities if city.pk in acting_for), None)  # type: ignore[union-attr]


@dataclass(frozen=True)
class Likeness:
    """A filter „Städte wie …“ as an address has it.

    `city` is the one that others shall be like, None where the text names none; `cities` are those alike, the
    most similar first. `offers_own` tells that the reader has a city to compare with.
    """

    text: str = ""
    city: City | None = None
    cities: Sequence[City] = ()
    offers_own: bool = False

    @classmethod
    def of(cls, text: str, reader: User | AnonymousUser) -> Likeness:
        """Two queries where the filter is chosen, none otherwise."""
        offers_own = bool(city_ids_of(reader))
        if not text:
            return cls(offers_own=offers_own)
        if text == OURS:
            city = own_city(reader)
        else:
            city = City.objects.in_network().filter(slug=german_slug(text)).first()
        if city is None:
            return cls(text, offers_own=offers_own)
        return cls(text, city, alike(city), offers_own)

    @property
    def problem(self) -> str:
        """What is wrong with the filter in the address; "" where nothing is."""
        if not self.text or self.city:
            return ""
        if self.text == OURS:
            return _("„Wie unsere“ geht nur, wenn Sie für eine Stadt angemeldet sind. Es gelten alle Städte.")
        return _("„%(city)s“ ist keine Stadt im Netzwerk. Es gelten alle Städte.") % {"city": self.text}

    def facets(self, number: int) -> list[Facet]:
        """The filter for a list, `number` being its hits; none for readers who have nothing to compare with.

        A city that somebody else compares with can be chosen away, and the own one taken.
        """
        choices = []
        if self.offers_own:
            is_chosen = self.text == OURS
            choices.append(Choice(OURS, _("Städte wie unsere"), number if is_chosen else None, is_chosen))
        if self.city and self.text != OURS:
            choices.append(Choice(self.text, _("Städte wie %(city)s") % {"city": self.city}, number, True))
        is_single = len(choices) > 1
        title = _("Vergleichbare Städte")
        return [Facet("wie", title, choices, is_multiple=not is_single, is_open=True)] if choices else []

    @property
    def city_ids(self) -> list[int] | None:
        """What the list is narrowed to; None where the filter is not chosen or names no city."""
        return [city.pk for city in self.cities] if self.city else None
