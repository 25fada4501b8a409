"""How write-ups, building blocks and collections take part when topics are merged or split."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from practices.models import BuildingBlock, CollectionItem, PracticeTopic
from topics import moving, splitting
from topics.models import Topic
from topics.splitting import Option, Piece, first_of


def register_pieces() -> None:
    moving.settle_twins("practices.PracticeTopic", keep_primary)
    moving.fit_returning("practices.CollectionItem", own_or_last_place)
    splitting.register(Piece("practices.PracticeTopic", _("Praxisbeiträge"), _write_ups))
    splitting.register(Piece("practices.BuildingBlock", _("Bausteine"), _blocks))


def keep_primary(row: PracticeTopic, twin: PracticeTopic) -> dict[str, Any]:
    """The link that stays is the primary one if the other was."""
    return {"is_primary": True} if row.is_primary and not twin.is_primary else {}


def own_or_last_place(item: Mapping[str, Any]) -> dict[str, Any]:
    """What comes back into a collection stands where it stood, or last where something else stands there."""
    places = set(
        CollectionItem.objects.filter(collection=item["collection_id"]).values_list("position", flat=True)
    )
    return {"position": max(places) + 1} if item["position"] in places else {}


def _write_ups(topic: Topic, words: str) -> tuple[list[Option], int]:
    links = PracticeTopic.objects.filter(topic=topic).select_related("practice__city")
    found = _having(links, words, "practice__title", "practice__summary").order_by("-practice")
    rows, total = first_of(found)
    return [Option(link.pk, link.practice.title, link.practice.city.name) for link in rows], total


def _blocks(topic: Topic, words: str) -> tuple[list[Option], int]:
    blocks = BuildingBlock.objects.filter(topic=topic).select_related("city")
    found = _having(blocks, words, "title", "summary").order_by("-pk")
    rows, total = first_of(found)
    return [Option(block.pk, block.title, block.city.name) for block in rows], total


def _having(rows: QuerySet[Any], words: str, *columns: str) -> QuerySet[Any]:
    """Those that have each of the words in one of the columns."""
    for word in words.split():
        has = Q()
        for column in columns:
            has |= Q(**{f"{column}__icontains": word})
        rows = rows.filter(has)
    return rows
