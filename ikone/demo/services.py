"""The demo's services of the OZG, and what cities say about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps import apps

from cities.models import City
from ikone.demo import files
from topics.models import Service, ServiceProgress, Topic
from topics.ozg import search_entry


def load(topics: Mapping[str, Topic], cities: Mapping[str, City]) -> int:
    """Create what has never been there; returns the number of new services."""
    content = files.read("services")
    events = apps.get_model("topics", "ServiceEvent").objects
    known = set(events.values_list("name", flat=True))
    created = [
        Service.objects.create(
            field=topics[row["field"]],
            name=row["name"],
            leika_key=row.get("leika_key", ""),
            description=row.get("description", ""),
        )
        for row in content["service"]
        if row["name"] not in known and row["field"] in topics
    ]
    search_entry.refresh([service.pk for service in created])
    _say(content, {service.name: service for service in created}, cities)
    return len(created)


def _say(content: dict[str, Any], new: Mapping[str, Service], cities: Mapping[str, City]) -> None:
    ServiceProgress.objects.bulk_create(
        ServiceProgress(
            service=new[row["service"]],
            city=cities[row["city"]],
            state=row["state"],
            model_version=row.get("model_version", ""),
            maturity=row.get("maturity"),
            way=row.get("way", ""),
            is_demo=True,
        )
        for row in content["progress"]
        if row["service"] in new and row["city"] in cities
    )
