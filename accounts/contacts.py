"""Whom to call: a contact and a deputy, each an office or a person, with or without an account."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Contact(models.Model):
    """Fields of the one who answers questions."""

    contact_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Konto der Ansprechperson"),
    )
    contact_name = models.CharField(
        _("Ansprechperson oder Stelle"),
        max_length=160,
        blank=True,
        help_text=_("Zum Beispiel „Stabsstelle Digitalisierung“. Eine Stelle überdauert Personalwechsel."),
    )
    contact_email = models.EmailField(_("E-Mail-Adresse"), blank=True)
    contact_phone = models.CharField(_("Telefon"), max_length=40, blank=True)

    class Meta:
        abstract = True


class ContactWithDeputy(Contact):
    """Adds the one who answers when the contact cannot."""

    deputy_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Konto der Vertretung"),
    )
    deputy_name = models.CharField(_("Vertretung"), max_length=160, blank=True)
    deputy_email = models.EmailField(_("E-Mail-Adresse der Vertretung"), blank=True)
    deputy_phone = models.CharField(_("Telefon der Vertretung"), max_length=40, blank=True)

    class Meta:
        abstract = True
