"""Which entries a reader may know of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search.models import Audience

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser


def audience_of(user: AbstractBaseUser | AnonymousUser) -> Audience:
    """Members know of what the network shares, everybody else of public things."""
    return Audience.NETWORK if user.is_authenticated else Audience.PUBLIC
