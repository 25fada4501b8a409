"""What the coordination makes of two write-ups that resemble one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from practices.enums import RelationKind
from practices.islands import mails
from practices.islands.enums import IslandState
from practices.models import Island
from practices.relations.actions import RelationNotPossibleError, relate

if TYPE_CHECKING:
    from accounts.models import User
    from topics.models import Topic


class DecidedMeanwhileError(Exception):
    """It is no open matter any more: somebody has decided it, or the write-ups have changed."""


@transaction.atomic
def bring_together(*, island: Island, text: str, topic: Topic | None, links: bool, by: User) -> None:
    """Write to both cities with the other's contact; with `links` the write-ups point to one another.

    `topic` is proposed as the one under which they go on together. Raises DecidedMeanwhileError.
    """
    row = _locked(island)
    if links:
        try:
            with transaction.atomic():
                relate(practice=row.first, to=row.second, kind=RelationKind.RELATED, by=by)
        except RelationNotPossibleError:
            pass  # they are connected already, or as much as can be
    for practice, other in ((row.first, row.second), (row.second, row.first)):
        mails.tell_city(practice, other, text=text, topic=topic, by=by)
    _decide(row, IslandState.JOINED, by)


@transaction.atomic
def dismiss(*, island: Island, reason: str, by: User) -> None:
    """Say why it is no duplicate; it does not come up again. Raises DecidedMeanwhileError."""
    row = _locked(island)
    row.reason = reason
    _decide(row, IslandState.DISMISSED, by)


@transaction.atomic
def reopen(*, island: Island, by: User) -> None:
    """Take „kein Doppel“ back, so that the pair is open again. Raises DecidedMeanwhileError.

    What was brought together stays so: its letters have gone out.
    """
    rows = Island.objects.select_for_update(of=("self",), no_key=True)
    row = rows.filter(pk=island.pk, state=IslandState.DISMISSED).first()
    if row is None:
        raise DecidedMeanwhileError
    row.state, row.decided_by, row.decided_at = IslandState.OPEN, None, None
    row.reopened_by, row.reopened_at = by, timezone.now()
    row.save(update_fields=["state", "decided_by", "decided_at", "reopened_by", "reopened_at"])


def _locked(island: Island) -> Island:
    """The pair as it is now. Neither write-up changes until both cities are told of the other."""
    rows = Island.objects.open().select_related(
        "first__city", "second__city", "first__contact_user", "second__contact_user"
    )
    row = rows.select_for_update(of=("self", "first", "second"), no_key=True).filter(pk=island.pk).first()
    if row is None:
        raise DecidedMeanwhileError
    return row


def _decide(row: Island, state: IslandState, by: User) -> None:
    row.state, row.decided_by, row.decided_at = state, by, timezone.now()
    row.save(update_fields=["state", "reason", "decided_by", "decided_at"])
