"""What the search knows of a city: those of the network can be found."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils import timezone

from cities.models import City
from search import entries
from search.entries import EntryData
from search.models import Audience
from search.sources import Source
from ui.richtext import to_plain_text

if TYPE_CHECKING:
    from cities.querysets import CityQuerySet

SOURCE = 3
# What tells namesakes apart is not said: „Frankenthal (Pfalz)“, „Halle (Saale), Stadt“, „Neustadt a.d.
# Weinstraße“.
ADDITION = re.compile(r"\s*[(,].*$")
LARGE = 100_000  # inhabitants of what stands first among namesakes


def refresh(city: City) -> None:
    """Bring the entry in line with the city; call it in the transaction that changes the city."""
    refresh_many([city.pk])


def refresh_many(city_ids: Collection[int]) -> None:
    """The same for several."""
    entries.refresh(SOURCE, city_ids)


def all_entries() -> Iterable[EntryData]:
    return _entries(City.objects.in_network())


def entries_of(city_ids: Collection[int]) -> Iterable[EntryData]:
    return _entries(City.objects.in_network().filter(pk__in=city_ids))


def _entries(cities: CityQuerySet) -> Iterator[EntryData]:
    for city in cities.order_by("pk").iterator():
        yield EntryData(
            source=SOURCE,
            object_id=city.pk,
            audience=Audience.PUBLIC,
            date=city.joined_on or timezone.localdate(),
            title=city.name,
            keywords=f"{city.get_state_display()}\n{city.district}",
            body=to_plain_text(city.portrait),
            city_id=city.pk,
            boost=min(100, 100 * (city.population or 0) // LARGE),
            known_as=ADDITION.sub("", city.name),
            is_name=True,
        )


CITIES = Source(code=SOURCE, name="cities", all_entries=all_entries, entries_of=entries_of, are_places=True)
