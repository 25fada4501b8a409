"""How people log in, and what is read with a person at every request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models.expressions import Combinable

from accounts.models import User

_read_along: dict[str, Callable[[], Combinable]] = {}


def read_along(name: str, expression: Callable[[], Combinable]) -> None:
    """Have `name` read in the same query as the person who asks; called from `ready()` of apps above."""
    _read_along[name] = expression


class PortalBackend(AuthenticationBackend):
    """By e-mail and password; allauth adds passkeys and second factors."""

    def get_user(self, user_id: Any) -> User | None:
        along = {name: expression() for name, expression in _read_along.items()}
        user = User.objects.annotate(**along).filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
