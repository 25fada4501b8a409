"""Adoptions as JSON within another query, and back as the rows that lists show."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, TextField
from django.db.models.functions import Cast, JSONObject

from cities.models import City
from practices.models import Adoption, AdoptionFigure, BuildingBlock, Practice

FIELDS = [
    "pk",
    "stage",
    "since",
    "confirmed_on",
    "first_confirmed_on",
    "next_check_on",
    "by_coordination",
    "is_demo",
    "created_at",
    "version",
]
FIGURE = ["kind", "accuracy", "basis", "period", "source", "note"]
DAYS = ["confirmed_on", "first_confirmed_on", "next_check_on"]


def compact_row() -> JSONObject:
    """What a list shows of an adoption that is not withdrawn."""
    columns: dict[str, Any] = {name: F(name) for name in FIELDS}
    columns["city"] = JSONObject(
        pk="city_id", name="city__name", slug="city__slug", population="city__population"
    )
    for thing in ("practice", "block"):
        names = {"pk": f"{thing}_id"} | {
            name: f"{thing}__{name}" for name in ("title", "status", "visibility")
        }
        city = JSONObject(pk=f"{thing}__city_id", name=f"{thing}__city__name", slug=f"{thing}__city__slug")
        columns[thing] = JSONObject(city=city, **names)
    columns["figures"] = figure_rows()
    return JSONObject(**columns)


def adoption_of(row: dict[str, Any]) -> Adoption:
    """The row as lists know it; it cannot be saved."""
    values = {name: row[name] for name in FIELDS}
    values |= {name: row[name] and dt.date.fromisoformat(row[name]) for name in DAYS}
    values["created_at"] = dt.datetime.fromisoformat(row["created_at"])
    things: dict[str, type[Practice] | type[BuildingBlock]] = {"practice": Practice, "block": BuildingBlock}
    for name, model in things.items():
        if row[name]["pk"] is not None:
            values[name] = model(**row[name] | {"city": City(**row[name]["city"])})
    adoption = Adoption(city=City(**row["city"]), **values)
    adoption.figures_read_along = [figure_of(one) for one in row["figures"]]
    return adoption


def figure_rows() -> ArraySubquery:
    """For a query of adoptions: their numbers as JSON."""
    figures = AdoptionFigure.objects.filter(adoption=OuterRef("pk")).order_by("pk")
    columns: dict[str, Any] = {name: F(name) for name in FIGURE}
    return ArraySubquery(figures.values(row=JSONObject(amount=Cast("amount", TextField()), **columns)))


def figure_of(row: dict[str, Any]) -> AdoptionFigure:
    return AdoptionFigure(**row | {"amount": Decimal(row["amount"])})
