"""Reads about tags."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, Q, QuerySet
from taggit.models import Tag

from practices.models import Practice, PracticeTag
from search.models import Synonym

SHOWN_TITLES = 5


def links() -> QuerySet[PracticeTag]:
    """Which write-ups have which tags."""
    kind = ContentType.objects.get_for_model(Practice)
    found: QuerySet[PracticeTag] = PracticeTag.objects.filter(content_type=kind)
    return found


def used_tags(text: str = "", *, by_name: bool = False) -> Any:
    """Tags that some write-up has, with their `number`; the most used ones first unless `by_name`."""
    kind = ContentType.objects.get_for_model(Practice)
    found = Tag.objects.annotate(
        number=Count("taggit_taggeditem_items", filter=Q(taggit_taggeditem_items__content_type=kind))
    ).filter(number__gt=0)
    for word in text.split():
        found = found.filter(name__icontains=word)
    return found.order_by("name", "pk") if by_name else found.order_by(F("number").desc(), "name", "pk")


def origin_of(tag: Tag) -> str:
    """Whose row of synonyms it is."""
    return f"tag:{tag.pk}"


def synonyms_of(tag: Tag) -> list[str]:
    row = Synonym.objects.filter(origin=origin_of(tag)).first()
    return [term for term in row.terms if term != tag.name] if row else []


@dataclass(frozen=True)
class Preview:
    """What a change will do: write-ups concerned, how many have the target already, some of their titles."""

    number: int
    have_target: int
    titles: list[str]

    @property
    def more(self) -> int:
        return self.number - len(self.titles)


def preview_of(tags: Collection[Tag], target: str) -> Preview:
    """Of the target itself nothing changes. Three queries."""
    tags = [tag for tag in tags if tag.name.casefold() != target.casefold()]
    concerned = links().filter(tag__in=tags).order_by().values("object_id").distinct()
    practices = Practice.objects.filter(pk__in=concerned)
    have = links().filter(tag__name__iexact=target, object_id__in=concerned)
    return Preview(
        number=practices.count(),
        have_target=have.count() if target else 0,
        titles=list(practices.order_by("-pk").values_list("title", flat=True)[:SHOWN_TITLES]),
    )
