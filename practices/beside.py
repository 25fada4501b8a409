"""What write-ups are connected with, as far as the search knows of it: one query a kind for many of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from django.contrib.contenttypes.models import ContentType
from taggit.models import TaggedItem

from cities.models import City
from practices.models import (
    BuildingBlock,
    Figure,
    Indicator,
    Practice,
    PracticeBlock,
    PracticeService,
    PracticeTopic,
    UsedProduct,
)

T = TypeVar("T")


@dataclass(frozen=True)
class Beside:
    """By the id of the write-up, and the cities by their own.

    Always in the same order, so that an entry stays as it is while its thing does.
    """

    cities: Mapping[int, City]
    topics: Mapping[int, list[int]]
    words: Mapping[int, list[str]]  # tags, OZG services, products
    partners: Mapping[int, list[str]]
    indicators: Mapping[int, list[str]]
    figures: Mapping[int, list[Figure]]
    blocks: Mapping[int, list[BuildingBlock]]


def read_beside(practice_ids: Collection[int], city_ids: Collection[int]) -> Beside:
    """What stands beside these write-ups of these cities. Ten queries."""
    partners = Practice.partner_cities.through.objects.order_by("city__sort_name", "city__ags")
    blocks = PracticeBlock.objects.select_related("block").order_by("pk")
    here = {"practice__in": list(practice_ids)}
    return Beside(
        cities=City.objects.only("name", "state", "population").in_bulk(list(city_ids)),
        topics=_gathered(
            PracticeTopic.objects.filter(**here).order_by("pk").values_list("practice", "topic")
        ),
        words=_gathered(chain(_tags(practice_ids), _services(practice_ids), _products(practice_ids))),
        partners=_gathered(partners.filter(**here).values_list("practice", "city__name")),
        indicators=_gathered(Indicator.objects.filter(**here).values_list("practice", "name")),
        figures=_gathered((figure.practice_id, figure) for figure in Figure.objects.filter(**here)),
        blocks=_gathered((use.practice_id, use.block) for use in blocks.filter(**here)),
    )


def _tags(practice_ids: Collection[int]) -> Iterable[tuple[int, str]]:
    tagged = TaggedItem.objects.filter(
        content_type=ContentType.objects.get_for_model(Practice), object_id__in=practice_ids
    )
    return tagged.order_by("tag").values_list("object_id", "tag__name")


def _services(practice_ids: Collection[int]) -> Iterable[tuple[int, str]]:
    links = PracticeService.objects.filter(practice__in=practice_ids).order_by("pk")
    for practice_id, *words in links.values_list(
        "practice", "service__name", "service__leika_key", "service__ozg_id"
    ):
        for word in words:
            yield practice_id, word


def _products(practice_ids: Collection[int]) -> Iterable[tuple[int, str]]:
    return UsedProduct.objects.filter(practice__in=practice_ids).values_list("practice", "product")


def _gathered(pairs: Iterable[tuple[int, T]]) -> Mapping[int, list[T]]:
    """Nothing for a write-up that no pair has."""
    gathered: defaultdict[int, list[T]] = defaultdict(list)
    for practice_id, value in pairs:
        gathered[practice_id].append(value)
    return gathered
