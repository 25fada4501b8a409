"""Writes of this app."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import User
from documents.builds import kind_named
from documents.models import OPEN, Build, State
from documents.tasks import make


@transaction.atomic
def order(*, kind: str, subject: dict[str, Any], title: str, back: str, by: User) -> Build:
    """Have a document made; the one that is being made already where there is one.

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
    make.later(build_id=build.pk)
    return build
