"""What a write-up's page shows of its files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from practices.files.kinds import LABELS
from practices.models import Attachment, StoredFile
from practices.permissions import can_see_city
from ui.panels import Panel, register

if TYPE_CHECKING:
    from practices.models import Practice


@dataclass(frozen=True)
class Shown:
    """A file as one person may know it."""

    title: str
    kind: str
    size: int
    url: str
    picture_url: str
    alt_text: str


def register_panels() -> None:
    register(Panel("practice.main", 20, "practices/files/panel.html", of_practice))


def of_practice(request: HttpRequest, practice: Any) -> dict[str, Any] | None:
    """`practice` comes from `for_page()`, which has read its files along."""
    shows_city = can_see_city(request.user, practice)
    shown = [_shown(_attachment(row, practice), shows_city=shows_city) for row in practice.attachment_rows]
    return {"files": shown} if shown else None


def _attachment(row: dict[str, Any], practice: Practice) -> Attachment:
    return Attachment(**row | {"practice": practice, "stored": StoredFile(**row["stored"])})


def _shown(attachment: Attachment, *, shows_city: bool) -> Shown:
    return Shown(
        title=attachment.title_for(shows_city=shows_city),
        kind=str(LABELS[attachment.stored.extension]),
        size=attachment.stored.size,
        url=attachment.download_url,
        picture_url=attachment.picture_url if attachment.is_picture else "",
        alt_text=attachment.alt_text,
    )
