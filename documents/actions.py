"""Writes of this app."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import User
from documents.builds import kind_named
from documents.models import OPEN, Build, State
from documents.tasks import make

MOST_KEPT = 20  # of one person, whatever they are of


@transaction.atomic
def order(*, kind: str, subject: dict[str, Any], title: str, back: str, by: User) -> Build:
    """Have a document made; the one that is being made already where there is one.

    Of those that are over only the newest are kept, so that nobody fills the disk by ordering again.
    `back` is the address of the page to which its own page leads back.
    """
    kind_named(kind)
    same = Build.objects.filter(owner=by, kind=kind, subject=subject)
    same.stalled().update(state=State.FAILED)
    try:
        with transaction.atomic():
            build = Build.objects.create(owner=by, kind=kind, subject=subject, title=title[:200], back=back)
    except IntegrityError:
        return same.get(state__in=OPEN)
    for old in Build.objects.filter(owner=by).exclude(state__in=OPEN)[MOST_KEPT - 1 :]:
        _forget(old)
    make.later(build_id=build.pk)
    return build


def _forget(build: Build) -> None:
    """The row now, the file once that is certain."""
    file = build.file
    build.delete()
    if file:
        transaction.on_commit(lambda: file.storage.delete(file.name))
