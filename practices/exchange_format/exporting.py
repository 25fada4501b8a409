"""Published write-ups as lines of the exchange format."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from practices.enums import Visibility
from practices.exchange_format.identity import external_id_of
from practices.models import Practice
from practices.sections import TEXT_FIELDS

if TYPE_CHECKING:
    from cities.models import City
    from practices.querysets import PracticeQuerySet

BATCH = 500
PLAIN = ["title", "summary", "kind", "phase", "starts", "ends", "visibility"]
RELATED: list[str] = ["topic_links__topic", "tags", "partner_cities", "service_links__service"]
DAYS = ["published_at", "confirmed_on", "next_check_on"]


def exported(*, with_network: bool) -> PracticeQuerySet:
    """What is given away: published and public; with the network's own on demand."""
    published = Practice.objects.published()
    return published if with_network else published.filter(visibility=Visibility.PUBLIC)


def records(practices: PracticeQuerySet) -> Iterator[dict[str, Any]]:
    """Records in the order of their ids. Of an anonymous write-up nothing that tells its city."""
    related = practices.select_related("city").prefetch_related(
        "topic_links__topic", "tags", "partner_cities", "service_links__service"
    )
    for practice in related.order_by("pk").iterator(chunk_size=BATCH):
        yield record_of(practice)


def record_of(practice: Practice) -> dict[str, Any]:
    links = sorted(practice.topic_links.all(), key=lambda link: (not link.is_primary, link.pk))
    record = {
        "external_id": external_id_of(practice),
        **{name: getattr(practice, name) for name in PLAIN if getattr(practice, name)},
        "topics": [link.topic.slug for link in links],
        "tags": sorted(tag.name for tag in practice.tags.all()),
        **_services(practice),
        "sections": {name: text for name in TEXT_FIELDS if (text := getattr(practice, name))},
        **{name: day.isoformat() for name in DAYS if (day := getattr(practice, name))},
    }
    if practice.visibility != Visibility.ANONYMOUS:
        record |= _whose(practice)
    return record


def _services(practice: Practice) -> dict[str, list[str]]:
    """The OZG services by LeiKa key, or by name where none is known."""
    services = [link.service for link in practice.service_links.all()]
    return {"services": sorted(one.leika_key or one.name for one in services)} if services else {}


def _whose(practice: Practice) -> dict[str, Any]:
    """The city, whom to ask, and where it is written."""
    parts: dict[str, Any] = {
        "city": _place(practice.city),
        "partner_cities": [_place(city) for city in practice.partner_cities.all()],
    }
    for prefix, names in (
        ("contact", ["name", "email", "phone"]),
        ("deputy", ["name", "email", "phone"]),
        ("source", ["name", "url"]),
    ):
        parts[prefix] = {name: text for name in names if (text := getattr(practice, f"{prefix}_{name}"))}
    return {name: value for name, value in parts.items() if value}


def _place(city: City) -> dict[str, str]:
    return {"ags": city.ags, "name": city.name, "state": city.get_state_display()}
