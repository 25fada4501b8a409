"""What this app holds of a person: the documents they have ordered, for a day."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from accounts.privacy import PrivacySource
from documents.models import Build


def _export(person: User) -> list[dict[str, Any]]:
    rows = Build.objects.filter(owner=person).values("title", "state", "ordered_at", "file_name")
    return [dict(row) for row in rows]


def _erase(person: User) -> None:
    for build in Build.objects.filter(owner=person):
        if build.file:
            build.file.delete(save=False)
        build.delete()


DOCUMENTS = PrivacySource("documents", _export, _erase)
