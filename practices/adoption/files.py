"""Hanging files on an adoption and taking them off."""

from __future__ import annotations

from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from practices.adoption.actions import acting
from practices.files import quota
from practices.files.actions import digest_of, store
from practices.files.checking import Checked
from practices.models import Adoption, AdoptionFile, StoredFile

MOST_FILES = 20


class TooManyFilesError(Exception):
    """No further file can hang here."""


def hang(*, adoption: Adoption, checked: Checked, title: str, by: User) -> AdoptionFile:
    """Store a file and hang it on an adoption; one that hangs there is given back as it is.

    Raises TooManyFilesError and TooMuchTodayError before anything is stored.
    """
    with acting(by):
        quota.require(by=by, size=checked.content.size)
        Adoption.objects.select_for_update(of=("self",)).get(pk=adoption.pk)
        if known := adoption.files.filter(stored__digest=digest_of(checked.content)).first():
            return known
        if adoption.files.count() >= MOST_FILES:
            raise TooManyFilesError
        stored = store(checked=checked)
        last = adoption.files.aggregate(last=Max("position"))["last"] or 0
        return AdoptionFile.objects.create(
            adoption=adoption,
            stored=stored,
            title=title.strip(),
            original_name=checked.name,
            position=last + 1,
            uploaded_by=by,
        )


def remove(*, file: AdoptionFile, by: User) -> None:
    """Its history stays; the bytes go later if nothing else uses them."""
    with acting(by):
        file.delete()
        StoredFile.objects.filter(pk=file.stored_id).update(used_at=timezone.now())
