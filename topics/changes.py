"""What was changed on the map and in what cities do for it: who, when, from what to what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import BigIntegerField, F, JSONField, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from cities.models import City
from topics.enums import Engagement, Shape
from topics.models import REORDERED, Leadership, Reshaping, Topic
from topics.tree import TopicTree
from ui.richtext import to_plain_text

PAGE = 50
# The kinds of rows; of what has one time the last of them comes first.
RESHAPING, LEADERSHIP, TOPIC = range(3)
TOPIC_FIELDS = ["name", "parent_id", "position", "summary", "description", "synonyms", "slug", "retired_on"]
LEADERSHIP_FIELDS = [
    "engagement",
    "promise",
    "contact_name",
    "contact_email",
    "contact_phone",
    "deputy_name",
    "deputy_email",
    "deputy_phone",
    "since",
    "next_check",
]
LONGEST = 160


@dataclass(frozen=True)
class Difference:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One entry of the history; `reshaping` where topics were merged or split."""

    at: dt.datetime
    by: str
    what: str
    subject: str
    url: str = ""
    differences: list[Difference] = field(default_factory=list)
    reshaping: Reshaping | None = None


@dataclass(frozen=True, order=True)
class Mark:
    """Where something stands in the history; as text it stands in the address of a page.

    What one transaction did has one time, so the kind of row and its key tell it apart.
    """

    at: dt.datetime
    kind: int
    key: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}_{self.kind}_{self.key}"

    @classmethod
    def read(cls, text: str) -> Mark | None:
        """None where it is no mark."""
        moment, _sep, numbers = text.replace(" ", "+").partition("_")
        try:
            at = parse_datetime(moment)
            kind, key = map(int, numbers.split("_"))
        except ValueError:
            return None
        return cls(at, kind, key) if at and timezone.is_aware(at) else None

    def older(self, kind: int, at: str) -> Q:
        """Which rows of a kind stand before it in time; `at` is the name of their time."""
        found = Q(**{f"{at}__lt": self.at})
        if kind < self.kind:
            found |= Q(**{at: self.at})
        elif kind == self.kind:
            found |= Q(**{at: self.at, "pk__lt": self.key})
        return found


def changes(*, before: Mark | None, topic: Topic | None = None) -> tuple[list[Change], Mark | None]:
    """A page of the history before a mark, of one topic or of all, newest first; and the mark of the next.

    Rows that show nothing, such as a new order alone, take their place on a page but are left out, so a page
    holds PAGE changes at most and may hold none. Six queries.
    """
    rows = {
        TOPIC: _without_room_made(_events("TopicEvent", TOPIC_FIELDS, topic, "pgh_obj_id")),
        LEADERSHIP: _events("LeadershipEvent", LEADERSHIP_FIELDS, topic, "topic_id"),
        RESHAPING: _reshapings(topic),
    }
    marked = {kind: _marked(found, kind, before) for kind, found in rows.items()}
    marks = sorted((mark for found in marked.values() for mark, _row in found), reverse=True)
    last = marks[PAGE - 1] if len(marks) > PAGE else None
    shown = {
        kind: [row for mark, row in found if last is None or mark >= last] for kind, found in marked.items()
    }
    reader = _Reader()
    made = [
        *reader.of_topics(shown[TOPIC]),
        *reader.of_leaderships(shown[LEADERSHIP]),
        *reader.of_reshapings(shown[RESHAPING]),
    ]
    return reader.named(sorted(made, key=lambda one: one.at, reverse=True)), last


def _marked(rows: QuerySet[Any], kind: int, before: Mark | None) -> list[tuple[Mark, Any]]:
    """The newest rows before a mark, each with its own; one more than a page holds."""
    at = "at" if kind == RESHAPING else "pgh_created_at"
    if before is not None:
        rows = rows.filter(before.older(kind, at))
    newest = rows.order_by(f"-{at}", "-pk")[: PAGE + 1]
    return [(Mark(getattr(row, at), kind, row.pk), row) for row in newest]


def _events(name: str, fields: list[str], topic: Topic | None, key: str) -> QuerySet[Any]:
    """Events with `earlier`: what the row said before."""
    events: Any = apps.get_model("topics", name).objects
    earlier = events.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
    said = JSONObject(**{name: name for name in fields})
    rows: QuerySet[Any] = events.select_related("pgh_context").annotate(
        earlier=Cast(Subquery(earlier.order_by("-pgh_id").values(said=said)[:1]), JSONField())
    )
    return rows if topic is None else rows.filter(**{key: topic.pk})


def _without_room_made(events: QuerySet[Any]) -> QuerySet[Any]:
    """Without the topics that only made room for one that a person moved: they may be hundreds."""
    moved = Cast(KeyTextTransform("made_room_for", "pgh_context__metadata"), BigIntegerField())
    kept = ~Q(pgh_label="update") | Q(moved=None) | Q(moved=F("pgh_obj_id"))
    return events.alias(moved=moved).filter(kept)


def _reshapings(topic: Topic | None) -> QuerySet[Any]:
    rows = Reshaping.objects.all()
    return rows if topic is None else rows.filter(Q(target_id=topic.pk) | Q(source_id=topic.pk))


class _Reader:
    """Knows the names that changes mention."""

    def __init__(self) -> None:
        self.tree = TopicTree.load()
        self._people: dict[int, str] = {}

    def named(self, found: list[Change]) -> list[Change]:
        """With the names of the people in place of their ids."""
        ids = {int(one.by) for one in found if one.by.isdecimal()}
        names = dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))
        gone, nobody = _("ehemaliges Mitglied"), _("das Portal")
        return [
            Change(**{**one.__dict__, "by": (names.get(int(one.by)) or gone) if one.by else nobody})
            for one in found
        ]

    def of_topics(self, events: list[Any]) -> list[Change]:
        made = []
        for event in events:
            differences = self._differences(event, Topic, TOPIC_FIELDS, self._shown)
            what = self._what(event, event.earlier or {})
            only_order = {one.label for one in differences} == {_("Reihenfolge")}
            if event.pgh_label == "update" and (not differences or only_order):
                continue
            node = self.tree.get(event.pgh_obj_id)
            url = node.get_absolute_url() if node else ""
            made.append(Change(event.pgh_created_at, _person(event), what, event.name, url, differences))
        return made

    def of_leaderships(self, events: list[Any]) -> list[Change]:
        cities = City.objects.in_bulk({event.city_id for event in events})
        whats = {"insert": _("Stadt eingetragen"), "delete": _("Eintrag entfernt")}
        again = {"insert": _("Eintrag wiederhergestellt")}
        made = []
        for event in events:
            differences = self._differences(event, Leadership, LEADERSHIP_FIELDS, _leadership_value)
            if event.pgh_label == "update" and not differences:
                continue
            node, city = self.tree.get(event.topic_id), cities.get(event.city_id)
            some_city, former_topic = _("eine Stadt"), _("früheres Thema")
            subject = f"{city or some_city}, {node or former_topic}"
            known = whats | again if event.earlier else whats
            what = known.get(event.pgh_label, _("Angaben einer Stadt geändert"))
            url = node.get_absolute_url() if node else ""
            made.append(Change(event.pgh_created_at, _person(event), what, subject, url, differences))
        return made

    def of_reshapings(self, rows: list[Reshaping]) -> list[Change]:
        made = []
        for row in rows:
            node = self.tree.get(row.target_id)
            what = _("zusammengeführt") if row.shape == Shape.MERGE else _("aufgeteilt")
            by = str(row.by_id or "")
            url = node.get_absolute_url() if node else ""
            made.append(Change(row.at, by, what, f"{row.source_name} → {row.target_name}", url, [], row))
        return made

    def _what(self, event: Any, earlier: Mapping[str, Any]) -> str:
        if event.pgh_label == REORDERED:
            return _("Thema an andere Stelle gerückt")
        if event.pgh_label == "insert":
            return _("Thema wiederhergestellt") if earlier else _("Thema angelegt")
        if event.pgh_label == "delete":
            return _("Thema entfernt")
        if earlier.get("parent_id") != event.parent_id:
            return _("Thema verschoben")
        if bool(earlier.get("retired_on")) != bool(event.retired_on):
            return _("Thema stillgelegt") if event.retired_on else _("Thema wieder aufgenommen")
        return _("Thema geändert")

    def _differences(
        self, event: Any, model: type[Any], fields: list[str], shown: Callable[[str, Any], str]
    ) -> list[Difference]:
        if event.pgh_label != "update" or event.earlier is None:
            return []
        made = []
        for name in fields:
            before, after = shown(name, event.earlier.get(name)), shown(name, getattr(event, name))
            if before != after:
                column = model._meta.get_field(name.removesuffix("_id"))
                label = str(getattr(column, "verbose_name", name))
                made.append(Difference(label[:1].upper() + label[1:], _short(before), _short(after)))
        return made

    def _shown(self, name: str, value: Any) -> str:
        if name == "parent_id":
            node = self.tree.get(value) if value else None
            return node.name if node else (_("früheres Thema") if value else _("oberste Ebene"))
        if name == "description":
            return to_plain_text(value or "")
        if name == "synonyms":
            return ", ".join(value or [])
        return _day(value) if name == "retired_on" else str(value if value is not None else "")


def _leadership_value(name: str, value: Any) -> str:
    if name == "engagement":
        return str(Engagement(value).label) if value else ""
    return _day(value) if name in {"since", "next_check"} else str(value or "")


def _day(value: dt.date | str | None) -> str:
    day = parse_date(value) if isinstance(value, str) else value
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()} …"


def _person(event: Any) -> str:
    """The id of whoever did it; empty for a job."""
    context = event.pgh_context
    return str((context.metadata.get("user") if context else "") or "")
