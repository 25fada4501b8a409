"""What people put together: write-ups, building blocks and topics, each with a note."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Deferrable, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.collecting.querysets import CollectionQuerySet
from practices.models.blocks import BuildingBlock
from practices.models.practice import Practice
from topics.models import Topic

MOST_ITEMS = 100
LONGEST_NOTE = 1_000


class Audience(models.TextChoices):
    """Who may open a collection. Its items are shown as each reader may see them."""

    OWNER = "owner", _("nur ich")
    NAMED = "named", _("Personen, die ich nenne")
    NETWORK = "network", _("alle im Netzwerk")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Collection(models.Model):
    """A folder of one person, who alone changes it."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    title = models.CharField(_("Name der Sammlung"), max_length=120)
    intro = models.TextField(_("Wofür sie gut ist"), max_length=2_000, blank=True)
    audience = models.CharField(
        _("Wer darf sie lesen?"), max_length=7, choices=Audience.choices, default=Audience.OWNER
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Sammlung")
        verbose_name_plural = _("Sammlungen")
        ordering = ["-updated_at", "-pk"]
        indexes = [models.Index(fields=["audience"], name="collection_audience")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="collection_titled"),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="collection_audience_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("collections:detail", args=[self.pk])


class CollectionReader(models.Model):
    """A person who may read a collection because its owner named them."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="readers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "person"],
                name="collectionreader_once",
                violation_error_message=_("Diese Person kann die Sammlung schon lesen."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.collection} · {self.person}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class CollectionItem(models.Model):
    """Exactly one thing with its place. Places are counted from 0 without gaps, so their limit is the cap."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="items")
    practice = models.ForeignKey(Practice, models.CASCADE, null=True, related_name="+")
    block = models.ForeignKey(BuildingBlock, models.CASCADE, null=True, related_name="+")
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, related_name="+")
    note = models.TextField(_("Notiz"), max_length=LONGEST_NOTE, blank=True)
    position = models.PositiveSmallIntegerField()
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("Eintrag")
        verbose_name_plural = _("Einträge")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(practice__isnull=False, block=None, topic=None)
                | Q(practice=None, block__isnull=False, topic=None)
                | Q(practice=None, block=None, topic__isnull=False),
                name="collectionitem_is_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(position__lt=MOST_ITEMS), name="collectionitem_within_the_cap"
            ),
            *(
                models.UniqueConstraint(
                    fields=["collection", name],
                    name=f"collectionitem_{name}_once",
                    violation_error_message=_("Das steht schon in dieser Sammlung."),
                )
                for name in ("practice", "block", "topic")
            ),
            models.UniqueConstraint(
                fields=["collection", "position"],
                name="collectionitem_own_place",
                deferrable=Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collection} · {self.position}"
