"""The topic map: a tree of depth three, and the cities that work on it on behalf of all."""

from __future__ import annotations

from functools import lru_cache

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.contacts import ContactWithDeputy
from cities.models import City
from search.folding import SortKey
from topics.enums import Engagement, Nudge, Shape
from topics.ozg.models import Service, ServiceProgress
from topics.querysets import LeadershipQuerySet, TopicQuerySet

__all__ = [
    "FormerTopicSlug",
    "Leadership",
    "LeadershipNudge",
    "Reshaping",
    "Service",
    "ServiceProgress",
    "Topic",
]

MAX_DEPTH = 3
REORDERED = "reorder"  # label of the event that says which topic a person has moved among its siblings
# In the context of events: the key of the reshaping by which a merge or its undoing has brought them about.
OF_MERGE, OF_UNDOING = "merge", "undoing"
RESERVED_SLUGS = ["bearbeiten", "federfuehrung", "matrix", "neu", "ozg"]  # addresses of the map's own pages


@lru_cache(maxsize=1_000)
def address_of(slug: str) -> str:
    """The map has hundreds of links, and resolving each anew takes longer than drawing it."""
    return reverse("topics:detail", args=[slug])


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    pghistory.ManualEvent(REORDERED),
    exclude=["sort_name"],
)
class Topic(models.Model):
    """A node of the topic map. `depth` is 1 for a root; a trigger keeps it right and forbids loops."""

    name = models.CharField(_("Name"), max_length=80)
    slug = models.SlugField(
        _("Adresse der Seite"),
        max_length=100,
        unique=True,
        error_messages={"unique": _("Diese Adresse hat schon ein anderes Thema.")},
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("übergeordnetes Thema"),
    )
    depth = models.PositiveSmallIntegerField(default=1, editable=False)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)
    summary = models.CharField(
        _("Kurz gesagt"), max_length=280, blank=True, help_text=_("Worum geht es, in einem Satz?")
    )
    description = models.TextField(_("Beschreibung"), blank=True)
    synonyms = ArrayField(
        models.CharField(max_length=80), verbose_name=_("andere Wörter dafür"), default=list, blank=True
    )
    # Retired, the topic and all below it keep their pages and things, but nothing new is put under them.
    retired_on = models.DateField(_("stillgelegt am"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(_("zuletzt geändert"), auto_now=True)

    sort_name = models.GeneratedField(
        expression=SortKey(F("name")), output_field=models.TextField(), db_persist=True
    )

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("Thema")
        verbose_name_plural = _("Themen")
        ordering = ["position", "sort_name"]
        constraints = [
            models.UniqueConstraint(
                F("parent"),
                F("sort_name"),
                name="topic_name_unique_among_siblings",
                nulls_distinct=False,
                violation_error_message=_("Ein Thema mit diesem Namen gibt es an dieser Stelle schon."),
            ),
            models.CheckConstraint(
                condition=Q(depth__range=(1, MAX_DEPTH)),
                name="topic_depth_at_most_three",
                violation_error_message=_("Die Themenkarte hat höchstens drei Ebenen."),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True, depth=1) | Q(parent__isnull=False, depth__gt=1),
                name="topic_root_has_depth_one",
            ),
            models.CheckConstraint(condition=~Q(slug=""), name="topic_slug_given"),
            models.CheckConstraint(condition=~Q(name=""), name="topic_name_given"),
            models.CheckConstraint(
                condition=~Q(slug__in=RESERVED_SLUGS),
                name="topic_slug_not_reserved",
                violation_error_message=_("Diese Adresse braucht das Portal selbst."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="set_depth",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("parent_id", "depth"),
                func="""
                    IF NEW.parent_id IS NULL THEN
                        NEW.depth := 1;
                    ELSE
                        SELECT depth + 1 INTO NEW.depth FROM topics_topic WHERE id = NEW.parent_id FOR UPDATE;
                        IF TG_OP = 'UPDATE' AND EXISTS (
                            WITH RECURSIVE above AS (
                                SELECT id, parent_id FROM topics_topic WHERE id = NEW.parent_id
                                UNION SELECT t.id, t.parent_id
                                FROM topics_topic t JOIN above a ON t.id = a.parent_id
                            ) SELECT 1 FROM above WHERE id = NEW.id
                        ) THEN
                            RAISE EXCEPTION 'topic % would stand below itself', NEW.id
                                USING ERRCODE = 'check_violation';
                        END IF;
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="pass_depth_on",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("parent_id", "depth"),
                condition=pgtrigger.Condition("OLD.depth IS DISTINCT FROM NEW.depth"),
                func="UPDATE topics_topic SET depth = NEW.depth + 1 WHERE parent_id = NEW.id; RETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of(self.slug)

    @property
    def ancestors(self) -> list[Topic]:
        """The topics above it, root first; load them with `select_related("parent__parent")`."""
        return [*self.parent.ancestors, self.parent] if self.parent else []

    @property
    def has_room_below(self) -> bool:
        return self.depth < MAX_DEPTH

    @property
    def is_retired(self) -> bool:
        """Itself or one above it; load those with `select_related("parent__parent")`."""
        return any(topic.retired_on for topic in [*self.ancestors, self])


class FormerTopicSlug(models.Model):
    """An address that a topic's page once had; it redirects."""

    slug = models.SlugField(max_length=100, unique=True)
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="former_slugs")

    class Meta:
        verbose_name = _("frühere Adresse")
        verbose_name_plural = _("frühere Adressen")

    def __str__(self) -> str:
        return self.slug


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Leadership(ContactWithDeputy):
    """A city leads a topic for all, works on it or is interested."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="leaderships", verbose_name=_("Thema"))
    city = models.ForeignKey(City, models.PROTECT, related_name="leaderships", verbose_name=_("Stadt"))
    engagement = models.CharField(_("Rolle der Stadt"), max_length=10, choices=Engagement.choices)
    promise = models.TextField(
        _("Zusage an alle"),
        blank=True,
        max_length=600,
        help_text=_("Was will die Stadt für das Netzwerk erarbeiten?"),
    )
    since = models.DateField(_("seit"), null=True, blank=True)
    next_check = models.DateField(_("nächste Prüfung"), null=True, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = LeadershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("Federführung")
        verbose_name_plural = _("Federführungen")
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "city"],
                name="leadership_once_per_topic_and_city",
                violation_error_message=_("Diese Stadt ist dem Thema schon zugeordnet."),
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(next_check__isnull=True) | Q(next_check__gt=F("since")),
                name="leadership_check_after_start",
                violation_error_message=_("Die nächste Prüfung muss nach dem Beginn liegen."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} · {self.city} · {self.get_engagement_display()}"

    @property
    def is_overdue(self) -> bool:
        """Whether somebody should look if all of it still holds."""
        return self.next_check is not None and self.next_check <= timezone.localdate()


class LeadershipNudge(models.Model):
    """Somebody was asked to look after a city's part in a topic; once for each occasion and day."""

    leadership = models.ForeignKey(Leadership, models.CASCADE, related_name="nudges")
    occasion = models.CharField(max_length=8, choices=Nudge.choices)
    due_on = models.DateField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["leadership", "occasion", "due_on"], name="leadershipnudge_once_a_day_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leadership_id} · {self.occasion} · {self.due_on}"


class Reshaping(models.Model):
    """Topics that were merged or split, with all that is needed to take it back.

    `source` is gone after a merge, so both are kept by number and name. `before` is the row that went away,
    `moved` has the keys of what moved by model, `dropped` the rows that had a twin, `changed` what the twins
    were before.
    """

    shape = models.CharField(max_length=5, choices=Shape.choices)
    source_id = models.BigIntegerField()
    source_name = models.CharField(max_length=80)
    target_id = models.BigIntegerField(db_index=True)
    target_name = models.CharField(max_length=80)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    moved = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    dropped = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    changed = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    followers = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    number = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(source_id=F("target_id")), name="reshaping_of_two_topics"),
        ]

    def __str__(self) -> str:
        return f"{self.source_name} → {self.target_name}"
