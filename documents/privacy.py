"""What this app holds of a person: the documents they have ordered, for a day."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from accounts.privacy import PrivacySource
from accounts.privacy.reading import Rows
from documents.models import Build


def _export(person: User) -> dict[str, Any]:
    return {"ordered": Rows(Build.objects.filter(owner=person), "title", "state", "ordered_at", "file_name")}


def _erase(person: User) -> None:
    for build in Build.objects.filter(owner=person):
        if build.file:
            build.file.delete(save=False)
        build.delete()


DOCUMENTS = PrivacySource("documents", _export, _erase)
