"""Opinions on a write-up as one reader may see them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from cities.permissions import is_member
from practices.enums import Verdict
from practices.reviews.permissions import can_review

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

TONES = {Verdict.CONVINCES: "success", Verdict.LIMITS: "warning", Verdict.DOUBTS: "warning"}


@dataclass(frozen=True)
class Shown:
    """One opinion; `is_outdated` where the text was changed after it."""

    who: str
    verdict: str
    tone: str
    convinced: str
    caution: str
    given_on: dt.date
    is_outdated: bool
    is_own: bool


@dataclass(frozen=True)
class Opinions:
    """What the page says of the check, and whether it invites this reader."""

    shown: list[Shown]
    can_review: bool
    has_own: bool

    @classmethod
    def of(cls, practice: Any, reader: User | AnonymousUser) -> Opinions:
        """`practice` comes from `practice_for`, which read the opinions along."""
        shown = [_shown(said, practice.version, reader) for said in practice.said]
        return cls(shown, can_review(reader, practice), any(one.is_own for one in shown))


def _shown(said: dict[str, Any], version: int, reader: User | AnonymousUser) -> Shown:
    verdict = Verdict(said["verdict"])
    return Shown(
        who=_who(said, reader),
        verdict=str(verdict.label),
        tone=TONES[verdict],
        convinced=said["convinced"],
        caution=said["caution"],
        given_on=dt.date.fromisoformat(said["given_on"]),
        is_outdated=said["version"] < version,
        is_own=reader.is_authenticated and said["author_id"] == reader.pk,
    )


def _who(said: dict[str, Any], reader: User | AnonymousUser) -> str:
    """Names of people are for members."""
    spoke_for = said["city"] or _("Koordination des Netzwerks")
    return f"{said['author']}, {spoke_for}" if said["author"] and is_member(reader) else spoke_for
