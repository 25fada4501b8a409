"""Why a municipality counts as similar, and where it differs, in words and figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from cities.comparable.measuring import density_of, is_independent
from cities.comparable.traits import Trait
from cities.enums import State, Urbanisation
from cities.models import City

# Up to so many times as many people is about the same; so many kilometres are an hour's drive.
SIMILAR, NEAR = 1.5, 60
IN_SHORT = 3
ALIKE = {
    Urbanisation.DENSE: lambda: _("beide dicht besiedelt"),
    Urbanisation.MEDIUM: lambda: _("beide mit mittlerer Besiedlungsdichte"),
    Urbanisation.SPARSE: lambda: _("beide gering besiedelt"),
}


@dataclass
class Reasons:
    """Phrases about two municipalities; `unknown` names what the register does not say of one of them."""

    alike: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """The most telling ones, for lists."""
        return ", ".join((self.alike or self.different)[:IN_SHORT])

    def sort(self, phrase: str, *, is_alike: bool) -> None:
        (self.alike if is_alike else self.different).append(phrase)


def reasons(city: City, other: City) -> Reasons:
    """What both have in common and what not, the figure of `city` first. What differs names its city.

    `other` comes from `comparable_to`, which brings its `distance_km`. No query.
    """
    found = Reasons()
    for trait, say in SAYINGS.items():
        if not say(found, city, other):
            found.unknown.append(str(trait.label))
    return found


def unknown_of(city: City) -> list[str]:
    """What the register does not say of a city itself, so that nothing can be compared by it."""
    known = {
        Trait.SIZE: city.population is not None,
        Trait.URBANISATION: bool(city.urbanisation),
        Trait.DENSITY: density_of(city) is not None,
        Trait.CENTRAL_PLACE: bool(city.central_place),
        Trait.DISTANCE: city.latitude is not None,
    }
    return [str(trait.label) for trait, is_known in known.items() if not is_known]


def _size(found: Reasons, city: City, other: City) -> bool:
    one, two = city.population, other.population
    if one is None or two is None:
        return False
    alike = _("%(one)s und %(two)s Einwohner")
    different = _("%(one)s Einwohner in %(city)s und %(two)s in %(other)s")
    _sort(found, (city, other), (one, two), alike, different)
    return True


def _status(found: Reasons, city: City, other: City) -> bool:
    one, two = is_independent(city), is_independent(other)
    if one == two:
        found.alike.append(_("beide kreisfrei") if one else _("beide kreisangehörig"))
    elif one:
        found.different.append(_("%(city)s gehört zu einem Kreis") % {"city": other.name})
    else:
        found.different.append(_("%(city)s ist kreisfrei") % {"city": other.name})
    return True


def _urbanisation(found: Reasons, city: City, other: City) -> bool:
    if not city.urbanisation or not other.urbanisation:
        return False
    if city.urbanisation == other.urbanisation:
        found.alike.append(ALIKE[Urbanisation(city.urbanisation)]())
    else:
        found.different.append(_of(other, other.get_urbanisation_display()))
    return True


def _density(found: Reasons, city: City, other: City) -> bool:
    one, two = density_of(city), density_of(other)
    if one is None or two is None:
        return False
    alike = _("%(one)s und %(two)s Einwohner je km²")
    different = _("%(one)s Einwohner je km² in %(city)s und %(two)s in %(other)s")
    _sort(found, (city, other), (one, two), alike, different)
    return True


def _central_place(found: Reasons, city: City, other: City) -> bool:
    if not city.central_place or not other.central_place:
        return False
    if city.central_place == other.central_place:
        found.alike.append(_("beide %(place)s") % {"place": other.get_central_place_display()})
    else:
        found.different.append(_of(other, other.get_central_place_display()))
    return True


def _state(found: Reasons, city: City, other: City) -> bool:
    if city.state == other.state:
        found.alike.append(_("beide %(in_state)s") % {"in_state": _in_state(other)})
    else:
        places = {"city": other.name, "in_state": _in_state(other)}
        found.different.append(_("%(city)s liegt %(in_state)s") % places)
    return True


def _in_state(city: City) -> str:
    if city.state == State.SL:
        return _("im Saarland")
    return _("in %(state)s") % {"state": city.get_state_display()}


def _distance(found: Reasons, _city: City, other: Any) -> bool:
    if other.distance_km is None:
        return False
    phrase = _("%(number)s km entfernt") % {"number": _number(other.distance_km)}
    found.sort(phrase, is_alike=other.distance_km <= NEAR)
    return True


def _sort(
    found: Reasons, cities: tuple[City, City], figures: tuple[float, float], alike: str, different: str
) -> None:
    is_alike = _ratio(*figures) <= SIMILAR
    values = dict(zip(("one", "two"), map(_number, figures), strict=True))
    names = dict(zip(("city", "other"), (each.name for each in cities), strict=True))
    found.sort((alike if is_alike else different) % (values | names), is_alike=is_alike)


def _of(city: City, said: str) -> str:
    return _("%(city)s: %(said)s") % {"city": city.name, "said": said}


def _ratio(one: float, two: float) -> float:
    low, high = sorted((max(one, 1), max(two, 1)))
    return high / low


def _number(value: float) -> str:
    return number_format(round(value), force_grouping=True)


SAYINGS: dict[Trait, Callable[[Reasons, City, City], bool]] = {
    Trait.SIZE: _size,
    Trait.STATUS: _status,
    Trait.URBANISATION: _urbanisation,
    Trait.DENSITY: _density,
    Trait.CENTRAL_PLACE: _central_place,
    Trait.STATE: _state,
    Trait.DISTANCE: _distance,
}
