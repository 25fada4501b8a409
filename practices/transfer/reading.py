"""What the check needs of the reader's city, in one query."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

from cities.models import City, ProductUse
from cities.permissions import city_ids_of, roles_of
from cities.readers import KeptForReaders
from practices.enums import Status
from practices.models import TransferNote
from practices.transfer.enums import Verdict

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from accounts.models import User
    from practices.models import Practice

CITIES = KeptForReaders()


@dataclass(frozen=True)
class Clarified:
    """What somebody of the city has found out."""

    verdict: Verdict
    note: str
    by: str
    at: dt.datetime


def can_check(user: User | AnonymousUser, practice: Practice) -> bool:
    """Acts for a city that could take the write-up over: a published one of another city."""
    others = set(roles_of(user)) - {practice.city_id}
    return practice.status == Status.PUBLISHED and bool(others)


def cities_to_check(user: User | AnonymousUser, practice: Practice) -> list[Any]:
    """The reader's cities in German order, without the write-up's own.

    Each has `notes` and `uses` as lists of dicts for `clarified_of` and the check. One query.
    """
    return CITIES.rows(user, (), _cities_but, practice=practice.pk, its_city=practice.city_id)


def _cities_but(reader: User, practice: int, its_city: int) -> QuerySet[City]:
    notes = TransferNote.objects.filter(practice=practice, city=OuterRef("pk"))
    note = JSONObject(line="line", verdict="verdict", note="note", by=F("noted_by__name"), at="noted_at")
    uses = ProductUse.objects.filter(city=OuterRef("pk"))
    use = JSONObject(
        product="product__name", slug="product__slug", folded="product__folded_name",
        vendor="product__vendor", purpose="purpose", folded_purpose="folded_purpose",
    )  # fmt: skip
    own = City.objects.in_network().filter(pk__in=city_ids_of(reader)).exclude(pk=its_city)
    return own.annotate(
        notes=ArraySubquery(notes.order_by("line").values(row=note)),
        uses=ArraySubquery(uses.order_by("product__sort_name", "pk").values(row=use)),
    )


def clarified_of(city: Any) -> dict[str, Clarified]:
    """By line; `city` comes from `cities_to_check`."""
    return {
        row["line"]: Clarified(
            Verdict(row["verdict"]), row["note"], row["by"] or "", dt.datetime.fromisoformat(row["at"])
        )
        for row in city.notes
    }
