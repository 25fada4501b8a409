"""Files that belong to write-ups. The same bytes are stored once, whoever uploads them."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from practices.models.practice import Practice

FOLDER = "files"
LONGEST_NAME = 120
# Pictures are stored as one of these alone, re-encoded by us; only they are ever shown inside a page.
PICTURE_TYPES = ["image/jpeg", "image/png", "image/webp"]


class StoredFile(models.Model):
    """Bytes in the storage, named by their hash. `practices.files` alone writes and deletes them."""

    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of what is stored, in hexadecimal
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    extension = models.CharField(max_length=8)
    # Unused files go some time after this; see `practices.files.actions.sweep`.
    used_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(digest__regex="^[0-9a-f]{64}$"), name="storedfile_digest"),
            models.CheckConstraint(condition=Q(size__gt=0), name="storedfile_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.digest[:12]}.{self.extension}"

    @property
    def path(self) -> str:
        """Name in the storage; nothing that anybody typed is part of it."""
        return f"{FOLDER}/{self.digest[:2]}/{self.digest}"

    @property
    def is_picture(self) -> bool:
        return self.media_type in PICTURE_TYPES

    def open(self) -> File:
        """FileNotFoundError where the storage has lost it."""
        return default_storage.open(self.path)


class Upload(models.Model):
    """What somebody uploaded under some name; shared by everything that carries files."""

    title = models.CharField(max_length=120, blank=True)
    original_name = models.CharField(max_length=LONGEST_NAME)
    position = models.PositiveSmallIntegerField(default=0)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["version"]
)
class Attachment(Upload):
    """A file of a write-up. `alt_text` says what a picture shows."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="attachments")
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="attachments")
    alt_text = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "stored"], name="attachment_once_a_practice"),
            models.CheckConstraint(condition=~Q(original_name=""), name="attachment_named"),
        ]

    def __str__(self) -> str:
        return self.title or self.original_name

    @property
    def is_picture(self) -> bool:
        return self.stored.is_picture

    @property
    def download_url(self) -> str:
        return reverse("practices:file", args=[self.practice_id, self.pk])

    @property
    def picture_url(self) -> str:
        """Only pictures have one that answers."""
        return reverse("practices:picture", args=[self.practice_id, self.pk])

    def name_for(self, *, shows_city: bool) -> str:
        """Under which name it is downloaded; the original one can betray an anonymous city."""
        if shows_city:
            return self.original_name
        return _("Anlage-%(number)s.%(extension)s") % {
            "number": self.pk,
            "extension": self.stored.extension,
        }

    def title_for(self, *, shows_city: bool) -> str:
        """What it is called on the page."""
        return self.title or self.name_for(shows_city=shows_city)
