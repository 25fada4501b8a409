"""What building blocks show on pages of other things. Each costs one query or two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse

from cities.permissions import is_member
from cities.readers import KeptForReaders
from practices.blocks.enums import BlockStatus
from practices.blocks.permissions import can_decide
from practices.enums import Status
from practices.models import BuildingBlock
from practices.permissions import can_see_city
from practices.waiting import MOST_BLOCKS, waiting_for
from search.kept import KeptSelect
from ui.panels import Panel, register

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cities.models import City
    from practices.models import Practice
    from topics.models import Topic

ON_PAGES = 4
USED, NEWEST = KeptForReaders(), KeptSelect()


def register_panels() -> None:
    register(Panel("practice.main", 10, "practices/blocks/panels/practice.html", of_practice))
    register(Panel("practice.standing", 5, "practices/blocks/panels/drafts_in_use.html", drafts_in_use))
    register(Panel("topic.main", 20, "practices/blocks/panels/newest.html", of_topic))
    register(Panel("city.main", 20, "practices/blocks/panels/newest.html", of_city))
    register(Panel("mine.tasks", 20, "practices/blocks/panels/tasks.html", tasks))


def of_practice(request: HttpRequest, practice: Practice) -> dict[str, Any] | None:
    blocks = _used(request, practice)
    return {"blocks": blocks} if blocks else None


def _used(request: HttpRequest, practice: Practice) -> list[BuildingBlock]:
    """Read once for all panels of the page."""
    known: list[BuildingBlock] | None = getattr(practice, "_blocks_used", None)
    if known is None:
        hidden = {} if can_see_city(request.user, practice) else {"hidden_city": practice.city_id}

        def build(reader: Any, pk: int, hidden_city: int | None = None) -> QuerySet[BuildingBlock]:
            return BuildingBlock.objects.used_by(pk, reader, hidden_city=hidden_city).for_cards()

        known = USED.rows(request.user, (), build, pk=practice.pk, **hidden)
        practice._blocks_used = known  # type: ignore[attr-defined]
    return known


def drafts_in_use(request: HttpRequest, practice: Practice) -> dict[str, Any] | None:
    """Blocks of the write-up that its readers do not see yet, for those who work on it."""
    drafts = [block for block in _used(request, practice) if block.status == BlockStatus.DRAFT]
    if not drafts:
        return None
    return {
        "drafts": drafts,
        "can_decide": all(can_decide(request.user, block) for block in drafts),
        "is_published": practice.status == Status.PUBLISHED,
    }


def of_topic(request: HttpRequest, topic: Topic) -> dict[str, Any] | None:
    """The newest under the topic or one below it."""
    return _newest(request, f"{reverse('blocks:list')}?thema={topic.slug}", topic=topic.pk)


def of_city(request: HttpRequest, city: City) -> dict[str, Any] | None:
    return _newest(request, f"{reverse('blocks:list')}?stadt={city.slug}", city=city.pk)


def tasks(request: HttpRequest, _subject: Any) -> dict[str, Any] | None:
    """Drafts that somebody has to publish, for those who can."""
    drafts = waiting_for(request).blocks
    return {"drafts": drafts[:MOST_BLOCKS], "has_more": len(drafts) > MOST_BLOCKS} if drafts else None


def _newest(request: HttpRequest, url: str, **of: int) -> dict[str, Any] | None:
    def build(topic: int | None = None, city: int | None = None) -> QuerySet[BuildingBlock]:
        blocks = BuildingBlock.objects.published_for(request.user)
        blocks = blocks.under(topic) if topic is not None else blocks.filter(city=city)
        return blocks.for_cards().order_by("-published_at", "-pk")[: ON_PAGES + 1]

    shown = NEWEST.rows(is_member(request.user), build, **of)
    return {"blocks": shown[:ON_PAGES], "has_more": len(shown) > ON_PAGES, "url": url} if shown else None
