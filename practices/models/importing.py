"""Documents on their way into a write-up, and what of them has no place there yet."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from practices.models.files import StoredFile
from practices.models.practice import Practice


class ImportedDocument(models.Model):
    """What somebody uploaded or pasted. Until it is taken over only its uploader sees it; afterwards its
    remaining parts belong to the write-up, for everybody who may edit that.
    """

    name = models.CharField(max_length=200)
    title = models.CharField(_("Titel"), max_length=120, blank=True)
    summary = models.CharField(_("In einem Satz"), max_length=280, blank=True)
    facts = models.JSONField(default=dict)  # values by field of the record, from a publiccode.yml
    tags = models.JSONField(default=list)
    losses = models.JSONField(default=list)  # what stayed behind, as pairs of kind and number
    practice = models.ForeignKey(Practice, models.CASCADE, null=True, related_name="imported_documents")
    taken_over_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_over_at__isnull=True) | Q(practice__isnull=False),
                name="importeddocument_taken_over_into",
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_by"],
                name="importeddocument_waiting",
                condition=Q(taken_over_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("practices:import_preview", args=[self.pk])


class ImportedPart(models.Model):
    """A heading with its text, as sanitised HTML. `section` is the field it seems to mean, "" if none."""

    document = models.ForeignKey(ImportedDocument, models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    section = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["document", "position"], name="importedpart_order"),
            models.CheckConstraint(condition=~Q(text=""), name="importedpart_says_something"),
        ]

    def __str__(self) -> str:
        return self.heading or f"{self.document} · {self.position}"


class ImportedPicture(models.Model):
    """A picture of the document, until it hangs on the write-up. `number` is what the text calls it."""

    document = models.ForeignKey(ImportedDocument, models.CASCADE, related_name="pictures")
    number = models.PositiveSmallIntegerField()
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="imported_pictures")
    alt_text = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="importedpicture_number")]

    def __str__(self) -> str:
        return f"{self.document} · {self.number}"
