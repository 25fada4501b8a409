"""The list of the network's cities: filters in the address, counts, keyset paging in German order."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cities.comparable.own import Likeness
from cities.comparable.reasons import Reasons, reasons
from cities.enums import SizeClass, State
from cities.facts import PLACE_FIELDS, membership
from cities.models import City
from cities.permissions import audience_of
from cities.querysets import CityQuerySet
from search.models import Entry
from search.paging import Cursor, Page
from search.sources import code_of
from ui.facets import Choice, Facet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

PAGE_SIZE = 50
ALIKE = "aehnlich"
# More dots than this hide one another and make a heavy page.
MOST_POINTS = 150
Counts = Counter[tuple[str, str]]
UNKNOWN = gettext_lazy("„%(value)s“ gibt es in diesem Filter nicht.")


class CityFilterForm(forms.Form):
    """The filters as they stand in the address. What does not fit is left out and told."""

    q = forms.CharField(label=gettext_lazy("Name der Stadt"), required=False, max_length=120)
    land = forms.MultipleChoiceField(
        choices=State.choices, required=False, error_messages={"invalid_choice": UNKNOWN}
    )
    groesse = forms.MultipleChoiceField(
        choices=SizeClass.choices, required=False, error_messages={"invalid_choice": UNKNOWN}
    )
    wie = forms.CharField(label=gettext_lazy("Vergleichbare Städte"), max_length=140, required=False)
    sortierung = forms.ChoiceField(
        choices=[(ALIKE, gettext_lazy("Ähnlichste zuerst"))],
        required=False,
        error_messages={"invalid_choice": UNKNOWN},
    )

    def chosen(self, name: str) -> list[str]:
        """The valid values of a filter."""
        if name in self.cleaned_data:
            return list(self.cleaned_data[name])
        valid = dict(self.fields[name].choices)  # type: ignore[attr-defined]
        return [value for value in self.data.getlist(name) if value in valid]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class CityRow:
    """A city of the list as it is shown; `practices` are the write-ups that the reader may know of."""

    name: str
    url: str
    state: str
    population: int | None
    population_date: dt.date | None
    membership: str
    practices: int
    reason: str = ""

    @classmethod
    def of(cls, city: City, practices: int, reason: str = "") -> CityRow:
        return cls(
            name=city.name,
            url=city.get_absolute_url(),
            state=city.get_state_display(),
            population=city.population,
            population_date=city.population_date,
            membership=membership(city),
            practices=practices,
            reason=reason,
        )


@dataclass(frozen=True)
class CityListing:
    """What is asked for. Values of one filter widen it, different filters narrow it."""

    text: str = ""
    states: Collection[str] = ()
    sizes: Collection[str] = ()
    like: Likeness = field(default_factory=Likeness)
    nearest_to: City | None = None  # sorts by likeness to it instead of by name
    cursor: Cursor | None = None

    def counts(self) -> Counts:
        """Cities by (state, size) that match the name. One query."""
        return self._named().counted_by_state_and_size()

    def page(self, counts: Counts, reader: User | AnonymousUser) -> tuple[Page, list[CityRow]]:
        """One page in German order or by likeness. Two queries."""
        backward = self.cursor is not None and self.cursor.is_backward
        first = "unlikeness" if self.nearest_to else "sort_name"
        cities = self._matching()
        if self.nearest_to:
            cities = cities.measured_against(self.nearest_to)
        cities = cities.order_by(*([f"-{first}", "-ags"] if backward else [first, "ags"]))
        if self.cursor is not None and self._is_place(self.cursor.key):
            place, ags = self.cursor.key
            step = "lt" if backward else "gt"
            cities = cities.filter(
                Q(**{f"{first}__{step}": place}) | Q(**{first: place, f"ags__{step}": ags})
            )
        found = list(cities[: PAGE_SIZE + 1])
        more = len(found) > PAGE_SIZE
        found = found[:PAGE_SIZE]
        if backward:
            found.reverse()
        page = Page(
            ids=[city.pk for city in found],
            total=sum(number for key, number in counts.items() if self._is_chosen(*key)),
            first_key=self._place(found[0]) if found else None,
            last_key=self._place(found[-1]) if found else None,
            has_previous=more if backward else self.cursor is not None,
            has_next=True if backward else more,
        )
        practices = practice_counts(page.ids, reader)
        return page, [CityRow.of(city, practices.get(city.pk, 0), str(self._reasons(city))) for city in found]

    def _reasons(self, city: City) -> Reasons:
        if self.nearest_to is None or city == self.nearest_to:
            return Reasons()
        return reasons(self.nearest_to, city)

    def _place(self, city: City) -> tuple[str | float, str]:
        return getattr(city, "unlikeness", city.sort_name), city.ags

    def _is_place(self, key: Sequence[Any]) -> bool:
        kind = (int, float) if self.nearest_to else str
        return len(key) == 2 and isinstance(key[0], kind) and isinstance(key[1], str)

    def on_map(self) -> list[tuple[Any, ...]]:
        """The largest of all that match, whatever page is shown: state, then PLACE_FIELDS. One query."""
        located = self._matching().exclude(latitude=None).order_by("-population", "ags")
        return list(located.values_list("state", *PLACE_FIELDS)[:MOST_POINTS])

    def facets(self, counts: Counts) -> list[Facet]:
        """Each filter counts as if nothing of its own were chosen."""
        by_state: Counter[str] = Counter()
        by_size: Counter[str] = Counter()
        for (state, size), number in counts.items():
            by_state[state] += number if not self.sizes or size in self.sizes else 0
            by_size[size] += number if not self.states or state in self.states else 0
        states = sorted(State, key=lambda state: state.label)
        facets = [
            Facet("land", _("Bundesland"), _choices(states, by_state, self.states), is_open=True, shown=16),
            Facet("groesse", _("Größe"), _choices(SizeClass, by_size, self.sizes), is_open=True),
        ]
        number = sum(number for key, number in counts.items() if self._is_chosen(*key))
        return [facet for facet in [*facets, *self.like.facets(number)] if facet.choices]

    def _named(self) -> CityQuerySet:
        named = City.objects.in_network().containing(self.text)
        return named if self.like.city_ids is None else named.filter(pk__in=self.like.city_ids)

    def _matching(self) -> CityQuerySet:
        cities = self._named()
        if self.states:
            cities = cities.filter(state__in=self.states)
        if self.sizes:
            cities = cities.of_sizes(self.sizes)
        return cities

    def _is_chosen(self, state: str, size: str) -> bool:
        return (not self.states or state in self.states) and (not self.sizes or size in self.sizes)


def practice_counts(city_ids: Collection[int], reader: User | AnonymousUser) -> dict[int, int]:
    """Write-ups of each city that the reader may know of, by city id. One query."""
    entries = Entry.objects.filter(
        source=code_of("practices"), audience__lte=audience_of(reader), city_id__in=city_ids
    )
    return dict(entries.order_by().values_list("city_id").annotate(number=Count("*")))


def _choices(values: Any, counts: Counter[str], chosen: Collection[str]) -> Sequence[Choice]:
    return [
        Choice(value.value, str(value.label), counts[value.value], value.value in chosen)
        for value in values
        if counts[value.value] or value.value in chosen
    ]
