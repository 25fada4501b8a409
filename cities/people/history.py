"""What happened to a person's roles and account, told from the recorded events."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from accounts.models import User
from cities.enums import Role
from cities.models import City

MOST = 30


@dataclass(frozen=True)
class Change:
    """One line of the history; `by` is empty where a program did it."""

    at: dt.datetime
    text: str
    by: str


def changes_of(person: User) -> list[Change]:
    """The last changes, the newest first. Four queries."""
    roles = list(_events("cities", "MembershipEvent").filter(user_id=person.pk)[:MOST])
    accounts = list(_events("accounts", "UserEvent").filter(pgh_obj_id=person.pk)[: MOST + 1])
    cities = dict(City.objects.filter(pk__in={one.city_id for one in roles}).values_list("pk", "name"))
    told = [(event, _role_text(event, cities)) for event in roles]
    told += [
        (event, text)
        for event, before in zip(accounts, [*accounts[1:], None], strict=True)
        if (text := _account_text(event, before))
    ]
    ids = {_who(event) for event, _text in told} - {None}
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=ids).only("name", "email")}
    changes = [Change(event.pgh_created_at, text, names.get(_who(event), "")) for event, text in told]
    return sorted(changes, key=lambda change: change.at, reverse=True)[:MOST]


def _events(app: str, name: str) -> Any:
    return apps.get_model(app, name).objects.select_related("pgh_context").order_by("-pgh_id")


def _who(event: Any) -> Any:
    return event.pgh_context.metadata.get("user") if event.pgh_context else None


def _role_text(event: Any, cities: dict[int, str]) -> str:
    said = {"city": cities.get(event.city_id, "–"), "role": Role(event.role).label}
    texts = {
        "insert": _("arbeitet für %(city)s mit: %(role)s"),
        "update": _("Rolle in %(city)s geändert: %(role)s"),
        "delete": _("arbeitet nicht mehr für %(city)s mit"),
    }
    return texts[event.pgh_label] % said


def _account_text(event: Any, before: Any) -> str:
    """Only what coordinators decide; names and numbers are the person's own affair."""
    if before is None:
        return _("Konto angelegt") if event.pgh_label == "insert" else ""
    if event.is_active != before.is_active:
        return _("Konto wieder geöffnet") if event.is_active else _("Konto stillgelegt")
    if event.is_coordinator != before.is_coordinator:
        return (
            _("gehört zur Koordination") if event.is_coordinator else _("gehört nicht mehr zur Koordination")
        )
    return ""
