"""What is being typed right now: unsaved input of the editor, and who has a write-up open."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse

from practices.editing.moments import moment
from practices.editing.querysets import PresenceQuerySet, WorkingCopyQuerySet
from practices.models.practice import Practice


class WorkingCopy(models.Model):
    """What one person has typed into one section and not saved yet. Nobody else may read it.

    It belongs to a write-up or, before there is one, to the key of the form that will make it.
    """

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    practice = models.ForeignKey(Practice, models.CASCADE, null=True, related_name="+")
    creation_key = models.UUIDField(null=True)
    section = models.CharField(max_length=40)
    values = models.JSONField()  # by name of the input a list of texts, as a browser would send them
    saved_at = models.DateTimeField()
    # Which of its author's windows sent it; "" where no script did.
    window = models.CharField(max_length=36, blank=True, default="")

    objects = WorkingCopyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "practice", "section"], name="workingcopy_once"),
            models.UniqueConstraint(fields=["author", "creation_key"], name="workingcopy_of_new_once"),
            models.CheckConstraint(
                condition=Q(practice__isnull=False, creation_key__isnull=True)
                | Q(practice__isnull=True, creation_key__isnull=False),
                name="workingcopy_of_one_thing",
            ),
        ]
        indexes = [models.Index(fields=["saved_at"], name="workingcopy_saved_at")]

    def __str__(self) -> str:
        return f"{self.section} · {self.practice_id or self.creation_key}"

    def get_absolute_url(self) -> str:
        """Where its author goes on."""
        if self.practice_id:
            return reverse("practices:section", args=[self.practice_id, self.section])
        return f"{reverse('practices:new')}?entwurf={self.creation_key}"

    @property
    def moment(self) -> str:
        return moment(self.saved_at)

    @property
    def mark(self) -> str:
        """What a window sends along to say which state of this it has seen."""
        return self.saved_at.isoformat()

    @property
    def data(self) -> QueryDict:
        """As a browser would send it."""
        sent = QueryDict(mutable=True)
        for name, texts in self.values.items():
            sent.setlist(name, texts)
        return sent

    @property
    def title(self) -> str:
        """What the write-up would be called."""
        return next(iter(self.values.get("title", [])), "").strip()


class Presence(models.Model):
    """Somebody has a write-up open in the editor; the row is renewed while they have."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    practice = models.ForeignKey(Practice, models.CASCADE, related_name="+")
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "practice"], name="presence_once")]
        indexes = [models.Index(fields=["seen_at"], name="presence_seen_at")]

    def __str__(self) -> str:
        return f"{self.user} · {self.practice}"
