"""How unlike two municipalities are, as expressions that the database works out for thousands of rows.

Each trait gives a number from 0 (the same) to 1 (as unlike as it counts). What the register does not say of
one of the two is neither alike nor unlike and gives a half. Logarithms and places on the globe are stored
(`cities.comparable.columns`), so that a comparison with the whole register takes some milliseconds.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Expression, F, FloatField, Value, When
from django.db.models.functions import Abs, ASin, Cast, Coalesce, Least, Sqrt

from cities.comparable.traits import Trait, Weights
from cities.enums import CentralPlace, Designation, Urbanisation

if TYPE_CHECKING:
    from cities.models import City

UNKNOWN = 0.5
EARTH = 6371.0  # kilometres
# Beyond these a difference counts no further: times as many inhabitants, times as dense, kilometres.
SIZE_LIMIT, DENSITY_LIMIT, DISTANCE_LIMIT = 4.0, 8.0, 200.0
INDEPENDENT = [Designation.INDEPENDENT_CITY, Designation.URBAN_DISTRICT]
# Land without a municipality's administration resembles no city.
UNINCORPORATED = [Designation.UNINCORPORATED, Designation.UNINCORPORATED_INHABITED]
CENTRALITY = {CentralPlace.HIGH: 1.0, CentralPlace.MIDDLE: 0.5, CentralPlace.BASIC: 0.0}
DENSENESS = {Urbanisation.DENSE: 1.0, Urbanisation.MEDIUM: 0.5, Urbanisation.SPARSE: 0.0}
# Another designation, but the same tasks: „Stadt“ and „Große Kreisstadt“.
OTHER_NAME = 0.3


def number(value: float | None) -> Value:
    return Value(value, FloatField())


def unlikeness(city: City, weights: Weights) -> Expression:
    """The weighted mean over all traits.

    Weights that are all nought leave every municipality equally alike.
    """
    total = float(sum(weights.values())) or 1.0
    result: Any = number(0.0)
    for trait, weight in weights.items():
        if weight:
            result = result + number(weight / total) * DIFFERENCES[trait](city)
    return Cast(result, FloatField())


def distance_km(city: City) -> Expression:
    """Great-circle distance; NULL where either place is unknown."""
    if city.latitude is None or city.longitude is None:
        return Cast(number(None), FloatField())
    lat, lon = math.radians(city.latitude), math.radians(city.longitude)
    here = {"place_x": math.cos(lat) * math.cos(lon), "place_y": math.cos(lat) * math.sin(lon)}
    here["place_z"] = math.sin(lat)
    chord: Any = number(0.0)
    for column, own in here.items():
        chord = chord + (F(column) - number(own)) * (F(column) - number(own))
    return Cast(number(2 * EARTH) * ASin(Sqrt(chord) / number(2.0)), FloatField())


def _at_most_one(difference: Any) -> Expression:
    """LEAST leaves out NULL instead of passing it on, so what is not known is replaced before."""
    return Least(Coalesce(difference, number(UNKNOWN)), number(1.0))


def _by_ratio(column: str, own: float | None, limit: float) -> Expression:
    if not own:
        return number(UNKNOWN)
    return _at_most_one(Abs(F(column) - number(math.log(own))) / number(math.log(limit)))


def _size(city: City) -> Expression:
    return _by_ratio("log_population", city.population, SIZE_LIMIT)


def _density(city: City) -> Expression:
    return _by_ratio("log_density", density_of(city), DENSITY_LIMIT)


def density_of(city: City) -> float | None:
    """Inhabitants by square kilometre, where the register knows both."""
    if city.population is None or not city.area_km2:
        return None
    return city.population / float(city.area_km2)


def _on_scale(column: str, scale: dict[Any, float], own: str) -> Expression:
    if own not in scale:
        return number(UNKNOWN)
    cases = [When(**{column: value}, then=number(abs(place - scale[own]))) for value, place in scale.items()]
    return Case(*cases, default=number(UNKNOWN), output_field=FloatField())


def _urbanisation(city: City) -> Expression:
    return _on_scale("urbanisation", DENSENESS, city.urbanisation)


def _central_place(city: City) -> Expression:
    return _on_scale("central_place", CENTRALITY, city.central_place)


def _status(city: City) -> Expression:
    """The same designation, both or neither with the tasks of a Kreis, or one of each."""
    is_same = is_independent(city)
    return Case(
        When(designation=city.designation, then=number(0.0)),
        When(designation__in=INDEPENDENT, then=number(OTHER_NAME if is_same else 1.0)),
        default=number(1.0 if is_same else OTHER_NAME),
        output_field=FloatField(),
    )


def is_independent(city: City) -> bool:
    """Belongs to no Kreis and does its tasks itself."""
    return city.designation in INDEPENDENT


def _state(city: City) -> Expression:
    return Case(When(state=city.state, then=number(0.0)), default=number(1.0), output_field=FloatField())


def _distance(city: City) -> Expression:
    return _at_most_one(distance_km(city) / number(DISTANCE_LIMIT))


DIFFERENCES = {
    Trait.SIZE: _size,
    Trait.DENSITY: _density,
    Trait.URBANISATION: _urbanisation,
    Trait.STATUS: _status,
    Trait.CENTRAL_PLACE: _central_place,
    Trait.STATE: _state,
    Trait.DISTANCE: _distance,
}
