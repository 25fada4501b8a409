"""Adoptions: a city takes over what another has made, says how far it is, and confirms it."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.contacts import Contact
from cities.models import City
from practices.adoption.enums import BACKWARDS, OVER, RUNNING, AskedAs, Stage
from practices.adoption.querysets import AdoptionFigureQuerySet, AdoptionQuerySet
from practices.enums import Accuracy, Basis, FigureKind
from practices.models.blocks import BuildingBlock
from practices.models.figures import DECIMALS, DIGITS
from practices.models.files import StoredFile, Upload
from practices.models.own_things import REFUSE_OWN
from practices.models.practice import Practice
from practices.partial_dates import STORED

SAVINGS = [FigureKind.SAVING_ONCE, FigureKind.SAVING_YEARLY, FigureKind.SAVING_DAYS]


def _going_backwards() -> Q:
    found = Q()
    for late, early in BACKWARDS:
        found |= Q(previous_stage=late, stage=early)
    return found


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Adoption(Contact):
    """`city` takes over a write-up or a building block of another city.

    `stage`, `since` (a year or a month) and `remark` are those of the newest `AdoptionStep`. It counts
    once somebody who answers for the city has confirmed it. `adaptation` and `experience` hold rich text.
    """

    practice = models.ForeignKey(Practice, models.PROTECT, null=True, blank=True, related_name="adoptions")
    block = models.ForeignKey(BuildingBlock, models.PROTECT, null=True, blank=True, related_name="adoptions")
    city = models.ForeignKey(City, models.PROTECT, related_name="adoptions", verbose_name=_("Stadt"))
    stage = models.CharField(_("Wie weit sind Sie?"), max_length=10, choices=Stage.choices)
    since = models.CharField(_("Seit wann?"), max_length=7)
    remark = models.TextField(_("Kurz dazu"), blank=True, max_length=1_000)
    adaptation = models.TextField(_("Was wir anpassen mussten"), blank=True)
    experience = models.TextField(_("Unsere Erfahrung"), blank=True)
    # What the city has made of it, told as a write-up of its own.
    variant = models.OneToOneField(
        Practice, models.SET_NULL, null=True, blank=True, related_name="grew_from", editable=False
    )

    confirmed_on = models.DateField(_("zuletzt bestätigt"), null=True, blank=True, editable=False)
    # Stays when it has to be confirmed anew, and when it is withdrawn.
    first_confirmed_on = models.DateField(null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    # Its newest stage or number comes from the coordination and not from somebody of the city.
    by_coordination = models.BooleanField(default=False, editable=False)
    next_check_on = models.DateField(_("nächste Frage"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When the coordination brought the adopter and an anonymous city together.
    connected_on = models.DateField(null=True, blank=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AdoptionQuerySet.as_manager()
    # Its numbers, where the query that read it has brought them along.
    figures_read_along: list[AdoptionFigure] | None = None

    class Meta:
        verbose_name = _("Übernahme")
        verbose_name_plural = _("Übernahmen")
        ordering = ["-updated_at", "-id"]
        indexes = [
            models.Index(
                fields=["next_check_on"],
                name="adoption_next_check",
                condition=Q(confirmed_on__isnull=False, withdrawn_at=None),
            ),
            models.Index(
                fields=["created_at"],
                name="adoption_unconfirmed",
                condition=Q(confirmed_on=None, withdrawn_at=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(practice__isnull=False, block=None) | Q(practice=None, block__isnull=False),
                name="adoption_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["practice", "city"],
                name="adoption_practice_once_a_city",
                violation_error_message=_("Ihre Stadt hat das schon eingetragen."),
            ),
            models.UniqueConstraint(
                fields=["block", "city"],
                name="adoption_block_once_a_city",
                violation_error_message=_("Ihre Stadt hat das schon eingetragen."),
            ),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="adoption_stage_known"),
            models.CheckConstraint(condition=Q(since__regex=STORED), name="adoption_since_partial_date"),
            models.CheckConstraint(
                condition=~Q(stage__in=OVER) | ~Q(remark=""), name="adoption_over_says_why"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on=None, next_check_on=None)
                | Q(confirmed_on__isnull=False, next_check_on__isnull=False, withdrawn_at=None),
                name="adoption_confirmed_is_asked_again",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="not_own",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("practice_id", "block_id", "city_id", "withdrawn_at"),
                # One that was withdrawn stays as it was, whoever is said to have made it since.
                condition=pgtrigger.Q(new__withdrawn_at__isnull=True),
                func=REFUSE_OWN,
            )
        ]

    def __str__(self) -> str:
        return f"{self.city} · {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("adoption:detail", args=[self.pk])

    @property
    def subject(self) -> Practice | BuildingBlock:
        """What is taken over."""
        found = self.practice or self.block
        assert found is not None  # noqa: S101  a constraint says so
        return found

    @property
    def begin(self) -> str:
        """Since when the city has had it in use; where it never had, since when it stands where it does."""
        first = self.steps.filter(stage__in=RUNNING).values_list("since", flat=True).first()
        return first or self.since

    @property
    def is_running(self) -> bool:
        """At a stage that counts once it is confirmed."""
        return self.stage in RUNNING

    @property
    def is_overdue(self) -> bool:
        """Confirmed, and the day to ask again has passed."""
        return self.next_check_on is not None and self.next_check_on <= timezone.localdate()


class AdoptionStep(models.Model):
    """A change of stage with its date, and what the stage and its date were before."""

    adoption = models.ForeignKey(Adoption, models.CASCADE, related_name="steps")
    stage = models.CharField(max_length=10, choices=Stage.choices)
    since = models.CharField(max_length=7)
    remark = models.TextField(blank=True)
    previous_stage = models.CharField(max_length=10, choices=Stage.choices, blank=True)
    previous_since = models.CharField(max_length=7, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="adoptionstep_stage_known"),
            models.CheckConstraint(condition=Q(since__regex=STORED), name="adoptionstep_partial_date"),
            models.CheckConstraint(
                # Compared as far as both are known: March 2022 to 2022 is in order.
                condition=Q(previous_since="")
                | Q(since__gte=models.F("previous_since"))
                | Q(previous_since__startswith=models.F("since")),
                name="adoptionstep_dates_in_order",
            ),
            models.CheckConstraint(
                condition=~(Q(stage__in=OVER) | _going_backwards()) | ~Q(remark=""),
                name="adoptionstep_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.since}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class AdoptionFigure(models.Model):
    """What it cost the adopting city or saved it. A saving says where the number comes from."""

    adoption = models.ForeignKey(Adoption, models.CASCADE, related_name="adoption_figures")
    kind = models.CharField(_("Was"), max_length=13, choices=FigureKind.choices)
    amount = models.DecimalField(_("Betrag"), max_digits=DIGITS, decimal_places=DECIMALS)
    accuracy = models.CharField(max_length=8, choices=Accuracy.choices, default=Accuracy.EXACT, blank=True)
    basis = models.CharField(_("Grundlage"), max_length=9, choices=Basis.choices)
    period = models.CharField(_("Zeitraum"), max_length=60, blank=True)
    source = models.CharField(_("Quelle"), max_length=300, blank=True)
    note = models.CharField(_("Anmerkung"), max_length=300, blank=True)

    objects = AdoptionFigureQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=FigureKind.values), name="adoptionfigure_kind_known"),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="adoptionfigure_has_basis"),
            models.CheckConstraint(
                condition=Q(accuracy__in=Accuracy.values), name="adoptionfigure_accuracy_known"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="adoptionfigure_not_negative"),
            models.CheckConstraint(
                condition=~Q(kind__in=SAVINGS) | ~Q(source=""), name="adoptionfigure_saving_has_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.amount}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class AdoptionFile(Upload):
    """A file in which the adopting city shows what it has made of it."""

    adoption = models.ForeignKey(Adoption, models.CASCADE, related_name="files")
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="adoption_files")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["adoption", "stored"], name="adoptionfile_once_an_adoption"),
            models.CheckConstraint(condition=~Q(original_name=""), name="adoptionfile_named"),
        ]

    def __str__(self) -> str:
        return self.title or self.original_name

    @property
    def download_url(self) -> str:
        return reverse("adoption:file", args=[self.adoption_id, self.pk])


class AdoptionAsk(models.Model):
    """Somebody is asked to confirm. The link in the mail works until it expires; only its hash is kept."""

    adoption = models.ForeignKey(Adoption, models.CASCADE, related_name="asks")
    asked_as = models.CharField(max_length=12, choices=AskedAs.choices)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    token_hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["adoption", "person"],
                condition=Q(closed_at=None, asked_as=AskedAs.CITY),
                name="adoptionask_once_a_person",
            ),
            models.UniqueConstraint(
                fields=["adoption"],
                condition=Q(closed_at=None, asked_as=AskedAs.COORDINATION),
                name="adoptionask_once_the_coordination",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.adoption} · {self.get_asked_as_display()}"
