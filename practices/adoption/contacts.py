"""Whom to write to about an adoption."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import User
from cities.models import Membership
from practices.adoption.permissions import CONFIRMING
from practices.models import Adoption


def people_of(city_id: int) -> QuerySet[User]:
    """Who may confirm for the city; nobody where it is not in the network now."""
    confirming = Membership.objects.in_network().filter(city=city_id, role__in=CONFIRMING)
    return User.objects.filter(is_active=True, pk__in=confirming.values("user")).order_by("pk")


def recipient_of(adoption: Adoption, *, with_office: bool = True) -> tuple[str, User | None]:
    """The one who was named, else the city's office, its people who answer for it, the coordination.

    The address, and the account behind it. Not everything is for whoever reads the office's mail; that goes
    to nobody either whose account no longer belongs to the city.
    """
    person = adoption.contact_user
    if person and not (person.is_active and (with_office or _acts_for(person, adoption.city_id))):
        person = None
    is_closed = adoption.contact_user is not None and person is None
    email = "" if is_closed else adoption.contact_email or (person.email if person else "")
    if not email and with_office:
        email = adoption.city.contact_email
    if not email and (person := people_of(adoption.city_id).first()):
        email = person.email
    return email or settings.COORDINATION_EMAIL, person


def _acts_for(person: User, city_id: int) -> bool:
    return Membership.objects.in_network().filter(user=person, city=city_id).exists()
