"""Where collections show on pages of their own app and of others. No panel costs a query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from ui.panels import Panel, register

if TYPE_CHECKING:
    from practices.models import BuildingBlock
    from topics.models import Topic


def register_panels() -> None:
    register(Panel("mine", 30, "practices/collecting/panels/mine.html", mine))
    register(Panel("topic.actions", 50, "practices/collecting/panels/keep.html", of_topic))
    register(Panel("block.actions", 50, "practices/collecting/panels/keep.html", of_block))


def mine(_request: HttpRequest, _subject: Any) -> dict[str, Any]:
    return {}


def of_topic(request: HttpRequest, topic: Topic) -> dict[str, Any] | None:
    return {"kind": "thema", "key": topic.pk} if request.user.is_authenticated else None


def of_block(request: HttpRequest, block: BuildingBlock) -> dict[str, Any] | None:
    return {"kind": "baustein", "key": block.pk} if request.user.is_authenticated else None
