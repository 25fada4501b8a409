"""Who needs a second factor, and who has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.conf import settings

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def needs_second_factor(user: User | AnonymousUser) -> bool:
    """Those who can change everything: coordinators, and operators in the Django admin."""
    return (
        settings.COORDINATORS_NEED_SECOND_FACTOR
        and user.is_authenticated
        and (user.is_coordinator or user.is_staff)
    )


def has_second_factor(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists()


def can_remove_factor(factor: Authenticator) -> bool:
    """Not the last one of somebody who needs one."""
    if not needs_second_factor(factor.user):
        return True
    others = Authenticator.objects.filter(user=factor.user, type__in=SECOND_FACTORS)
    return others.exclude(pk=factor.pk).exists()
