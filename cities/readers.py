"""Long reads for one person, worked out once for all who may do the same.

What people see depends on who they are and on the roles in their cities. To keep a statement for each person
would mean to build it anew for nearly everybody who comes; so it is built for nobody in particular, and each
reader's own ids are put in.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from cities.enums import Role
from cities.permissions import roles_of
from search.kept import KeptSelect, Value

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from accounts.models import User

READER, CITY = "reader", "reader_city_"


class KeptForReaders:
    """A `KeptSelect` for what depends on the reader.

    `rows(reader, shape, build, pk=5)` calls `build(somebody, pk=…)` once for each shape and kind of reader.
    `somebody` has nothing but ids that stand in and what `cities.permissions` looks at: all else that a
    queryset takes from a person ends in an AttributeError, so nothing of one reader is kept for the next.
    What `build` decides itself may depend on the roles, never on which city they are for.
    """

    def __init__(self) -> None:
        self._kept = KeptSelect()

    def rows(
        self,
        reader: User | AnonymousUser,
        shape: Hashable,
        build: Callable[..., QuerySet[Any]],
        /,
        **values: Value,
    ) -> list[Any]:
        """What the queryset gives for this reader, evaluated."""
        if not reader.is_authenticated:
            return self._kept.rows((None, shape), lambda **given: build(reader, **given), **values)
        is_coordinator = reader.is_coordinator
        held = sorted(roles_of(reader).items(), key=lambda pair: (pair[1], pair[0]))
        roles = tuple(role for _city, role in held)
        own: dict[str, Value] = {READER: reader.pk}
        own |= {f"{CITY}{place}": city for place, (city, _role) in enumerate(held)}

        def for_somebody(**given: Any) -> QuerySet[Any]:
            cities = [given.pop(f"{CITY}{place}") for place in range(len(roles))]
            somebody = _Somebody(given.pop(READER), is_coordinator, dict(zip(cities, roles, strict=True)))
            return build(cast("User", somebody), **given)

        kind = (is_coordinator, roles)
        return self._kept.rows_with((kind, shape), for_somebody, own | values, spare=own)


@dataclass(frozen=True)
class _Somebody:
    """A person as permissions see one."""

    pk: int
    is_coordinator: bool
    _city_roles: dict[int, Role]
    is_authenticated: bool = True
