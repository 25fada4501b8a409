"""Municipalities of the register that are no members: who tries the portal can ask to join or admit one."""

from __future__ import annotations

from django.apps import apps

from cities.models import City
from ikone.demo import files


def load() -> int:
    """Create what has never been there; returns how many. What an imported register brought stays."""
    content = files.read("register")
    rows = content["municipality"]
    events, keys = apps.get_model("cities", "CityEvent").objects, [row["ags"] for row in rows]
    known = set(events.filter(ags__in=keys).values_list("ags", flat=True))
    known |= set(City.objects.filter(ags__in=keys).values_list("ags", flat=True))
    created = [
        City.objects.create(
            **row,
            state=row["ags"][:2],
            population_date=content["population_date"],
            register_date=content["register_date"],
        )
        for row in rows
        if row["ags"] not in known
    ]
    return len(created)
