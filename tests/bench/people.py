"""Whose pages are measured."""

from __future__ import annotations

from functools import cache

from allauth.mfa.models import Authenticator

from accounts.models import User
from cities.enums import Role
from tests.bench.client import Answer, Browser, member

PEOPLE = 40  # with a role


def coordinator() -> User:
    """With the second factor without which nothing opens."""
    found = User.objects.filter(is_coordinator=True).order_by("pk")[0]
    Authenticator.objects.get_or_create(
        user=found, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "unused"}}
    )
    return found


def somebody(role: Role) -> User:
    return User.objects.filter(memberships__role=role).order_by("pk")[0]


def own_page(person: str) -> Answer:
    return _browser_of(person).get("/mein/")


@cache
def _browser_of(person: str) -> Browser:
    """Of somebody who is here already: the first page after a login changes the session."""
    browser = member(User.objects.get(pk=person))
    browser.get("/mein/")
    return browser


def people(role: Role) -> list[str]:
    """Of cities with much and with little, which come in this order."""
    found = list(User.objects.filter(memberships__role=role).order_by("pk").values_list("pk", flat=True))
    return [str(pk) for pk in found[:: max(len(found) // PEOPLE, 1)]]
