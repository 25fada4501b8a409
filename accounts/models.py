"""People who use the portal."""

from typing import Any

import pghistory
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    GERMAN = "de", _("Deutsch")
    ENGLISH = "en", _("Englisch")


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An account whose address counts as confirmed: an invitation or an operator vouches for it."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        with transaction.atomic(using=self._db):
            user.save(using=self._db)
            user.emailaddress_set.create(  # type: ignore[attr-defined]  # allauth has no types
                email=user.email, verified=True, primary=True
            )
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(
            email, password, is_staff=True, is_superuser=True, is_coordinator=True, **fields
        )

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), exclude=["password", "last_login"])
class User(AbstractBaseUser, PermissionsMixin):
    """A person; logs in by e-mail. Roles in a city are `cities.Membership`."""

    email = models.EmailField(
        _("E-Mail-Adresse"),
        max_length=254,
        unique=True,
        error_messages={"unique": _("Diese E-Mail-Adresse gehört schon zu einem Konto.")},
    )
    name = models.CharField(_("Name"), max_length=120)
    office = models.CharField(_("Dienststelle"), max_length=160, blank=True)
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    language = models.CharField(_("Sprache"), max_length=2, choices=Language.choices, default=Language.GERMAN)
    is_coordinator = models.BooleanField(_("Koordination des Netzwerks"), default=False)
    is_staff = models.BooleanField(_("Zugang zur technischen Verwaltung"), default=False)
    is_active = models.BooleanField(_("aktiv"), default=True)
    muted_mails = ArrayField(
        models.CharField(max_length=40), verbose_name=_("abbestellte Mails"), default=list, blank=True
    )
    erased_at = models.DateTimeField(_("gelöscht am"), null=True, blank=True, editable=False)
    joined_at = models.DateTimeField(_("dabei seit"), default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        verbose_name = _("Person")
        verbose_name_plural = _("Personen")
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_lower_case"),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(is_active=False, is_coordinator=False, is_staff=False),
                name="user_erased_opens_nothing",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name
