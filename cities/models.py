"""Municipalities of the official register, and the people who act for them."""

from __future__ import annotations

from functools import lru_cache

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.contacts import Contact
from cities.comparable import columns
from cities.enums import (
    IN_NETWORK,
    SIZE_THRESHOLDS,
    CentralPlace,
    Designation,
    NetworkStatus,
    RegisterFormat,
    Role,
    SizeClass,
    State,
    Urbanisation,
)
from cities.membership_records import JoinRequest, StatusChange
from cities.products.models import Product, ProductUse
from cities.querysets import CityQuerySet, InvitationQuerySet, MembershipQuerySet
from search.folding import Fold, SortKey

__all__ = [
    "City",
    "FormerCitySlug",
    "Invitation",
    "JoinRequest",
    "Membership",
    "Product",
    "ProductUse",
    "RegisterImport",
    "StatusChange",
    "city_address",
]


@lru_cache(maxsize=20_000)
def city_address(slug: str) -> str:
    """Maps link to hundreds of cities, and resolving each anew takes longer than drawing them."""
    return reverse("cities:detail", args=[slug])


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    # Every register moves the Gebietsstand of every municipality, which is no change worth a version.
    exclude=["sort_name", "folded_name", "register_date", *columns.NAMES],
)
class City(columns.Comparable, Contact):
    """A municipality. Register data comes from `manage.py import_register`; the portrait from the city."""

    ags = models.CharField(
        _("AGS"), max_length=8, unique=True, help_text=_("Amtlicher Gemeindeschlüssel, 8 Ziffern.")
    )
    name = models.CharField(_("Name"), max_length=120)
    slug = models.SlugField(_("Adresse der Seite"), max_length=140, unique=True)
    state = models.CharField(_("Bundesland"), max_length=2, choices=State.choices)
    district = models.CharField(_("Kreis"), max_length=120, blank=True)
    designation = models.CharField(
        _("Bezeichnung"), max_length=2, choices=Designation.choices, default=Designation.MUNICIPALITY
    )
    population = models.PositiveIntegerField(_("Einwohner"), null=True, blank=True)
    population_date = models.DateField(_("Stand der Einwohnerzahl"), null=True, blank=True)
    area_km2 = models.DecimalField(_("Fläche in km²"), max_digits=8, decimal_places=2, null=True, blank=True)
    postcode = models.CharField(_("Postleitzahl der Verwaltung"), max_length=5, blank=True)
    latitude = models.DecimalField(_("Breite"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("Länge"), max_digits=9, decimal_places=6, null=True, blank=True)
    urbanisation = models.CharField(
        _("Grad der Verstädterung"), max_length=2, choices=Urbanisation.choices, blank=True
    )
    central_place = models.CharField(
        _("zentraler Ort"), max_length=8, choices=CentralPlace.choices, blank=True
    )
    register_date = models.DateField(_("Gebietsstand"), null=True, blank=True)
    left_register_on = models.DateField(
        _("im Register weggefallen zum"),
        null=True,
        blank=True,
        help_text=_("Gesetzt, wenn das Register die Gemeinde nicht mehr führt. Gelöscht wird keine."),
    )

    status = models.CharField(
        _("im Netzwerk"), max_length=8, choices=NetworkStatus.choices, default=NetworkStatus.OUTSIDE
    )
    joined_on = models.DateField(_("dabei seit"), null=True, blank=True)
    portrait = models.TextField(
        _("Porträt"),
        blank=True,
        help_text=_("Wer sind Sie, woran arbeiten Sie, was können andere bei Ihnen ansehen?"),
    )
    website = models.URLField(_("Website"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    sort_name = models.GeneratedField(
        expression=SortKey(F("name")), output_field=models.TextField(), db_persist=True
    )
    folded_name = models.GeneratedField(
        expression=Fold(F("name")), output_field=models.TextField(), db_persist=True
    )

    objects = CityQuerySet.as_manager()

    class Meta:
        verbose_name = _("Stadt")
        verbose_name_plural = _("Städte")
        ordering = ["sort_name", "ags"]
        indexes = [
            models.Index(fields=["status", "sort_name", "ags"], name="city_status_name"),
            models.Index(fields=["sort_name", "ags"], name="city_name"),
            GinIndex(OpClass(F("folded_name"), name="gin_trgm_ops"), name="city_folded_name"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ags__regex=r"^\d{8}$"), name="city_ags_eight_digits"),
            models.CheckConstraint(condition=Q(ags__startswith=F("state")), name="city_ags_in_state"),
            models.CheckConstraint(condition=~Q(slug=""), name="city_slug_given"),
            models.CheckConstraint(
                condition=Q(status=NetworkStatus.OUTSIDE) | Q(joined_on__isnull=False),
                name="city_in_network_since",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(47, 56), longitude__range=(5, 16)),
                name="city_lies_in_germany",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return city_address(self.slug)

    @property
    def is_in_network(self) -> bool:
        return self.status in IN_NETWORK

    @property
    def has_page(self) -> bool:
        """Whether everybody may see its page: it is or was in the network."""
        return self.status != NetworkStatus.OUTSIDE

    @property
    def size_class(self) -> SizeClass | None:
        if self.population is None:
            return None
        return next(size for least, size in SIZE_THRESHOLDS if self.population >= least)


class RegisterImport(models.Model):
    """A register that was taken over; tells whether the next file is newer or older than what is here."""

    format = models.CharField(_("Form"), max_length=8, choices=RegisterFormat.choices)
    register_date = models.DateField(_("Gebietsstand"))
    population_date = models.DateField(_("Stand der Einwohnerzahlen"))
    municipalities = models.PositiveIntegerField(_("Gemeinden"))
    imported_at = models.DateTimeField(_("eingelesen am"), auto_now=True)

    class Meta:
        verbose_name = _("eingelesenes Register")
        verbose_name_plural = _("eingelesene Register")
        ordering = ["-register_date", "format"]
        constraints = [
            models.UniqueConstraint(fields=["format", "register_date"], name="registerimport_once_a_date"),
        ]

    def __str__(self) -> str:
        return f"{self.get_format_display()} {self.register_date:%d.%m.%Y}"


class FormerCitySlug(models.Model):
    """An address that a city's page once had; it redirects."""

    slug = models.SlugField(max_length=140, unique=True)
    city = models.ForeignKey(City, models.CASCADE, related_name="former_slugs")

    def __str__(self) -> str:
        return self.slug


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Membership(models.Model):
    """A person acts for a city in one role."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    city = models.ForeignKey(City, models.PROTECT, related_name="memberships")
    role = models.CharField(_("Rolle"), max_length=8, choices=Role.choices)
    since = models.DateField(_("seit"), auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("Mitarbeit")
        verbose_name_plural = _("Mitarbeit")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "city"],
                name="membership_once_per_city",
                violation_error_message=_("Diese Person arbeitet schon für die Stadt mit."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.city} · {self.get_role_display()}"

    @property
    def manages(self) -> bool:
        """Whether this person keeps the page and the people of a city of the network."""
        return self.role == Role.MANAGER and self.city.is_in_network


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), exclude=["token_hash"])
class Invitation(models.Model):
    """The only way in: one e-mail address, one use, bound to a city and role or to the coordination.

    Only the token's SHA-256 is kept, so a leaked database opens no door.
    """

    email = models.EmailField(_("E-Mail-Adresse"))
    name = models.CharField(_("Name"), max_length=120, blank=True)
    city = models.ForeignKey(
        City, models.CASCADE, null=True, blank=True, related_name="invitations", verbose_name=_("Stadt")
    )
    role = models.CharField(_("Rolle"), max_length=8, choices=Role.choices, blank=True)
    as_coordinator = models.BooleanField(_("in die Koordination"), default=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField(_("eingeladen am"), auto_now_add=True)
    expires_at = models.DateTimeField(_("gültig bis"))
    accepted_at = models.DateTimeField(_("angenommen am"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("zurückgezogen am"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Einladung")
        verbose_name_plural = _("Einladungen")
        ordering = ["-invited_at"]
        indexes = [
            models.Index(
                fields=["expires_at"],
                name="invitation_unanswered",
                condition=Q(accepted_at=None, revoked_at=None),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(as_coordinator=True, city__isnull=True, role="")
                | (Q(as_coordinator=False, city__isnull=False) & ~Q(role="")),
                name="invitation_city_and_role_or_coordination",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="invitation_accepted_or_revoked",
            ),
            models.UniqueConstraint(
                fields=["email", "city"],
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                nulls_distinct=False,  # the coordination, which has no city, is one place as well
                name="invitation_once_to_one_place",
            ),
        ]

    def __str__(self) -> str:
        return self.email
