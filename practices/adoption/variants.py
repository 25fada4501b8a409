"""An adoption grows into a write-up of its own: „Was wir anders gemacht haben“."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from practices import actions as write_ups
from practices.actions import Links
from practices.adoption.actions import acting
from practices.adoption.enums import Stage
from practices.adoption.reading import is_anonymous
from practices.enums import FigureKind, Phase, RelationKind, Visibility
from practices.models import Adoption, Figure, Practice
from practices.permissions import can_see_city
from practices.relations.actions import relate

PHASES = {
    Stage.INTERESTED: Phase.IDEA,
    Stage.EXAMINED: Phase.PLANNED,
    Stage.PILOT: Phase.PILOT,
    Stage.LIVE: Phase.LIVE,
    Stage.ENDED: Phase.ENDED,
    Stage.REJECTED: Phase.IDEA,
}
FIGURE = ["kind", "amount", "accuracy", "basis", "period", "source", "note"]
LONGEST_TITLE = 120


def begin(*, adoption: Adoption, by: User) -> Practice:
    """A draft of the adopting city, filled with what it has told already; the one there is, if there is one
    and it has not gone to another city since.

    It builds on what was taken over. With an anonymous write-up it is only „related“, for anything else
    would lead to its city. Of a building block it becomes a user.
    """
    with acting(by):
        rows = Adoption.objects.select_related("city", "practice__city", "block", "variant")
        row = rows.select_for_update(of=("self",)).get(pk=adoption.pk)
        if row.variant and row.variant.city_id == row.city_id:
            return row.variant
        practice = write_ups.create(practice=_filled(row), links=_links(row), by=by)
        Figure.objects.bulk_create(
            Figure(practice=practice, **{name: getattr(figure, name) for name in FIGURE})
            for figure in row.adoption_figures.filter(kind__in=FigureKind.values)
        )
        _connect(practice, row, by)
        row.variant = practice
        row.save(update_fields=["variant"])
    return practice


def _filled(adoption: Adoption) -> Practice:
    thing = adoption.subject
    stage = Stage(adoption.stage)
    practice = Practice(
        title=_title(thing.title, adoption.city.name),
        city=adoption.city,
        phase=PHASES[stage],
        starts=adoption.since if stage in {Stage.PILOT, Stage.LIVE} else "",
        approach=adoption.adaptation,
        results=adoption.experience,
        contact_name=adoption.contact_name,
        contact_email=adoption.contact_email,
    )
    if is_anonymous(adoption):
        # Its readers are the network alone; a public one that says it is related would betray that it exists.
        practice.visibility = Visibility.NETWORK
    return practice


def _title(title: str, city: str) -> str:
    ending = f" in {city}"
    room = LONGEST_TITLE - len(ending)
    return (title if len(title) <= room else f"{title[: room - 2].rstrip()} …") + ending


def _links(adoption: Adoption) -> Links:
    if adoption.practice is None:
        return Links(primary_topic=adoption.block.topic if adoption.block else None)
    found = list(adoption.practice.topic_links.select_related("topic").order_by("-is_primary", "pk"))
    primary = next((link.topic for link in found if link.is_primary), None)
    return Links(primary_topic=primary, further_topics=[one.topic for one in found if not one.is_primary])


def _connect(practice: Practice, adoption: Adoption, by: User) -> None:
    if adoption.block:
        practice.block_uses.create(block=adoption.block)
        return
    original: Any = adoption.practice
    kind = RelationKind.BUILDS_ON if can_see_city(by, original) else RelationKind.RELATED
    if is_anonymous(adoption):
        kind = RelationKind.RELATED
    relate(practice=practice, to=original, kind=kind, by=by)
