"""Who has written a write-up: the people of all its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Min, OuterRef
from django.utils.translation import gettext as _

from cities.models import Membership
from practices.history.fields import event_model
from practices.models import Practice
from search.kept import KeptSelect

if TYPE_CHECKING:
    from django.db.models import QuerySet

AUTHORS = KeptSelect()


def credits_of(practice: Practice) -> list[str]:
    """Everybody who changed its content, the first author first. One query.

    People of other cities are named with theirs; somebody whose account is gone is a former member.
    """
    rows = AUTHORS.rows((), _authors_of, pk=practice.pk)
    # Not in SQL: a condition on the column would leave out people whose row is gone.
    named = [_credit(practice, *person) for key, *person in rows if key]
    return list(dict.fromkeys(named))


def _authors_of(pk: int) -> QuerySet[Any, tuple[Any, ...]]:
    memberships = Membership.objects.in_network().filter(user=OuterRef("updated_by"))
    authors = (
        event_model()
        .objects.filter(pgh_obj=pk)
        .values("updated_by", "updated_by__name", "updated_by__is_coordinator")
        .annotate(first=Min("pgh_id"))
        .order_by("first")
    )
    cities = ArraySubquery(memberships.order_by("city__sort_name").values("city__name"))
    return authors.annotate(cities=cities).values_list(
        "updated_by", "updated_by__name", "updated_by__is_coordinator", "cities"
    )


def _credit(practice: Practice, name: str | None, is_coordinator: bool | None, cities: list[str]) -> str:
    if not name:
        return _("ehemaliges Mitglied")
    if practice.city.name in cities:
        return name
    of = ", ".join([_("Koordination")] if is_coordinator and not cities else cities)
    return f"{name} ({of})" if of else name
