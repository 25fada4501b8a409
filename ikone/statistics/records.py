"""The records behind a figure, one list for each kind of thing that is counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from cities.models import City
from ikone.statistics import sources
from ikone.statistics.forms import ChosenForm
from ikone.statistics.reading import topics_of
from ikone.statistics.scope import Scope
from ikone.statistics.sections import is_led
from practices.adoption.listing import listed
from practices.adoption.savings import records_of
from practices.enums import Visibility
from practices.facets import CODES
from practices.models import Practice
from search.models import Entry
from topics.models import Leadership
from topics.tree import TopicTree
from ui.desk import day

Rows = QuerySet[Any] | Sequence[Any]


@dataclass(frozen=True)
class Record:
    title: str
    url: str = ""
    preline: str = ""
    text: str = ""


@dataclass(frozen=True)
class RecordList:
    """`find` gives the rows in order, `show` the records of one page of them."""

    title: Any
    find: Callable[[Scope, ChosenForm, TopicTree], Rows]
    show: Callable[[Iterable[Any], User], list[Record]]


def _cities(scope: Scope, chosen: ChosenForm, _tree: TopicTree) -> Rows:
    rows = sources.cities(scope)
    if status := chosen.chosen("status"):
        rows = rows.filter(status=status)
    return rows.order_by("sort_name", "pk")


def _show_cities(rows: Iterable[City], _reader: User) -> list[Record]:
    return [
        Record(
            city.name,
            city.get_absolute_url(),
            f"{city.get_status_display()} · {city.get_state_display()}",
            _("dabei seit %(day)s") % {"day": day(city.joined_on)} if city.joined_on else "",
        )
        for city in rows
    ]


def _write_ups(scope: Scope, chosen: ChosenForm, _tree: TopicTree) -> Rows:
    rows = sources.entries(scope)
    for name, facet in (("art", "kind"), ("stand", "phase")):
        if value := chosen.chosen(name):
            rows = _with(rows, facet, CODES[facet][value])
    if chosen.chosen("geprueft"):
        rows = _with(rows, "checked", 1)
    if chosen.chosen("bestaetigt"):
        rows = rows.filter(confirmed_on__gte=sources.confirmed_since())
    if chosen.chosen("bestaetigt_im"):
        rows = rows.filter(confirmed_on__range=(scope.first, scope.last))
    if chosen.chosen("neu"):
        rows = rows.filter(date__gte=scope.first)
    if month := chosen.chosen("monat"):
        year, _dash, number = month.partition("-")
        rows = rows.filter(date__year=year, **({"date__month": number} if number else {}))
    return rows.order_by("-date", "-id").values_list("object_id", flat=True)


def _with(rows: QuerySet[Entry], facet: str, code: int) -> QuerySet[Entry]:
    return rows.alias(**{f"f_{facet}": sources.facet(facet)}).filter(**{f"f_{facet}": code})


def _show_write_ups(ids: Iterable[int], _reader: User) -> list[Record]:
    order = list(ids)
    found = Practice.objects.filter(pk__in=order).select_related("city").in_bulk()
    return [_write_up(found[pk]) for pk in order if pk in found]


def _write_up(practice: Practice) -> Record:
    who = practice.city.name
    if practice.visibility == Visibility.ANONYMOUS:
        who = _("%(city)s (anonym)") % {"city": who}
    said = [practice.get_kind_display(), practice.get_phase_display()]
    said.append(_("veröffentlicht %(day)s") % {"day": day(practice.published_at)})
    if practice.confirmed_on:
        said.append(_("bestätigt %(day)s") % {"day": day(practice.confirmed_on)})
    return Record(practice.title, practice.get_absolute_url(), who, " · ".join(said))


def _adoptions(scope: Scope, chosen: ChosenForm, _tree: TopicTree) -> Rows:
    rows: Any = sources.adoptions(scope)
    if chosen.chosen("gezaehlt"):
        rows = rows.counted()
    if chosen.chosen("bestaetigt"):
        rows = rows.confirmed()
    if stage := chosen.chosen("stufe"):
        rows = rows.filter(stage=stage)
    found: QuerySet[Any] = rows.for_page().order_by("-created_at", "-pk")
    return found


def _show_adoptions(rows: Iterable[Any], reader: User) -> list[Record]:
    return [
        Record(
            row.subject.title,
            row.url,
            row.city,
            " · ".join([_("%(stage)s seit %(since)s") % {"stage": row.label, "since": row.since},
                        row.trust.text]),
        )
        for row in listed(rows, reader)
    ]  # fmt: skip


def _savings(scope: Scope, chosen: ChosenForm, _tree: TopicTree) -> Rows:
    wanted = {"kind": chosen.chosen("ersparnis"), "basis": chosen.chosen("grundlage")}
    rows = sources.savings(scope).filter(**{name: value for name, value in wanted.items() if value})
    return rows.order_by("-amount", "pk")


def _show_savings(rows: Any, reader: User) -> list[Record]:
    return [
        Record(
            row.subject.title,
            row.url or row.subject.url,
            row.city,
            " · ".join(
                text
                for text in (
                    f"{row.kind}: {row.amount}, {row.basis}",
                    _("Quelle: %(source)s") % {"source": row.source.text} if row.source else "",
                    row.note,
                )
                if text
            ),
        )
        for row in records_of(rows, reader)
    ]


def _questions(scope: Scope, chosen: ChosenForm, _tree: TopicTree) -> Rows:
    rows = sources.questions(scope)
    if state := chosen.chosen("weg"):
        rows = rows.filter(state=state)
    return rows.select_related("practice").order_by("-sent_at", "-pk")


def _show_questions(rows: Iterable[Any], _reader: User) -> list[Record]:
    """Without who asked and what: nobody but the asked city needs to know."""
    return [
        Record(
            row.practice.title,
            row.practice.get_absolute_url(),
            _("gefragt %(day)s") % {"day": day(row.sent_at)},
            row.get_state_display(),
        )
        for row in rows
    ]


def _opinions(scope: Scope, chosen: ChosenForm, _tree: TopicTree) -> Rows:
    rows = sources.opinions(scope)
    if verdict := chosen.chosen("meinung"):
        rows = rows.filter(verdict=verdict)
    return rows.select_related("practice", "city").order_by("-given_on", "-pk")


def _show_opinions(rows: Iterable[Any], _reader: User) -> list[Record]:
    return [
        Record(
            row.practice.title,
            row.practice.get_absolute_url(),
            f"{row.city.name if row.city else _('Koordination')} · {day(row.given_on)}",
            row.get_verdict_display(),
        )
        for row in rows
    ]


def _topics(scope: Scope, chosen: ChosenForm, tree: TopicTree) -> Rows:
    """Topics with the names of the cities that lead them."""
    leaders: dict[int, list[str]] = {}
    for topic, city in (
        sources.leaderships(scope).order_by("city__sort_name").values_list("topic_id", "city__name")
    ):
        leaders.setdefault(topic, []).append(city)
    wanted = chosen.chosen("federfuehrung")
    return [
        (node, leaders.get(node.id, []))
        for node in topics_of(scope, tree)
        if not wanted or is_led(node, set(leaders)) == (wanted == "mit")
    ]


def _show_topics(rows: Iterable[Any], _reader: User) -> list[Record]:
    return [
        Record(
            node.name,
            node.get_absolute_url(),
            " › ".join(above.name for above in node.path[:-1]),
            _("federführend: %(cities)s") % {"cities": ", ".join(cities)} if cities else "",
        )
        for node, cities in rows
    ]


def _leading(scope: Scope, _chosen: ChosenForm, _tree: TopicTree) -> Rows:
    leading: QuerySet[Leadership, Any] = sources.leaderships(scope).values("city")
    return City.objects.filter(pk__in=leading).order_by("sort_name", "pk")


def _active(scope: Scope, _chosen: ChosenForm, _tree: TopicTree) -> Rows:
    return sources.active_cities(scope).order_by("sort_name", "pk")


LISTS: dict[str, RecordList] = {
    "staedte": RecordList(gettext_lazy("Städte"), _cities, _show_cities),
    "beitraege": RecordList(gettext_lazy("Praxisbeiträge"), _write_ups, _show_write_ups),
    "uebernahmen": RecordList(gettext_lazy("Übernahmen"), _adoptions, _show_adoptions),
    "ersparnisse": RecordList(gettext_lazy("Ersparnisse"), _savings, _show_savings),
    "fragen": RecordList(gettext_lazy("Fragen an Städte"), _questions, _show_questions),
    "meinungen": RecordList(gettext_lazy("Meinungen"), _opinions, _show_opinions),
    "themen": RecordList(gettext_lazy("Themen und ihre Federführung"), _topics, _show_topics),
    "federfuehrende": RecordList(gettext_lazy("Federführende Städte"), _leading, _show_cities),
    "aktive": RecordList(gettext_lazy("Städte, die beigetragen haben"), _active, _show_cities),
}


def length_of(rows: Rows) -> int:
    return rows.count() if isinstance(rows, QuerySet) else len(rows)
