"""The kinds of things that can be found, and how each is shown among the others."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cities.models import City
from practices.cards import Card
from practices.found import found_by_key
from practices.models import BuildingBlock, Practice, slug_of
from search.sources import code_of
from topics.models import Service, Topic
from ui.richtext import to_plain_text

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from search.marking import Marker

TEXT_LENGTH = 220


@dataclass(frozen=True)
class Found:
    """One hit of any kind. Title and texts are escaped, with what was searched in `<mark>`; `card` holds what
    else a write-up's card says.
    """

    url: str
    preline: str
    title: SafeString
    summary: SafeString
    snippet: SafeString | str = ""
    card: Card | None = None


@dataclass(frozen=True)
class Kind:
    """A kind of thing: the name of its search source, its part of the address and its label.

    `describe` reads things by id for one person: one query, two for write-ups. `name` reads
    addresses and names with one.
    """

    source: str
    slug: str
    label: Promise
    one: Promise
    describe: Callable[[Collection[int], User | AnonymousUser, Marker], dict[int, Found]]
    name: Callable[[Collection[int], User | AnonymousUser], dict[int, tuple[str, str]]]

    @property
    def code(self) -> int:
        return code_of(self.source)


def _practices(ids: Collection[int], reader: User | AnonymousUser, marker: Marker) -> dict[int, Found]:
    return {
        key: Found(found.card.url, found.card.preline, found.title, found.summary, found.snippet, found.card)
        for key, found in found_by_key(ids, reader, marker).items()
    }


def _practice_names(ids: Collection[int], reader: User | AnonymousUser) -> dict[int, tuple[str, str]]:
    list_url = reverse("practices:list")
    rows = Practice.objects.published_for(reader).filter(pk__in=ids).values_list("pk", "title")
    return {key: (f"{list_url}{key}-{slug_of(title)}/", title) for key, title in rows}


def _topics(ids: Collection[int], _reader: User | AnonymousUser, marker: Marker) -> dict[int, Found]:
    topics = Topic.objects.filter(pk__in=ids).select_related("parent")
    return {
        topic.pk: Found(
            topic.get_absolute_url(),
            f"{_('Thema')} · {topic.parent.name}" if topic.parent else _("Thema"),
            marker.mark(topic.name),
            marker.mark(topic.summary),
        )
        for topic in topics
    }


def _topic_names(ids: Collection[int], _reader: User | AnonymousUser) -> dict[int, tuple[str, str]]:
    topics = Topic.objects.filter(pk__in=ids).only("slug", "name")
    return {topic.pk: (topic.get_absolute_url(), topic.name) for topic in topics}


def _cities(ids: Collection[int], _reader: User | AnonymousUser, marker: Marker) -> dict[int, Found]:
    return {
        city.pk: Found(
            city.get_absolute_url(),
            f"{_('Stadt')} · {city.get_state_display()}",
            marker.mark(city.name),
            marker.snippet(to_plain_text(city.portrait), TEXT_LENGTH),
        )
        for city in City.objects.in_network().filter(pk__in=ids)
    }


def _city_names(ids: Collection[int], _reader: User | AnonymousUser) -> dict[int, tuple[str, str]]:
    cities = City.objects.in_network().filter(pk__in=ids).only("slug", "name")
    return {city.pk: (city.get_absolute_url(), city.name) for city in cities}


def _blocks(ids: Collection[int], reader: User | AnonymousUser, marker: Marker) -> dict[int, Found]:
    blocks = BuildingBlock.objects.published_for(reader).filter(pk__in=ids).select_related("city")
    return {
        block.pk: Found(
            block.get_absolute_url(),
            f"{_('Baustein')} · {block.get_kind_display()} · {block.city.name}",
            marker.mark(block.title),
            marker.mark(block.summary),
        )
        for block in blocks
    }


def _block_names(ids: Collection[int], reader: User | AnonymousUser) -> dict[int, tuple[str, str]]:
    blocks = BuildingBlock.objects.published_for(reader).filter(pk__in=ids).only("title")
    return {block.pk: (block.get_absolute_url(), block.title) for block in blocks}


def _services(ids: Collection[int], _reader: User | AnonymousUser, marker: Marker) -> dict[int, Found]:
    return {
        service.pk: Found(
            service.get_absolute_url(),
            f"{_('OZG-Leistung')} · {service.field.name}",
            marker.mark(service.name),
            marker.mark(service.keys),
            marker.snippet(service.description, TEXT_LENGTH),
        )
        for service in Service.objects.current().filter(pk__in=ids).select_related("field")
    }


def _service_names(ids: Collection[int], _reader: User | AnonymousUser) -> dict[int, tuple[str, str]]:
    services = Service.objects.current().filter(pk__in=ids).only("name")
    return {service.pk: (service.get_absolute_url(), service.name) for service in services}


KINDS = [
    Kind("practices", "praxis", gettext_lazy("Praxis"), gettext_lazy("Praxis"), _practices, _practice_names),
    Kind("blocks", "bausteine", gettext_lazy("Bausteine"), gettext_lazy("Baustein"), _blocks, _block_names),
    Kind("topics", "themen", gettext_lazy("Themen"), gettext_lazy("Thema"), _topics, _topic_names),
    Kind(
        "services",
        "ozg",
        gettext_lazy("OZG-Leistungen"),
        gettext_lazy("OZG-Leistung"),
        _services,
        _service_names,
    ),
    Kind("cities", "staedte", gettext_lazy("Städte"), gettext_lazy("Stadt"), _cities, _city_names),
]
