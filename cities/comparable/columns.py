"""What of a municipality is worked out once, when it is stored, so that comparing thousands is quick.

Logarithms, because twice as large is as unlike as half as large; places as points on a globe of radius 1,
because distances then need no sines of each row.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, FloatField
from django.db.models.functions import Cast, Cos, Ln, NullIf, Radians, Sin

NAMES = ["log_population", "log_density", "place_x", "place_y", "place_z"]


def _plain(column: str) -> Cast:
    return Cast(F(column), FloatField())


def _angle(column: str) -> Radians:
    return Radians(_plain(column))


def _stored(expression: Any) -> models.GeneratedField:
    return models.GeneratedField(expression=expression, output_field=FloatField(null=True), db_persist=True)


class Comparable(models.Model):
    """The columns; NULL where the register does not say or has nought."""

    log_population = _stored(Ln(NullIf(_plain("population"), 0.0)))
    log_density = _stored(Ln(NullIf(_plain("population"), 0.0) / NullIf(_plain("area_km2"), 0.0)))
    place_x = _stored(Cos(_angle("latitude")) * Cos(_angle("longitude")))
    place_y = _stored(Cos(_angle("latitude")) * Sin(_angle("longitude")))
    place_z = _stored(Sin(_angle("latitude")))

    class Meta:
        abstract = True
