"""Pictures on write-ups."""

import base64
from collections.abc import Iterable

from django.core.files.base import ContentFile

from accounts.models import User
from practices.files.actions import attach
from practices.models import Attachment, Practice

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYPgPAAEDAQAIicLsAAAAAElFTkSuQmCC"
)


def attach_pictures(practices: Iterable[Practice], *, by: User) -> dict[int, Attachment]:
    """One on each, by the write-up's id, named like it."""
    return {
        one.pk: attach(
            practice=one,
            upload=ContentFile(PICTURE, name=f"{one.title}.png"),
            by=by,
            alt_text="Ein Punkt",
        )
        for one in practices
    }
