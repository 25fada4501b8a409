"""All figures of a scope: the one place that page, report and spreadsheet read."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ikone.statistics import sections
from ikone.statistics.counting import Numbers, count
from ikone.statistics.figures import Section
from ikone.statistics.scope import Scope
from topics.tree import TopicNode, TopicTree


@dataclass(frozen=True)
class TopicLine:
    """A topic with who leads it and its write-ups, those below it included."""

    name: str
    depth: int
    leaders: list[str]
    number: int
    new: int


@dataclass(frozen=True)
class Statistics:
    """What page and report show; `topics` are all of the chosen part of the map."""

    scope: Scope
    sections: list[Section]
    topics: list[TopicLine]


def statistics(scope: Scope, tree: TopicTree) -> Statistics:
    """Costs four queries, whatever there is."""
    numbers = count(scope)
    topics = topics_of(scope, tree)
    below = (scope.topic.children or [scope.topic]) if scope.topic else tree.roots
    first = [node for node in below if not node.is_retired]
    write_ups = sections.write_ups(scope, numbers)
    by_topic = sections.on_topics(scope, numbers, first)
    made = [
        sections.members(scope, numbers),
        replace(write_ups, charts=[*write_ups.charts, by_topic]),
        sections.adoptions(scope, numbers),
        sections.savings(scope, numbers),
        sections.leadership(scope, numbers, topics),
        sections.questions(scope, numbers),
        sections.activity(scope, numbers),
    ]
    return Statistics(scope, made, [_line(node, numbers) for node in topics])


def topics_of(scope: Scope, tree: TopicTree) -> list[TopicNode]:
    """The chosen topic and all below it, else the whole map; without those that are retired."""
    return [node for node in scope.topic.branch if not node.is_retired] if scope.topic else list(tree.live)


def _line(node: TopicNode, numbers: Numbers) -> TopicLine:
    leaders = [name for topic, _city, name in numbers.leaders if topic == node.id]
    number, new = (numbers.write_ups[what][node.id] for what in ("topic", "new_topic"))
    return TopicLine(node.name, node.depth, leaders, number, new)
