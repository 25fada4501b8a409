"""The list of all building blocks with its filters and their exact numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.blocks.enums import BlockKind, Licence
from practices.models import BuildingBlock
from search.paging import Cursor, Page
from topics.tree import TopicTree
from ui.facets import Choice, Facet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from practices.blocks.querysets import BuildingBlockQuerySet

PAGE_SIZE = 20
SHOWN = 8


class Group(NamedTuple):
    """Blocks that share all filters' values."""

    kind: str
    licence: str
    topic_id: int
    city: str
    city_name: str
    number: int


class FilterForm(forms.Form):
    """The address of the list. What is wrong in it is left out; the rest still filters."""

    q = forms.CharField(label=gettext_lazy("Suchwörter"), max_length=200, required=False)
    art = forms.MultipleChoiceField(choices=BlockKind.choices, required=False)
    lizenz = forms.MultipleChoiceField(choices=Licence.choices, required=False)
    thema = forms.MultipleChoiceField(required=False)
    stadt = forms.MultipleChoiceField(required=False)

    def __init__(self, data: Any, *, tree: TopicTree) -> None:
        super().__init__(data)
        topics = self.fields["thema"]
        assert isinstance(topics, forms.MultipleChoiceField)  # noqa: S101  narrows the type
        topics.choices = [(node.slug, node.name) for node in tree]

    def text(self) -> str:
        words = " ".join(self.cleaned_data.get("q", "").split())
        return words if any(sign.isalnum() for sign in words) else ""

    def values(self, name: str) -> list[str]:
        """What was chosen validly; for cities whatever was sent, since unknown ones have no blocks."""
        chosen = self.fields[name]
        assert isinstance(chosen, forms.MultipleChoiceField)  # noqa: S101  narrows the type
        given = chosen.widget.value_from_datadict(self.data, self.files, name)
        known = (lambda value: "\x00" not in value and len(value) <= 200) if name == "stadt" else None
        return [value for value in dict.fromkeys(given) if (known or chosen.valid_value)(value)]


@dataclass
class BlockList:
    """What one address asks for, as one person may see it. Two queries beside the topics."""

    reader: User | AnonymousUser
    form: FilterForm
    tree: TopicTree
    cursor: Cursor | None = None
    groups: list[Group] = field(init=False)

    def __post_init__(self) -> None:
        blocks = BuildingBlock.objects.published_for(self.reader)
        if text := self.form.text():
            blocks = blocks.matching(text)
        self.blocks = blocks
        self.chosen = {name: self.form.values(name) for name in ("art", "lizenz", "thema", "stadt")}
        nodes = {node.slug: node for node in self.tree}
        self.branches = {slug: {below.id for below in nodes[slug].branch} for slug in self.chosen["thema"]}
        columns = ("kind", "licence", "topic_id", "city__slug", "city__name")
        counted = blocks.order_by().values_list(*columns).annotate(number=Count("pk"))
        self.groups = list(map(Group._make, counted))

    @property
    def total(self) -> int:
        return sum(group.number for group in self._groups_for(""))

    def facets(self) -> list[Facet]:
        """Each with the numbers as if its own choices were open."""
        return [
            Facet("art", _("Art"), self._choices("art", BlockKind.choices), is_open=True, shown=10),
            Facet("thema", _("Thema"), self._topic_choices(), is_open=True, shown=SHOWN),
            Facet("lizenz", _("Lizenz"), self._choices("lizenz", Licence.choices), shown=10),
            Facet("stadt", _("Stadt"), self._city_choices(), shown=SHOWN),
        ]

    def page(self) -> tuple[list[BuildingBlock], Page]:
        """The blocks of the asked page, the newest first."""
        rows = self._filtered().for_cards()
        key = _key_of(self.cursor)
        backward = bool(key and self.cursor and self.cursor.is_backward)
        if key:
            rows = rows.filter(_beyond(key, backward=backward))
        order = ("published_at", "pk") if backward else ("-published_at", "-pk")
        found = list(rows.order_by(*order)[: PAGE_SIZE + 1])
        more, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
        if backward:
            found.reverse()
        return found, Page(
            ids=[block.pk for block in found],
            total=self.total,
            first_key=_place_of(found[0]) if found else None,
            last_key=_place_of(found[-1]) if found else None,
            has_previous=more if backward else key is not None,
            has_next=True if backward else more,
        )

    def _filtered(self) -> BuildingBlockQuerySet:
        conditions = {
            "art": Q(kind__in=self.chosen["art"]),
            "lizenz": Q(licence__in=self.chosen["lizenz"]),
            "thema": Q(topic__in=self._topic_ids()),
            "stadt": Q(city__slug__in=self.chosen["stadt"]),
        }
        blocks = self.blocks
        for name, condition in conditions.items():
            if self.chosen[name]:
                blocks = blocks.filter(condition)
        return blocks

    def _topic_ids(self) -> set[int]:
        return {topic_id for branch in self.branches.values() for topic_id in branch}

    def _groups_for(self, own: str) -> list[Group]:
        """The groups that fit all filters except one's own."""
        fits: dict[str, Callable[[Group], bool]] = {
            "art": lambda group: group.kind in self.chosen["art"],
            "lizenz": lambda group: group.licence in self.chosen["lizenz"],
            "thema": lambda group: group.topic_id in self._topic_ids(),
            "stadt": lambda group: group.city in self.chosen["stadt"],
        }
        asked = [fits[name] for name, values in self.chosen.items() if values and name != own]
        return [group for group in self.groups if all(fit(group) for fit in asked)]

    def _choices(self, name: str, values: Collection[tuple[str, Any]]) -> list[Choice]:
        numbers: Counter[str] = Counter()
        for group in self._groups_for(name):
            numbers[group.kind if name == "art" else group.licence] += group.number
        return [
            Choice(value, str(label), numbers[value], value in self.chosen[name])
            for value, label in values
            if numbers[value] or value in self.chosen[name]
        ]

    def _topic_choices(self) -> list[Choice]:
        by_topic: Counter[int] = Counter()
        for group in self._groups_for("thema"):
            by_topic[group.topic_id] += group.number
        choices = []
        for node in self.tree:
            number = sum(by_topic[below.id] for below in node.branch)
            if number or node.slug in self.chosen["thema"]:
                is_chosen = node.slug in self.chosen["thema"]
                choices.append(Choice(node.slug, node.name, number, is_chosen, node.depth - 1))
        return choices

    def _city_choices(self) -> list[Choice]:
        numbers: Counter[str] = Counter()
        names = {group.city: group.city_name for group in self.groups}
        for group in self._groups_for("stadt"):
            numbers[group.city] += group.number
        names |= {slug: slug for slug in self.chosen["stadt"] if slug not in names}
        choices = [
            Choice(slug, name, numbers[slug], slug in self.chosen["stadt"]) for slug, name in names.items()
        ]
        return sorted(choices, key=lambda choice: (-(choice.count or 0), choice.label))


def _place_of(block: BuildingBlock) -> tuple[str, int]:
    assert block.published_at is not None  # noqa: S101  a constraint says so
    return block.published_at.isoformat(), block.pk


def _key_of(cursor: Cursor | None) -> tuple[datetime, int] | None:
    """The place in this list; None for a cursor of another one."""
    try:
        when, pk = cursor.key if cursor else ("", 0)
        return (datetime.fromisoformat(str(when)), int(pk)) if when else None
    except ValueError:
        return None


def _beyond(key: tuple[datetime, int], *, backward: bool) -> Q:
    sign = "gt" if backward else "lt"
    when, pk = key
    return Q(**{f"published_at__{sign}": when}) | Q(published_at=when, **{f"pk__{sign}": pk})
