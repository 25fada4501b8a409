"""Building blocks: parts that other cities can take over, in versions that all stay."""

from __future__ import annotations

from typing import Any

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cities.models import City
from practices.blocks.enums import BlockKind, BlockStatus, BlockVisibility, Licence
from practices.blocks.querysets import BuildingBlockQuerySet, PracticeBlockQuerySet
from practices.models.files import StoredFile, Upload
from practices.models.own_things import city_not_adopter
from practices.models.practice import Practice
from search.folding import german_slug
from topics.models import Topic


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["creation_key", "adopters"],
)
class BuildingBlock(models.Model):
    """A reusable part with its licence. `description` holds sanitised HTML."""

    title = models.CharField(_("Titel"), max_length=120)
    kind = models.CharField(_("Art"), max_length=10, choices=BlockKind.choices)
    summary = models.CharField(_("In einem Satz"), max_length=280)
    description = models.TextField(_("Beschreibung"), blank=True)
    licence = models.CharField(_("Lizenz"), max_length=16, choices=Licence.choices, default=Licence.UNCLEAR)
    licence_note = models.CharField(_("Welche Lizenz?"), max_length=200, blank=True)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="building_blocks", verbose_name=_("Thema"))
    city = models.ForeignKey(City, models.PROTECT, related_name="building_blocks", verbose_name=_("Stadt"))
    visibility = models.CharField(
        _("Wer darf ihn sehen?"),
        max_length=10,
        choices=BlockVisibility.choices,
        default=BlockVisibility.PUBLIC,
    )
    status = models.CharField(
        max_length=10, choices=BlockStatus.choices, default=BlockStatus.DRAFT, editable=False
    )
    replaced_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replaces", editable=False
    )
    practices: models.ManyToManyField[Practice, Any] = models.ManyToManyField(
        Practice, through="PracticeBlock", related_name="building_blocks"
    )
    external_id = models.CharField(max_length=120, null=True, blank=True, unique=True, editable=False)
    creation_key = models.UUIDField(null=True, unique=True, editable=False)  # one form makes one block
    adopters = models.PositiveIntegerField(default=0, editable=False)  # see practices.adoption.counting
    is_demo = models.BooleanField(default=False, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    updated_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = BuildingBlockQuerySet.as_manager()

    class Meta:
        verbose_name = _("Baustein")
        verbose_name_plural = _("Bausteine")
        ordering = ["-published_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "-id"], name="buildingblock_status"),
            models.Index(fields=["city", "status"], name="buildingblock_city_status"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(summary=""), name="buildingblock_named"),
            models.CheckConstraint(
                condition=~Q(licence=Licence.OTHER) | ~Q(licence_note=""),
                name="buildingblock_names_other_licence",
                violation_error_message=_("Bitte nennen Sie die Lizenz."),
            ),
            models.CheckConstraint(
                condition=Q(status=BlockStatus.DRAFT) | Q(published_at__isnull=False),
                name="buildingblock_published_when",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by=None) | (Q(status=BlockStatus.RETIRED) & ~Q(replaced_by=F("pk"))),
                name="buildingblock_replaced_when_retired",
            ),
        ]
        triggers = [city_not_adopter("block")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("blocks:detail", args=[self.pk, self.slug])

    @property
    def slug(self) -> str:
        return german_slug(self.title, 80) or "baustein"

    @property
    def licence_name(self) -> str:
        """The licence as it is to be shown, also one that is not on the list."""
        return self.licence_note if self.licence == Licence.OTHER else str(self.get_licence_display())


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class BlockVersion(models.Model):
    """A state of a block that was given out. Older ones stay available."""

    block = models.ForeignKey(BuildingBlock, models.CASCADE, related_name="versions")
    label = models.CharField(_("Fassung"), max_length=20)
    date = models.DateField(_("Stand vom"), default=timezone.localdate)
    changes = models.TextField(_("Was ist neu?"), blank=True, max_length=2_000)

    class Meta:
        ordering = ["-date", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["block", "label"],
                name="blockversion_once_a_block",
                violation_error_message=_("Diese Fassung gibt es schon."),
            ),
            models.CheckConstraint(condition=~Q(label=""), name="blockversion_labelled"),
        ]

    def __str__(self) -> str:
        return f"{self.block} · {self.label}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class BlockPart(Upload):
    """A file or a link of a version: exactly one of both."""

    version = models.ForeignKey(BlockVersion, models.CASCADE, related_name="parts")
    original_name = models.CharField(max_length=120, blank=True)
    stored = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="block_parts")
    url = models.URLField(_("Adresse im Netz"), max_length=500, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "stored"], name="blockpart_once_a_version"),
            models.CheckConstraint(
                condition=(Q(stored__isnull=False) & Q(url="") & ~Q(original_name=""))
                | (Q(stored=None) & ~Q(url="")),
                name="blockpart_file_or_link",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.original_name or self.url

    @property
    def address(self) -> str:
        """Where it is to be had."""
        return self.url or reverse("blocks:part", args=[self.version.block_id, self.pk])


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class PracticeBlock(models.Model):
    """A write-up uses a building block."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="block_uses")
    block = models.ForeignKey(BuildingBlock, models.PROTECT, related_name="uses")

    objects = PracticeBlockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "block"], name="practiceblock_once"),
        ]

    def __str__(self) -> str:
        return f"{self.practice} · {self.block}"
