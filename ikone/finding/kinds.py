"""The kinds of things that can be found, and how each is shown among the others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce, ConcatPair
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cities.enums import State
from cities.models import City, Product
from cities.permissions import is_member
from exchange.enums import Standing
from exchange.models import Request
from exchange.querysets import standing
from ikone.finding.drafts import edit_url
from practices.blocks.enums import BlockKind
from practices.cards import Card
from practices.found import FoundCard, found_by_key
from practices.models import BuildingBlock, Practice, slug_of
from search.sources import code_of
from topics.models import Service, Topic
from ui.richtext import to_plain_text

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from search.marking import Marker

TEXT_LENGTH = 220
DRAFTS = 0  # the reader's own, which no search knows


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


class Row(NamedTuple):
    """A thing as it is read: what `first` and `second` are, its kind knows."""

    code: int
    pk: int
    first: str
    second: str
    title: str
    text: str


@dataclass(frozen=True)
class Kind:
    """A kind of thing: the name of its search source, its part of the address and its label.

    `rows` gives the columns of `Row` by id for one person, which all kinds but write-ups have alike, so that
    one query reads them together; `shown` makes of a row what is shown. `name` reads addresses and names.
    """

    source: str
    slug: str
    label: Promise
    one: Promise
    rows: Callable[[Collection[int], User | AnonymousUser], QuerySet[Any]] | None
    shown: Callable[[Row, Marker], Found] | None
    name: Callable[[Collection[int], User | AnonymousUser], dict[int, tuple[str, str]]]

    @property
    def code(self) -> int:
        return code_of(self.source)


def describe(
    ids: Mapping[int, Collection[int]],
    reader: User | AnonymousUser,
    marker: Marker,
    drafts: QuerySet[Any] | None = None,
) -> dict[tuple[int, int], Found]:
    """Things by the code of their kind and their id, and `drafts` as DRAFTS. Two queries, however many kinds
    there are.
    """
    found: dict[tuple[int, int], Found] = {}
    read: list[QuerySet[Any]] = []
    by_code = {kind.code: kind for kind in KINDS if kind.code in ids}
    for code, kind in by_code.items():
        if kind.rows:
            columns = kind.rows(ids[code], reader).order_by()
            read.append(
                columns.annotate(code=Value(code)).values_list(
                    "code", "pk", "first", "second", "third", "fourth"
                )
            )
        else:
            for key, card in found_by_key(ids[code], reader, marker).items():
                found[code, key] = _of_card(card)
    if drafts is not None:
        empty = Value("")
        read.append(
            drafts.annotate(
                code=Value(DRAFTS), first=empty, second=empty, third=F("title"), fourth=empty
            ).values_list("code", "pk", "first", "second", "third", "fourth")
        )
    for values in read[0].union(*read[1:], all=True) if read else []:
        row = Row(*values)
        if row.code == DRAFTS:
            found[row.code, row.pk] = Found(edit_url(row.pk), "", marker.mark(row.title), SafeString(""))
        elif shown := by_code[row.code].shown:
            found[row.code, row.pk] = shown(row, marker)
    return found


def _of_card(found: FoundCard) -> Found:
    card = found.card
    return Found(card.url, card.preline, found.title, found.summary, found.snippet, card)


def _practice_names(ids: Collection[int], reader: User | AnonymousUser) -> dict[int, tuple[str, str]]:
    list_url = reverse("practices:list")
    rows = Practice.objects.published_for(reader).filter(pk__in=ids).values_list("pk", "title")
    return {key: (f"{list_url}{key}-{slug_of(title)}/", title) for key, title in rows}


def _topics(ids: Collection[int], _reader: User | AnonymousUser) -> QuerySet[Any]:
    above = Coalesce(F("parent__name"), Value(""))
    return Topic.objects.filter(pk__in=ids).annotate(
        first=F("slug"), second=above, third=F("name"), fourth=F("summary")
    )


def _topic(row: Row, marker: Marker) -> Found:
    preline = f"{_('Thema')} · {row.second}" if row.second else _("Thema")
    address = Topic(slug=row.first).get_absolute_url()
    return Found(address, preline, marker.mark(row.title), marker.mark(row.text))


def _topic_names(ids: Collection[int], _reader: User | AnonymousUser) -> dict[int, tuple[str, str]]:
    topics = Topic.objects.filter(pk__in=ids).only("slug", "name")
    return {topic.pk: (topic.get_absolute_url(), topic.name) for topic in topics}


def _cities(ids: Collection[int], _reader: User | AnonymousUser) -> QuerySet[Any]:
    return City.objects.in_network().filter(pk__in=ids).annotate(
        first=F("slug"), second=F("state"), third=F("name"), fourth=F("portrait")
    )  # fmt: skip


def _city(row: Row, marker: Marker) -> Found:
    return Found(
        City(slug=row.first).get_absolute_url(),
        f"{_('Stadt')} · {State(row.second).label}",
        marker.mark(row.title),
        marker.snippet(to_plain_text(row.text), TEXT_LENGTH),
    )


def _city_names(ids: Collection[int], _reader: User | AnonymousUser) -> dict[int, tuple[str, str]]:
    cities = City.objects.in_network().filter(pk__in=ids).only("slug", "name")
    return {city.pk: (city.get_absolute_url(), city.name) for city in cities}


def _products(ids: Collection[int], reader: User | AnonymousUser) -> QuerySet[Any]:
    products = Product.objects.in_use() if is_member(reader) else Product.objects.none()
    return products.with_purposes().filter(pk__in=ids).annotate(
        first=F("slug"), second=F("vendor"), third=F("name"), fourth=F("purposes")
    )  # fmt: skip


def _product(row: Row, marker: Marker) -> Found:
    preline = f"{_('Produkt')} · {row.second}" if row.second else _("Produkt")
    address = Product(slug=row.first).get_absolute_url()
    return Found(address, preline, marker.mark(row.title), marker.mark(row.text))


def _product_names(ids: Collection[int], reader: User | AnonymousUser) -> dict[int, tuple[str, str]]:
    if not is_member(reader):
        return {}
    products = Product.objects.in_use().filter(pk__in=ids).only("slug", "name")
    return {product.pk: (product.get_absolute_url(), product.name) for product in products}


def _blocks(ids: Collection[int], reader: User | AnonymousUser) -> QuerySet[Any]:
    return BuildingBlock.objects.published_for(reader).filter(pk__in=ids).annotate(
        first=F("kind"), second=F("city__name"), third=F("title"), fourth=F("summary")
    )  # fmt: skip


def _block(row: Row, marker: Marker) -> Found:
    return Found(
        BuildingBlock(pk=row.pk, title=row.title).get_absolute_url(),
        f"{_('Baustein')} · {BlockKind(row.first).label} · {row.second}",
        marker.mark(row.title),
        marker.mark(row.text),
    )


def _block_names(ids: Collection[int], reader: User | AnonymousUser) -> dict[int, tuple[str, str]]:
    blocks = BuildingBlock.objects.published_for(reader).filter(pk__in=ids).only("title")
    return {block.pk: (block.get_absolute_url(), block.title) for block in blocks}


def _services(ids: Collection[int], _reader: User | AnonymousUser) -> QuerySet[Any]:
    keys = ConcatPair(F("leika_key"), ConcatPair(Value(" "), F("ozg_id")))
    return Service.objects.current().filter(pk__in=ids).annotate(
        first=F("field__name"), second=keys, third=F("name"), fourth=F("description")
    )  # fmt: skip


def _service(row: Row, marker: Marker) -> Found:
    leika_key, ozg_id = row.second.split(" ")
    service = Service(pk=row.pk, leika_key=leika_key, ozg_id=ozg_id)
    preline = f"{_('OZG-Leistung')} · {row.first}"
    snippet = marker.snippet(row.text, TEXT_LENGTH)
    return Found(
        service.get_absolute_url(), preline, marker.mark(row.title), marker.mark(service.keys), snippet
    )


def _service_names(ids: Collection[int], _reader: User | AnonymousUser) -> dict[int, tuple[str, str]]:
    services = Service.objects.current().filter(pk__in=ids).only("name")
    return {service.pk: (service.get_absolute_url(), service.name) for service in services}


def _requests(ids: Collection[int], reader: User | AnonymousUser) -> QuerySet[Any]:
    return Request.objects.visible_to(reader).filter(pk__in=ids).annotate(
        first=standing(), second=Coalesce(F("city__name"), Value("")), third=F("title"), fourth=F("text")
    )  # fmt: skip


def _request(row: Row, marker: Marker) -> Found:
    asker = row.second or _("Koordination, für das Netzwerk")
    return Found(
        Request(pk=row.pk, title=row.title).get_absolute_url(),
        f"{_('Gesuch')} · {asker} · {Standing(row.first).label}",
        marker.mark(row.title),
        marker.snippet(row.text, TEXT_LENGTH),
    )


def _request_names(ids: Collection[int], reader: User | AnonymousUser) -> dict[int, tuple[str, str]]:
    requests = Request.objects.visible_to(reader).filter(pk__in=ids).only("title")
    return {request.pk: (request.get_absolute_url(), request.title) for request in requests}


KINDS = [
    Kind("practices", "praxis", gettext_lazy("Praxis"), gettext_lazy("Praxis"), None, None, _practice_names),
    Kind(
        "blocks",
        "bausteine",
        gettext_lazy("Bausteine"),
        gettext_lazy("Baustein"),
        _blocks,
        _block,
        _block_names,
    ),
    Kind(
        "requests",
        "gesuche",
        gettext_lazy("Gesuche"),
        gettext_lazy("Gesuch"),
        _requests,
        _request,
        _request_names,
    ),
    Kind("topics", "themen", gettext_lazy("Themen"), gettext_lazy("Thema"), _topics, _topic, _topic_names),
    Kind(
        "services",
        "ozg",
        gettext_lazy("OZG-Leistungen"),
        gettext_lazy("OZG-Leistung"),
        _services,
        _service,
        _service_names,
    ),
    Kind("cities", "staedte", gettext_lazy("Städte"), gettext_lazy("Stadt"), _cities, _city, _city_names),
    Kind(
        "products",
        "produkte",
        gettext_lazy("Produkte"),
        gettext_lazy("Produkt"),
        _products,
        _product,
        _product_names,
    ),
]
