"""How people log in, and what is read with a person at every request."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models.expressions import Combinable

from accounts.models import User
from search.kept import KeptSelect

if TYPE_CHECKING:
    from django.db.models import QuerySet

BY_KEY = KeptSelect()
_read_along: dict[str, Callable[[], Combinable]] = {}


def read_along(name: str, expression: Callable[[], Combinable]) -> None:
    """Have `name` read in the same query as the person who asks; called from `ready()` of apps above."""
    _read_along[name] = expression


class PortalBackend(AuthenticationBackend):
    """By e-mail and password; allauth adds passkeys and second factors."""

    def get_user(self, user_id: Any) -> User | None:
        """The person of a session; None when the account is gone or closed."""

        def build(pk: int) -> QuerySet[User]:
            return User.objects.filter(pk=pk).annotate(
                **{name: expression() for name, expression in _read_along.items()}
            )

        found: list[User] = BY_KEY.rows((), build, pk=int(user_id))
        return found[0] if found and self.user_can_authenticate(found[0]) else None
