"""Merging two topics, and taking it back. Both run as undertakings: in one transaction, with progress."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import pghistory
from django.db import transaction
from django.db.models import Max, ProtectedError, Value
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from cities.models import City
from notifications.models import Undertaking
from notifications.undertakings import Refusal, Work, start
from search import entries
from search.folding import SortKey
from search.tasks import refresh_topics
from topics import joint_leads, search_entry
from topics.actions import hold_map, name_of
from topics.enums import Engagement, Shape
from topics.models import MAX_DEPTH, OF_MERGE, OF_UNDOING, FormerTopicSlug, Leadership, Reshaping, Topic
from topics.moving import BATCH, Link, bring_back, drop_twins, followers, links, values_of
from topics.tree import TopicNode, TopicTree

MERGE, UNDO = "topics.merge", "topics.undo_merge"
MOST_SYNONYMS = 60


@dataclass
class Plan:
    """What merging would do: numbers with names; `obstacles` forbid it."""

    moves: list[tuple[int, str]] = field(default_factory=list)
    twins: int = 0
    leading: list[City] = field(default_factory=list)  # of whom it is to be said who leads afterwards
    obstacles: list[str] = field(default_factory=list)


def plan(source: Topic, target: Topic, tree: TopicTree) -> Plan:
    """Look before: what moves from the source to the target and what stands in the way."""
    made = Plan(
        leading=joint_leads.would_lead(source.pk, target.pk),
        obstacles=obstacles(tree[source.pk], tree[target.pk]),
    )
    below = len(tree[source.pk].children)
    if below:
        made.moves.append((below, name_of(Topic, below)))
    for link in links():
        number = link.rows(source.pk).count()
        if number:
            made.moves.append((number, _name_of(link, number, source)))
            made.twins += len(link.twins(source.pk, target.pk))
    for follower in followers():
        if number := follower.count(source):
            made.moves.append((number, str(follower.label)))
    return made


def _name_of(link: Link, number: int, source: Topic) -> str:
    if link.model is not Leadership:
        return name_of(link.model, number)
    name = ngettext("Stadt mit ihrer Rolle", "Städte mit ihren Rollen", number)
    return f"{name} ({joint_leads.roles_in_words(source.pk)})"


def obstacles(source: TopicNode, target: TopicNode) -> list[str]:
    """Why the one cannot become part of the other, for people."""
    found = []
    if source in target.path:
        found.append(_("Das Ziel ist das Thema selbst oder steht darunter."))
    if target.is_retired and not source.is_retired:
        found.append(_("„%(target)s“ ist stillgelegt.") % {"target": target})
    if source.children and target.depth + source.height - 1 > MAX_DEPTH:
        found.append(_("Für die Unterthemen ist dort kein Platz: Die Themenkarte hat höchstens drei Ebenen."))
    names = {child.name.casefold() for child in target.children if child is not source}
    same = [child.name for child in source.children if child.name.casefold() in names]
    if same:
        found.append(
            _("Unterthemen gleichen Namens gibt es in beiden. Führen Sie zuerst diese zusammen: %(names)s.")
            % {"names": ", ".join(same)}
        )
    return found


def stronger_part(row: Leadership, twin: Leadership) -> dict[str, Any]:
    """A city that stands under both keeps the greater of its two parts, with its people and promise."""
    ranks = list(Engagement.values)
    if ranks.index(row.engagement) >= ranks.index(twin.engagement):
        return {}
    kept = {"id", "topic_id", "city_id", "version"}
    return {name: value for name, value in values_of(row).items() if name not in kept} | {
        "version": twin.version + 1
    }


@transaction.atomic
def start_merge(*, source: Topic, target: Topic, leads: Collection[int] = (), by: User) -> Undertaking:
    """`leads` are the cities that lead afterwards, where `joint_leads.would_lead` names some."""
    title = _("„%(source)s“ mit „%(target)s“ zusammenführen") % {"source": source, "target": target}
    arguments = {"source": source.pk, "target": target.pk, "leads": list(leads)}
    return start(MERGE, title=title, arguments=arguments, asked_by=by.pk, url=target.get_absolute_url())


@transaction.atomic
def start_undo(*, reshaping: Reshaping, by: User, url: str) -> Undertaking:
    title = _("Zusammenführung von „%(source)s“ rückgängig machen") % {"source": reshaping.source_name}
    return start(UNDO, title=title, arguments={"reshaping": reshaping.pk}, asked_by=by.pk, url=url)


def merge(work: Work) -> dict[str, Any]:
    """Move everything from the source to the target; the source's addresses lead to the target."""
    hold_map()
    known = Topic.objects.in_bulk([work.arguments["source"], work.arguments["target"]])
    if len(known) < 2:
        raise Refusal(_("Eines der beiden Themen gibt es nicht mehr."))
    source, target = known[work.arguments["source"]], known[work.arguments["target"]]
    tree = TopicTree.load()
    if reasons := obstacles(tree[source.pk], tree[target.pk]):
        raise Refusal(" ".join(reasons))
    stepping_back = joint_leads.check(source.pk, target.pk, work.arguments.get("leads", []))
    # With its key, by which the history knows what belongs to it.
    done = Reshaping.objects.create(
        shape=Shape.MERGE,
        source_id=source.pk,
        source_name=source.name,
        target_id=target.pk,
        target_name=target.name,
        by_id=work.asked_by,
    )
    with pghistory.context(user=work.asked_by, **{OF_MERGE: done.pk}):
        _move_rows(work, done, source.pk, target.pk)
        joint_leads.step_back(target.pk, stepping_back, done.changed.setdefault(Leadership._meta.label, []))
        done.followers = {one.name: one.move(source, target) for one in followers()}
        done.moved[Topic._meta.label] = _move_children(source, target)
        done.before = values_of(source) | {"added_synonyms": _pass_words_on(source, target)}
        affected = entries.under([source.pk])
        Topic.objects.filter(pk=source.pk).delete()
        FormerTopicSlug.objects.create(slug=source.slug, topic=target)
    search_entry.withdraw(source.pk)
    search_entry.refresh(target)
    _retopic(work, affected)
    done.save()
    refresh_topics.later(topic_ids=[target.pk])
    text = ngettext("%(n)d Eintrag ist umgezogen.", "%(n)d Einträge sind umgezogen.", done.number)
    return {"text": text % {"n": done.number}, "reshaping": done.pk}


def _move_rows(work: Work, done: Reshaping, source_id: int, target_id: int) -> None:
    rows = {link: list(link.rows(source_id).values_list("pk", flat=True)) for link in links()}
    done.number, moved = sum(map(len, rows.values())), 0
    for link, keys in rows.items():
        if not keys:
            continue
        try:
            dropped, changed = drop_twins(link, source_id, target_id)
        except ProtectedError as error:
            text = _("Unter beiden Themen steht Gleiches, an dem noch etwas hängt (%(name)s).")
            raise Refusal(text % {"name": name_of(link.model, 2)}) from error
        gone = {row[link.model._meta.pk.attname] for row in dropped}
        done.dropped[link.name], done.changed[link.name] = dropped, changed
        done.moved[link.name] = [key for key in keys if key not in gone]
        moved += len(gone)
        moved = set_topic(work, link, done.moved[link.name], target_id, moved, done.number)


def set_topic(work: Work, link: Link, keys: list[int], topic_id: int, moved: int, total: int) -> int:
    for start_at in range(0, len(keys), BATCH):
        batch = keys[start_at : start_at + BATCH]
        link.model._base_manager.filter(pk__in=batch).update(**{link.key: topic_id})
        moved += len(batch)
        work.report(moved, total, name_of(link.model, 2))
    return moved


def _move_children(source: Topic, target: Topic) -> list[int]:
    siblings = Topic.objects.filter(parent=target.pk)
    last = siblings.exclude(pk=source.pk).aggregate(last=Max("position"))["last"]
    keys = []
    for place, child in enumerate(Topic.objects.filter(parent=source.pk).top_down(), start=(last or 0) + 1):
        child.parent_id, child.position = target.pk, place
        child.save(update_fields=["parent", "position"])
        keys.append(child.pk)
    return keys


def _pass_words_on(source: Topic, target: Topic) -> list[str]:
    """The target is found by the source's words; which of them it did not know."""
    known = {word.casefold() for word in [target.name, *target.synonyms]}
    added = [word for word in dict.fromkeys([source.name, *source.synonyms]) if word.casefold() not in known][
        : max(MOST_SYNONYMS - len(target.synonyms), 0)
    ]
    if added:
        target.synonyms = [*target.synonyms, *added]
        target.version += 1
        target.save(update_fields=["synonyms", "version", "updated_at"])
    return added


def _retopic(work: Work, affected: list[tuple[int, int]]) -> None:
    step = _("Suche")
    for done, total in entries.retopic(affected):
        work.report(done, total, step)


def undo_merge(work: Work) -> dict[str, Any]:
    """Bring the source back with what moved from it and still stands under the target."""
    hold_map()
    done = Reshaping.objects.select_for_update().filter(pk=work.arguments["reshaping"]).first()
    if done is None or done.undone_at or done.shape != Shape.MERGE:
        raise Refusal(_("Das ist schon rückgängig gemacht."))
    target = Topic.objects.filter(pk=done.target_id).first()
    if target is None:
        raise Refusal(_("„%(target)s“ gibt es nicht mehr.") % {"target": done.target_name})
    before = {name: value for name, value in done.before.items() if name != "added_synonyms"}
    _check_place(before)
    affected = entries.under([target.pk])
    with pghistory.context(user=work.asked_by, **{OF_UNDOING: done.pk}):
        FormerTopicSlug.objects.filter(slug=before["slug"]).delete()
        source = Topic(**before)
        source.save(force_insert=True)
        lost = _move_rows_back(work, done, source.pk)
        Topic.objects.filter(pk__in=done.moved[Topic._meta.label], parent=target.pk).update(parent=source.pk)
        for one in followers():
            if one.name in done.followers:
                one.back(source, target, done.followers[one.name])
        added = set(done.before["added_synonyms"])
        target.synonyms = [word for word in target.synonyms if word not in added]
        target.version += 1
        target.save(update_fields=["synonyms", "version", "updated_at"])
    done.undone_by_id, done.undone_at = work.asked_by, timezone.now()
    done.save(update_fields=["undone_by", "undone_at"])
    search_entry.refresh(source)
    search_entry.refresh(target)
    _retopic(work, affected)
    refresh_topics.later(topic_ids=[source.pk, target.pk])
    text = _("„%(source)s“ steht wieder auf der Themenkarte.") % {"source": source.name}
    if lost:
        text += " " + ngettext(
            "%(n)d Eintrag ließ sich nicht zurückholen.",
            "%(n)d Einträge ließen sich nicht zurückholen.",
            lost,
        ) % {"n": lost}
    return {"text": text}


def _check_place(before: dict[str, Any]) -> None:
    if Topic.objects.filter(slug=before["slug"]).exists():
        raise Refusal(_("Die Adresse des früheren Themas hat inzwischen ein anderes."))
    siblings = Topic.objects.filter(parent=before["parent_id"], sort_name=SortKey(Value(before["name"])))
    if siblings.exists():
        raise Refusal(_("An seiner früheren Stelle gibt es inzwischen ein Thema dieses Namens."))
    parent = Topic.objects.filter(pk=before["parent_id"]).first()
    if before["parent_id"] and parent is None:
        raise Refusal(_("Das Thema, unter dem es stand, gibt es nicht mehr."))


def _move_rows_back(work: Work, done: Reshaping, source_id: int) -> int:
    by_name = {link.name: link for link in links()}
    moved, lost = 0, 0
    for name, keys in done.moved.items():
        link = by_name.get(name)
        if link is None:
            continue
        there = link.rows(done.target_id).filter(pk__in=keys)
        moved = set_topic(work, link, list(there.values_list("pk", flat=True)), source_id, moved, done.number)
        lost += bring_back(link, done.dropped.get(name, []), done.changed.get(name, []))
    return lost
