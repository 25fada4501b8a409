"""Reads of building blocks, named for what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Sum

from cities.permissions import city_ids_of, is_coordinator, is_member
from practices.blocks.enums import BlockStatus, BlockVisibility
from practices.enums import Status, Visibility

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from practices.models import BuildingBlock, PracticeBlock

    Person = User | AnonymousUser

CONFIG = "german"


class BuildingBlockQuerySet(models.QuerySet["BuildingBlock"]):
    def published(self) -> BuildingBlockQuerySet:
        return self.filter(status=BlockStatus.PUBLISHED)

    def published_for(self, reader: Person) -> BuildingBlockQuerySet:
        """What lists may show and count for this person."""
        if is_member(reader):
            return self.published()
        return self.published().filter(visibility=BlockVisibility.PUBLIC)

    def visible_to(self, user: Person) -> BuildingBlockQuerySet:
        """What this person may open: what is out, by visibility, and the own city's drafts."""
        return self.filter(visible_blocks(user))

    def of_own_cities(self, user: Person) -> BuildingBlockQuerySet:
        """All of the cities that this person acts for, drafts included; for coordinators all there are."""
        return self if is_coordinator(user) else self.filter(city__in=city_ids_of(user))

    def matching(self, text: str) -> BuildingBlockQuerySet:
        """Those in which all words occur, inflected or not."""
        words = SearchVector("title", "summary", "description", config=CONFIG)
        query = SearchQuery(text, config=CONFIG, search_type="websearch")
        return self.annotate(words=words).filter(words=query)

    def under(self, topic: int) -> BuildingBlockQuerySet:
        """Those of a topic and of all topics below it; the tree is three deep."""
        ways = Q(topic=topic) | Q(topic__parent=topic) | Q(topic__parent__parent=topic)
        return self.filter(ways)

    def for_cards(self) -> BuildingBlockQuerySet:
        """With the newest version's `newest_label`, `newest_date`, `files`, `links` and `bytes`."""
        versions = apps.get_model("practices", "BlockVersion").objects
        parts = apps.get_model("practices", "BlockPart").objects
        newest = versions.filter(block=OuterRef("pk")).order_by("-date", "-pk")
        summed = (
            parts.filter(version=OuterRef("newest_pk"))
            .order_by()
            .values("version")
            .annotate(
                files=Count("stored"), links=Count("pk", filter=Q(stored=None)), bytes=Sum("stored__size")
            )
        )
        return (
            self.select_related("city")
            .defer("description")
            .annotate(
                newest_pk=Subquery(newest.values("pk")[:1]),
                newest_label=Subquery(newest.values("label")[:1]),
                newest_date=Subquery(newest.values("date")[:1]),
            )
            .annotate(
                files=Subquery(summed.values("files")),
                links=Subquery(summed.values("links")),
                bytes=Subquery(summed.values("bytes")),
            )
        )

    def used_by(self, practice: int, reader: Person, *, hidden_city: int | None) -> BuildingBlockQuerySet:
        """The blocks of a write-up that this person may see there, in their order.

        Where the write-up's city is hidden, so are its own blocks: they name the city.
        """
        blocks = self.visible_to(reader).filter(uses__practice=practice)
        if hidden_city is not None:
            blocks = blocks.exclude(city=hidden_city)
        return blocks.order_by("uses__pk")


class PracticeBlockQuerySet(models.QuerySet["PracticeBlock"]):
    def readable_uses(self, block: BuildingBlock, reader: Person) -> PracticeBlockQuerySet:
        """Write-ups that use a block, as far as this person may know of them and of their link.

        What is published, and the own city's drafts: whoever makes a block for a draft finds the way back.
        """
        practices = apps.get_model("practices", "Practice").objects.visible_to(reader)
        uses = self.filter(block=block, practice__in=practices.exclude(status=Status.ARCHIVED))
        if is_coordinator(reader):
            return uses
        own = Q(practice__city__in=city_ids_of(reader))
        betraying = Q(practice__visibility=Visibility.ANONYMOUS, practice__city=block.city_id)
        return uses.exclude(betraying & ~own)


def visible_blocks(user: Person) -> Q:
    """The condition of `visible_to`."""
    if is_coordinator(user):
        return Q()
    out = ~Q(status=BlockStatus.DRAFT)
    if not is_member(user):
        return out & Q(visibility=BlockVisibility.PUBLIC)
    return out | Q(city__in=city_ids_of(user))
