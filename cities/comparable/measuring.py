"""How unlike two municipalities are, as expressions that the database works out for thousands of rows.

Each trait gives a number from 0 (the same) to 1 (as unlike as it counts). What the register does not say of
one of the two is neither alike nor unlike and gives a half.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Expression, F, FloatField, Value, When
from django.db.models.functions import (
    Abs,
    ASin,
    Cast,
    Coalesce,
    Cos,
    Greatest,
    Least,
    Ln,
    NullIf,
    Power,
    Radians,
    Sin,
    Sqrt,
)
from django.db.models.lookups import IsNull

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


def number(value: float | None) -> Expression:
    return Value(value, FloatField())


def unlikeness(city: City, weights: Weights) -> Expression:
    """The weighted mean over all traits; expects the annotation `distance_km`.

    Weights that are all nought leave every municipality equally alike.
    """
    total = float(sum(weights.values())) or 1.0
    parts = [
        number(weight / total) * Coalesce(DIFFERENCES[trait](city), number(UNKNOWN))
        for trait, weight in weights.items()
        if weight
    ]
    result: Any = number(0.0)
    for part in parts:
        result = result + part
    return Cast(result, FloatField())


def distance_km(city: City) -> Expression:
    """Great-circle distance; NULL where either place is unknown."""
    if city.latitude is None or city.longitude is None:
        return number(None)
    here_lat, here_lon = math.radians(city.latitude), math.radians(city.longitude)
    lat, lon = (Radians(Cast(F(name), FloatField())) for name in ("latitude", "longitude"))
    chord = Power(Sin((lat - number(here_lat)) / number(2.0)), number(2.0)) + number(
        math.cos(here_lat)
    ) * Cos(lat) * Power(Sin((lon - number(here_lon)) / number(2.0)), number(2.0))
    # Rounding can lift the root above 1; LEAST would also make something of an unknown place.
    kilometres = number(2 * EARTH) * ASin(Least(Sqrt(chord), number(1.0)))
    return Case(When(latitude__isnull=False, then=kilometres), output_field=FloatField())


def _by_ratio(column: Any, own: float | None, limit: float) -> Expression:
    if own is None:
        return number(None)
    times = Abs(Ln(Greatest(column, number(0.01))) - number(math.log(max(own, 0.01))))
    # GREATEST and LEAST leave out NULL instead of passing it on, so it is asked for before.
    is_known = IsNull(column, False)
    return Case(When(is_known, then=Least(times / number(math.log(limit)), number(1.0))))


def _size(city: City) -> Expression:
    own = None if city.population is None else float(city.population)
    return _by_ratio(Cast(F("population"), FloatField()), own, SIZE_LIMIT)


def _density(city: City) -> Expression:
    column = Cast(F("population"), FloatField()) / NullIf(Cast(F("area_km2"), FloatField()), number(0.0))
    return _by_ratio(column, density_of(city), DENSITY_LIMIT)


def density_of(city: City) -> float | None:
    """Inhabitants by square kilometre, where the register knows both."""
    if city.population is None or not city.area_km2:
        return None
    return city.population / float(city.area_km2)


def _on_scale(column: str, scale: dict[Any, float], own: str) -> Expression:
    if own not in scale:
        return number(None)
    cases = [When(**{column: value}, then=number(abs(place - scale[own]))) for value, place in scale.items()]
    return Case(*cases, output_field=FloatField())


def _urbanisation(city: City) -> Expression:
    return _on_scale("urbanisation", DENSENESS, city.urbanisation)


def _central_place(city: City) -> Expression:
    return _on_scale("central_place", CENTRALITY, city.central_place)


def _status(city: City) -> Expression:
    """The same designation, both or neither with the tasks of a Kreis, or one of each."""
    same_tasks = (
        When(designation__in=INDEPENDENT, then=number(0.0))
        if is_independent(city)
        else When(designation__in=INDEPENDENT, then=number(1.0))
    )
    return Case(
        When(designation=city.designation, then=number(0.0)),
        same_tasks,
        default=number(1.0 if is_independent(city) else 0.3),
        output_field=FloatField(),
    )


def is_independent(city: City) -> bool:
    """Belongs to no Kreis and does its tasks itself."""
    return city.designation in INDEPENDENT


def _state(city: City) -> Expression:
    return Case(When(state=city.state, then=number(0.0)), default=number(1.0))


def _distance(_city: City) -> Expression:
    return Case(
        When(distance_km__isnull=False, then=Least(F("distance_km") / number(DISTANCE_LIMIT), number(1.0))),
        output_field=FloatField(),
    )


DIFFERENCES = {
    Trait.SIZE: _size,
    Trait.DENSITY: _density,
    Trait.URBANISATION: _urbanisation,
    Trait.STATUS: _status,
    Trait.CENTRAL_PLACE: _central_place,
    Trait.STATE: _state,
    Trait.DISTANCE: _distance,
}
