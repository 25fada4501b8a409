"""What the cities app holds of a person."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.privacy import PrivacySource
from accounts.privacy.contacts import clear_contacts, contacts_of
from accounts.privacy.reading import Rows
from cities.models import City, Invitation, JoinRequest, Membership


def _event(name: str) -> Any:
    return apps.get_model("cities", f"{name}Event").objects.all()


def _export(person: User) -> dict[str, Any]:
    invitations = Invitation.objects.filter(Q(email__iexact=person.email) | Q(invited_by=person))
    return {
        "memberships": Rows(Membership.objects.filter(user=person), "city__name", "role", "since"),
        "contact_of_cities": Rows(contacts_of(person, City.objects.all(), "contact"), "name"),
        "wishes_to_join": Rows(
            JoinRequest.objects.filter(email__iexact=person.email),
            "city__name",
            "name",
            "office",
            "message",
            "asked_at",
            "answer",
        ),
        "invitations": Rows(invitations, "email", "city__name", "role", "invited_at", "accepted_at"),
    }


def _erase(person: User) -> None:
    clear_contacts(person, City.objects.all(), "contact")
    clear_contacts(person, _event("City"), "contact")
    Membership.objects.filter(user=person).delete()
    Invitation.objects.filter(email__iexact=person.email).delete()
    JoinRequest.objects.filter(email__iexact=person.email).delete()
    _event("Invitation").filter(email__iexact=person.email).delete()


def _objection(person: User) -> str:
    if not person.is_coordinator:
        return ""
    others = User.objects.filter(is_coordinator=True, is_active=True).exclude(pk=person.pk)
    if others.exists():
        return ""
    return _("Das Netzwerk hätte danach keine Koordination mehr. Laden Sie zuerst jemanden dafür ein.")


CITIES = PrivacySource("cities", _export, _erase, _objection)
