"""How unlike two municipalities are, as expressions that the database works out for thousands of rows.

Each trait gives a number from 0 (the same) to 1 (as unlike as it counts). What the register does not say of
one of the two is neither alike nor unlike and gives a half. Logarithms and places on the globe are stored
(`cities.comparable.columns`), so that a comparison with the whole register takes some milliseconds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
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
CENTRALITY: dict[str, float] = {CentralPlace.HIGH: 1.0, CentralPlace.MIDDLE: 0.5, CentralPlace.BASIC: 0.0}
DENSENESS: dict[str, float] = {Urbanisation.DENSE: 1.0, Urbanisation.MEDIUM: 0.5, Urbanisation.SPARSE: 0.0}
# Another designation, but the same tasks: „Stadt“ and „Große Kreisstadt“.
OTHER_NAME = 0.3
PLACE = ("place_x", "place_y", "place_z")
# What of a municipality each trait looks at. Its place is needed anyway, to say how far it is.
LOOKS_AT: dict[Trait, tuple[str, ...]] = {
    Trait.SIZE: ("log_population",),
    Trait.DENSITY: ("log_density",),
    Trait.URBANISATION: ("denseness",),
    Trait.STATUS: ("designation", "beside_independent", "beside_others"),
    Trait.CENTRAL_PLACE: ("centrality",),
    Trait.STATE: ("state",),
    Trait.DISTANCE: (),
}


@dataclass(frozen=True)
class Measured:
    """What of a municipality others are compared with; what the register does not say is not `known`.

    Plain values, so that a statement can be kept and run for the next municipality.
    """

    pk: int
    known: dict[str, float | str]

    @classmethod
    def of(cls, city: City | Measured) -> Measured:
        if isinstance(city, cls):
            return city
        assert not isinstance(city, Measured)  # noqa: S101  for the type checker
        values: dict[str, float | str | None] = {
            "log_population": _log(city.population),
            "log_density": _log(density_of(city)),
            "denseness": DENSENESS.get(city.urbanisation),
            "centrality": CENTRALITY.get(city.central_place),
            "designation": str(city.designation),
            "beside_independent": OTHER_NAME if is_independent(city) else 1.0,
            "beside_others": 1.0 if is_independent(city) else OTHER_NAME,
            "state": str(city.state),
            **_place(city),
        }
        return cls(city.pk, {name: value for name, value in values.items() if value is not None})

    def counting(self, weights: Weights) -> Measured:
        """Without what no trait looks at that counts."""
        names = {*PLACE, *(name for trait, weight in weights.items() if weight for name in LOOKS_AT[trait])}
        return Measured(self.pk, {name: value for name, value in self.known.items() if name in names})

    @property
    def shape(self) -> tuple[str, ...]:
        """All that a statement depends on besides the values."""
        return tuple(self.known)


def _log(value: float | None) -> float | None:
    return math.log(value) if value else None


def _place(city: City) -> dict[str, float]:
    """On a globe of radius 1, as `cities.comparable.columns` has it."""
    if city.latitude is None or city.longitude is None:
        return {}
    lat, lon = math.radians(city.latitude), math.radians(city.longitude)
    return dict(
        zip(PLACE, (math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)), strict=True)
    )


class Number(Value):
    """A number as the columns are: a plain one PostgreSQL takes for `numeric`, which it reckons slowly."""

    def __init__(self, value: Any) -> None:
        super().__init__(value, FloatField())

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        sql, params = super().as_sql(compiler, connection)
        return f"{sql}::double precision", params


def unlikeness(own: Measured, weights: Weights) -> Expression:
    """The weighted mean over all traits.

    Weights that are all nought leave every municipality equally alike.
    """
    total = float(sum(weights.values())) or 1.0
    result: Any = Number(0.0)
    for trait, weight in weights.items():
        if weight:
            result = result + Number(weight / total) * DIFFERENCES[trait](own)
    return Cast(result, FloatField())


def distance_km(own: Measured) -> Expression:
    """Great-circle distance; NULL where either place is unknown."""
    if not own.known.keys() >= {*PLACE}:
        return Cast(Value(None, FloatField()), FloatField())
    chord: Any = Number(0.0)
    for column in PLACE:
        apart = F(column) - Number(own.known[column])
        chord = chord + apart * apart
    return Cast(Number(2 * EARTH) * ASin(Sqrt(chord) / Number(2.0)), FloatField())


def _at_most_one(difference: Any) -> Expression:
    """LEAST leaves out NULL instead of passing it on, so what is not known is replaced before."""
    return Least(Coalesce(difference, Number(UNKNOWN)), Number(1.0))


def _apart(theirs: Any, own: Measured, name: str, limit: float = 1.0) -> Expression:
    """How far two numbers are apart, measured by what counts as wholly unlike."""
    if name not in own.known:
        return Number(UNKNOWN)
    return _at_most_one(Abs(theirs - Number(own.known[name])) / Number(limit))


def _size(own: Measured) -> Expression:
    return _apart(F("log_population"), own, "log_population", math.log(SIZE_LIMIT))


def _density(own: Measured) -> Expression:
    return _apart(F("log_density"), own, "log_density", math.log(DENSITY_LIMIT))


def density_of(city: City) -> float | None:
    """Inhabitants by square kilometre, where the register knows both."""
    if city.population is None or not city.area_km2:
        return None
    return city.population / float(city.area_km2)


def _on_scale(column: str, scale: dict[str, float]) -> Case:
    """Where they stand on it; NULL where the register does not say."""
    cases = [When(**{column: value}, then=Number(place)) for value, place in scale.items()]
    return Case(*cases, output_field=FloatField())


def _urbanisation(own: Measured) -> Expression:
    return _apart(_on_scale("urbanisation", DENSENESS), own, "denseness")


def _central_place(own: Measured) -> Expression:
    return _apart(_on_scale("central_place", CENTRALITY), own, "centrality")


def _status(own: Measured) -> Expression:
    """The same designation, both or neither with the tasks of a Kreis, or one of each."""
    return Case(
        When(designation=own.known["designation"], then=Number(0.0)),
        When(designation__in=INDEPENDENT, then=Number(own.known["beside_independent"])),
        default=Number(own.known["beside_others"]),
        output_field=FloatField(),
    )


def is_independent(city: City) -> bool:
    """Belongs to no Kreis and does its tasks itself."""
    return city.designation in INDEPENDENT


def _state(own: Measured) -> Expression:
    return Case(
        When(state=own.known["state"], then=Number(0.0)), default=Number(1.0), output_field=FloatField()
    )


def _distance(own: Measured) -> Expression:
    return _at_most_one(distance_km(own) / Number(DISTANCE_LIMIT))


DIFFERENCES = {
    Trait.SIZE: _size,
    Trait.DENSITY: _density,
    Trait.URBANISATION: _urbanisation,
    Trait.STATUS: _status,
    Trait.CENTRAL_PLACE: _central_place,
    Trait.STATE: _state,
    Trait.DISTANCE: _distance,
}
