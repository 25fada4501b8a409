"""All figures of a scope: the one place that page, report and spreadsheet read."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from ikone.statistics import sections
from ikone.statistics.counting import Numbers, count
from ikone.statistics.figures import Section
from ikone.statistics.past import of_today
from ikone.statistics.scope import Scope
from topics.tree import TopicNode, TopicTree

NAMED = 3  # of the topics by which another one is covered


@dataclass(frozen=True)
class TopicLine:
    """A topic with who leads it and its write-ups, those below it included."""

    name: str
    depth: int
    leaders: list[str]
    through: list[str]  # where nobody leads it: the topics above or below it by which it is covered
    number: int
    new: int

    @property
    def led_by(self) -> str:
        """Cities, else by which topics it is covered; empty for a gap."""
        if self.leaders:
            return ", ".join(self.leaders)
        if not self.through:
            return ""
        names = ", ".join(_("„%(text)s“") % {"text": name} for name in self.through[:NAMED])
        more = len(self.through) - NAMED
        if more > 0:
            return _("über %(topics)s und %(more)d weitere") % {"topics": names, "more": more}
        return _("über %(topics)s") % {"topics": names}


@dataclass(frozen=True)
class Statistics:
    """What page and report show; `topics` are all of the chosen part of the map."""

    scope: Scope
    sections: list[Section]
    topics: list[TopicLine]


def statistics(scope: Scope, tree: TopicTree) -> Statistics:
    """Costs four queries, whatever there is."""
    numbers = count(scope, new_by_topic=True)
    lines = [_line(node, numbers) for node in topics_of(scope, tree)]
    return Statistics(scope, _sections(scope, tree, numbers), lines)


def sections_of(scope: Scope, tree: TopicTree) -> list[Section]:
    """The same sections without the lines of all topics, which take longer than all the rest."""
    return _sections(scope, tree, count(scope, new_by_topic=False))


def _sections(scope: Scope, tree: TopicTree, numbers: Numbers) -> list[Section]:
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
    return [replace(one, today=of_today(scope, one)) for one in made] if scope.is_past else made


def topics_of(scope: Scope, tree: TopicTree) -> list[TopicNode]:
    """The chosen topic and all below it, else the whole map; without those that are retired."""
    return [node for node in scope.topic.branch if not node.is_retired] if scope.topic else list(tree.live)


def _line(node: TopicNode, numbers: Numbers) -> TopicLine:
    leaders = [name for topic, _city, name in numbers.leaders if topic == node.id]
    led = {topic for topic, _city, _name in numbers.leaders}
    number, new = (numbers.write_ups[what][node.id] for what in ("topic", "new_topic"))
    return TopicLine(node.name, node.depth, leaders, _through(node, led), number, new)


def _through(node: TopicNode, led: set[int]) -> list[str]:
    """The nearest topic above that is led, else all below that are."""
    above = [one.name for one in reversed(node.path[:-1]) if one.id in led]
    return above[:1] or [one.name for one in node.branch if one.id in led and one.id != node.id]
