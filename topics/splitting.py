"""Splitting a topic: some of what stands under it becomes a topic of its own.

Topics do not know what stands under them. Apps above register the kinds of things that can go along.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

import pghistory
from django.db import transaction
from django.db.models import Count, QuerySet, Window
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from notifications.models import Undertaking
from notifications.undertakings import Refusal, Work, start
from search import entries
from search.tasks import refresh_topics
from topics.actions import hold_map, save_topic
from topics.enums import Shape
from topics.merging import set_topic
from topics.models import Reshaping, Topic
from topics.moving import links

SPLIT = "topics.split"
SHOWN = 200


@dataclass(frozen=True)
class Option:
    """A thing that can go along; `key` is the primary key of its row with the topic."""

    key: int
    title: str
    note: str = ""


@dataclass(frozen=True)
class Piece:
    """A kind of things. `options(topic, words)` gives those directly under the topic that have the words, at
    most SHOWN, and the number of all of them; `model` is the label of the row with the topic. Kinds with a
    higher `order` are asked for later.
    """

    model: str
    label: str | Promise
    options: Callable[[Topic, str], tuple[list[Option], int]]
    order: int = 0


def first_of(rows: QuerySet[Any]) -> tuple[list[Any], int]:
    """The first rows, and the number of all, in one query."""
    found = list(rows.annotate(number_of_all=Window(Count("*")))[:SHOWN])
    return found, found[0].number_of_all if found else 0


_pieces: dict[str, Piece] = {}


def register(piece: Piece) -> None:
    """Enter a kind of things; called from an app's `ready()`."""
    _pieces[piece.model] = piece


def pieces() -> list[Piece]:
    return sorted(_pieces.values(), key=lambda piece: piece.order)


@transaction.atomic
def start_split(*, source: Topic, made: Topic, keys: Mapping[str, Collection[int]], by: User) -> Undertaking:
    """Put a new topic on the map at once; what goes along follows in the background, all or nothing."""
    save_topic(topic=made, by=by)
    title = _("„%(topic)s“ von „%(source)s“ abtrennen") % {"topic": made, "source": source}
    arguments = {
        "source": source.pk,
        "target": made.pk,
        "keys": {model: sorted(chosen) for model, chosen in keys.items()},
    }
    return start(SPLIT, title=title, arguments=arguments, asked_by=by.pk, url=made.get_absolute_url())


def split(work: Work) -> dict[str, Any]:
    """Move the chosen rows that still stand under the source."""
    hold_map()
    known = Topic.objects.in_bulk([work.arguments["source"], work.arguments["target"]])
    if len(known) < 2:
        raise Refusal(_("Eines der beiden Themen gibt es nicht mehr."))
    source, target = known[work.arguments["source"]], known[work.arguments["target"]]
    affected = entries.under([source.pk])
    done = Reshaping(
        shape=Shape.SPLIT,
        source_id=source.pk,
        source_name=source.name,
        target_id=target.pk,
        target_name=target.name,
        by_id=work.asked_by,
    )
    moved, total = 0, sum(map(len, work.arguments["keys"].values()))
    with pghistory.context(user=work.asked_by):
        for link in links():
            chosen = work.arguments["keys"].get(link.name, [])
            rows = link.rows(source.pk).filter(pk__in=chosen)
            twins = {row.pk for row, _twin in link.twins(source.pk, target.pk)}
            keys = [key for key in rows.values_list("pk", flat=True) if key not in twins]
            done.moved[link.name] = keys
            moved = set_topic(work, link, keys, target.pk, moved, total)
    done.number = moved
    done.save()
    for at, of in entries.retopic(affected):
        work.report(at, of, _("Suche"))
    refresh_topics.later(topic_ids=[source.pk, target.pk])
    text = ngettext("%(n)d Eintrag ist umgezogen.", "%(n)d Einträge sind umgezogen.", moved)
    return {"text": text % {"n": moved}, "reshaping": done.pk}
