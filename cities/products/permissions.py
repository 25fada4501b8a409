"""Who may see and enter what a city uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from cities.permissions import can_write_for, is_member

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from cities.models import City


def require_member(user: User | AnonymousUser) -> None:
    """PermissionDenied for those who take no part in the network: contracts are no public matter."""
    if not is_member(user):
        raise PermissionDenied(_("Womit Städte arbeiten, sehen nur Mitglieder des Netzwerks."))


def can_enter(user: User | AnonymousUser, city: City) -> bool:
    """Everybody of the city, and coordinators."""
    return city.is_in_network and can_write_for(user, city)


def require_enter(user: User | AnonymousUser, city: City) -> None:
    if not can_enter(user, city):
        raise PermissionDenied(_("Die Produkte einer Stadt tragen ihre eigenen Leute ein."))
