"""The filters of the list of write-ups with their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cities.models import City
from practices import facets
from practices.blocks.enums import MARKS, BlockKind
from practices.forms.filters import FilterForm
from search.counts import Counts
from topics.tree import TopicNode, TopicTree
from ui.facets import Choice, Facet

SHOWN_TOPICS = 8
# Filters in the address and the facets that they choose from.
FACETS = {
    "art": "kind",
    "stand": "phase",
    "land": "state",
    "groesse": "size",
    "kosten": "cost",
    "geprueft": "checked",
    "uebernommen": "adopted",
}
ALWAYS_SHOWN = {"art", "stand"}
FIRST = ("art", "stand", "land", "groesse", "kosten")  # stand before the filters by several labels


@dataclass(frozen=True)
class CityFilter:
    """What was typed as the city: the city meant, or those that it could mean."""

    text: str = ""
    city: City | None = None
    suggestions: Sequence[City] = ()


def facets_of(form: FilterForm, tree: TopicTree, counts: Counts) -> list[Facet]:
    chosen_topics = form.topics
    topics = [
        Choice(node.slug, node.name, counts.by_topic[node.id], node in chosen_topics, node.depth - 1)
        for node in open_topics(tree, chosen_topics)
        if counts.by_topic[node.id] or node in chosen_topics
    ]
    number_shown = len(topics) if chosen_topics else SHOWN_TOPICS
    of_one = {
        name: Facet(
            name, str(form.fields[name].label), _choices(form, name, counts), is_open=name in ALWAYS_SHOWN
        )
        for name in FACETS
    }
    found = [
        Facet("thema", _("Thema"), topics, is_open=True, shown=number_shown),
        *(of_one.pop(name) for name in FIRST),
        Facet("themenfeld", str(form.fields["themenfeld"].label), _service_fields(form, counts), shown=14),
        Facet("baustein", str(form.fields["baustein"].label), _block_kinds(form, counts), shown=len(MARKS)),
        *of_one.values(),
    ]
    return [facet for facet in found if facet.choices]


def _service_fields(form: FilterForm, counts: Counts) -> list[Choice]:
    chosen = form.chosen_service_fields
    return [
        Choice(node.slug, node.name, number, node in chosen)
        for node in form.service_fields.values()
        if (number := counts.by_further_topic[node.id]) or node in chosen
    ]


def _block_kinds(form: FilterForm, counts: Counts) -> list[Choice]:
    chosen = form.values("baustein")
    return [
        Choice(value, label, number, value in chosen)
        for value, label in form.choices("baustein")
        if (number := counts.by_mark[MARKS[BlockKind(value)]]) or value in chosen
    ]


def _choices(form: FilterForm, name: str, counts: Counts) -> list[Choice]:
    """The values of a filter with their numbers; most filters leave out values without a hit."""
    facet, chosen = FACETS[name], form.values(name)
    found = [
        Choice(value, str(label), counts.by_facet[facet][facets.CODES[facet][value]], value in chosen)
        for value, label in form.choices(name)
    ]
    return [choice for choice in found if name in ALWAYS_SHOWN or choice.count or choice.is_chosen]


def open_topics(tree: TopicTree, chosen: list[TopicNode]) -> list[TopicNode]:
    """The roots, and what lies below every topic on the way to a chosen one."""
    opened = {id(node) for topic in chosen for node in topic.path}
    return [node for root in tree.roots for node in _opened_below(root, opened)]


def _opened_below(node: TopicNode, opened: set[int]) -> list[TopicNode]:
    if id(node) not in opened:
        return [node]
    return [node, *(one for child in node.children for one in _opened_below(child, opened))]


def city_facet(filtered: CityFilter) -> Facet:
    label = filtered.city.name if filtered.city else filtered.text
    choices = [Choice(filtered.text, label, is_chosen=True)] if filtered.text else []
    return Facet("stadt", _("Stadt"), choices)
