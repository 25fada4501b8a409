"""The list of all requests with its filters and their exact numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from cities.permissions import city_ids_of
from exchange.enums import Standing
from exchange.models import Request
from exchange.querysets import standing
from search.paging import Cursor, Page
from topics.tree import TopicTree
from ui.facets import Choice, Facet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from exchange.querysets import RequestQuerySet

PAGE_SIZE = 20
SHOWN = 8
CITY_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,140}")
MOST_CITIES = 20  # chosen at once; each link of the page carries them all
OURS, NETWORK = "unsere", "netzwerk"  # values of the filter by city that are no city's address


class Group(NamedTuple):
    """Requests that share all filters' values; for the network without a city."""

    standing: str
    topic_id: int
    city_id: int | None
    city: str | None
    city_name: str | None
    number: int


class FilterForm(forms.Form):
    """The address of the list. What is wrong in it is left out; the rest still filters."""

    stand = forms.MultipleChoiceField(choices=Standing.choices, required=False)
    thema = forms.MultipleChoiceField(required=False)
    stadt = forms.MultipleChoiceField(required=False)

    def __init__(self, data: Any, *, tree: TopicTree) -> None:
        super().__init__(data)
        topics = self.fields["thema"]
        assert isinstance(topics, forms.MultipleChoiceField)  # noqa: S101  narrows the type
        topics.choices = [(node.slug, node.name) for node in tree]

    def values(self, name: str) -> list[str]:
        """What was chosen validly; for cities whatever was sent, since unknown ones ask for nothing."""
        chosen = self.fields[name]
        assert isinstance(chosen, forms.MultipleChoiceField)  # noqa: S101  narrows the type
        given = chosen.widget.value_from_datadict(self.data, self.files, name)
        if name == "stadt":
            return [value for value in dict.fromkeys(given) if CITY_SLUG.fullmatch(value)][:MOST_CITIES]
        return [value for value in dict.fromkeys(given) if chosen.valid_value(value)]


@dataclass
class RequestList:
    """What one address asks for, as one person may see it. Two queries beside the topics."""

    reader: User | AnonymousUser
    form: FilterForm
    tree: TopicTree
    cursor: Cursor | None = None
    groups: list[Group] = field(init=False)

    def __post_init__(self) -> None:
        self.requests = Request.objects.visible_to(self.reader).annotate(standing_now=standing())
        self.own = set(city_ids_of(self.reader))
        self.chosen = {name: self.form.values(name) for name in ("stand", "thema", "stadt")}
        nodes = {node.slug: node for node in self.tree}
        self.topics = {below.id for slug in self.chosen["thema"] for below in nodes[slug].branch}
        columns = ("standing_now", "topic_id", "city_id", "city__slug", "city__name")
        counted = self.requests.order_by().values_list(*columns).annotate(number=Count("pk"))
        self.groups = list(map(Group._make, counted))

    @property
    def total(self) -> int:
        return sum(group.number for group in self._groups_for(""))

    def facets(self) -> list[Facet]:
        """Each with the numbers as if its own choices were open."""
        return [
            Facet("stand", _("Stand"), self._standings(), is_open=True, shown=len(Standing)),
            Facet("thema", _("Thema"), self._topic_choices(), is_open=True, shown=SHOWN),
            Facet("stadt", _("Wer sucht?"), self._city_choices(), shown=SHOWN),
        ]

    def page(self) -> tuple[list[Request], Page]:
        """The requests of the asked page: those that are still open, then the others, the newest first."""
        rows = self._filtered().for_cards().open_first()
        key = _key_of(self.cursor)
        backward = bool(key and self.cursor and self.cursor.is_backward)
        if key:
            rows = rows.filter(_beyond(key, backward=backward))
        if backward:
            rows = rows.order_by("-place", "pk")
        found: list[Any] = list(rows[: PAGE_SIZE + 1])
        more, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
        if backward:
            found.reverse()
        return found, Page(
            ids=[request.pk for request in found],
            total=self.total,
            first_key=(found[0].place, found[0].pk) if found else None,
            last_key=(found[-1].place, found[-1].pk) if found else None,
            has_previous=more if backward else key is not None,
            has_next=True if backward else more,
        )

    def _filtered(self) -> RequestQuerySet:
        slugs = self.chosen["stadt"]
        asked_by = Q(city__slug__in=slugs)
        if OURS in slugs:
            asked_by |= Q(city__in=self.own)
        if NETWORK in slugs:
            asked_by |= Q(city=None)
        conditions = {
            "stand": Q(standing_now__in=self.chosen["stand"]),
            "thema": Q(topic__in=self.topics),
            "stadt": asked_by,
        }
        requests = self.requests
        for name, condition in conditions.items():
            if self.chosen[name]:
                requests = requests.filter(condition)
        return requests

    def _groups_for(self, own: str) -> list[Group]:
        """The groups that fit all filters except one's own."""
        fits: dict[str, Callable[[Group], bool]] = {
            "stand": lambda group: group.standing in self.chosen["stand"],
            "thema": lambda group: group.topic_id in self.topics,
            "stadt": lambda group: any(self._is_of(group, value) for value in self.chosen["stadt"]),
        }
        asked = [fits[name] for name, values in self.chosen.items() if values and name != own]
        return [group for group in self.groups if all(fit(group) for fit in asked)]

    def _is_of(self, group: Group, value: str) -> bool:
        if value == OURS:
            return group.city_id in self.own
        return group.city_id is None if value == NETWORK else group.city == value

    def _standings(self) -> list[Choice]:
        numbers = _numbers((group.standing, group.number) for group in self._groups_for("stand"))
        return [
            Choice(value, str(label), numbers[value], value in self.chosen["stand"])
            for value, label in Standing.choices
            if numbers[value] or value in self.chosen["stand"]
        ]

    def _topic_choices(self) -> list[Choice]:
        by_topic = _numbers((group.topic_id, group.number) for group in self._groups_for("thema"))
        choices = []
        for node in self.tree:
            number = sum(by_topic[below.id] for below in node.branch)
            is_chosen = node.slug in self.chosen["thema"]
            if number or is_chosen:
                choices.append(Choice(node.slug, node.name, number, is_chosen, node.depth - 1))
        return choices

    def _city_choices(self) -> list[Choice]:
        groups, chosen = self._groups_for("stadt"), self.chosen["stadt"]
        names = {group.city: group.city_name or "" for group in self.groups if group.city}
        names |= {slug: slug for slug in chosen if slug not in {*names, OURS, NETWORK}}
        numbers = _numbers((group.city, group.number) for group in groups)
        cities = [Choice(slug, name, numbers[slug], slug in chosen) for slug, name in names.items()]
        cities.sort(key=lambda choice: (-(choice.count or 0), choice.label))
        special = [(OURS, _("Unsere Stadt"))] if self.own or OURS in chosen else []
        special.append((NETWORK, _("Koordination, für das Netzwerk")))
        counted = [
            (value, label, sum(group.number for group in groups if self._is_of(group, value)))
            for value, label in special
        ]
        first = [
            Choice(value, label, number, value in chosen)
            for value, label, number in counted
            if number or value in chosen
        ]
        return [*first, *cities]


def _numbers(pairs: Iterable[tuple[Any, int]]) -> Counter[Any]:
    numbers: Counter[Any] = Counter()
    for value, number in pairs:
        numbers[value] += number
    return numbers


def _key_of(cursor: Cursor | None) -> tuple[int, int] | None:
    """The place in this list; None for a cursor of another one."""
    try:
        place, pk = cursor.key if cursor else ("", "")
        return int(place), int(pk)
    except ValueError:
        return None


def _beyond(key: tuple[int, int], *, backward: bool) -> Q:
    place, pk = key
    if backward:
        return Q(place__lt=place) | Q(place=place, pk__gt=pk)
    return Q(place__gt=place) | Q(place=place, pk__lt=pk)
