"""Writes of the import: keep what was read, take it over into a write-up, place what was left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import pghistory
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from practices import actions
from practices.actions import NO_LINKS, Links
from practices.enums import Kind
from practices.files import actions as files
from practices.files.checking import UnacceptableFileError, check
from practices.files.pictures import effort_of
from practices.importing.losses import Loss
from practices.importing.outline import Outline, shortened
from practices.importing.placing import LATER, composed
from practices.importing.services import services_among
from practices.importing.word import Picture
from practices.models import ImportedDocument, ImportedPart, ImportedPicture, Practice
from topics.models import Service

KEPT = timedelta(days=14)  # a document that nobody takes over
MOST_WAITING = 20  # documents of one person that are not taken over
MOST_EFFORT = 120_000_000  # pixels of all pictures of a document, which are re-encoded while somebody waits
EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}


@dataclass(frozen=True)
class Choice:
    """What somebody decided about a document: where parts go, what is replaced, what else comes along."""

    targets: Mapping[int, str]
    replaced: Collection[str] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    tags: Sequence[str] = ()
    pictures: Mapping[int, str] = field(default_factory=dict)  # alternative texts by a picture's key


class TooManyWaitingError(Exception):
    """This person has to take over or discard a document first."""


class TakenOverError(Exception):
    """The document has been taken over already: the same form was sent twice."""

    def __init__(self, practice: Practice) -> None:
        super().__init__(str(practice))
        self.practice = practice


def keep(
    *,
    name: str,
    outline: Outline,
    by: User,
    practice: Practice | None = None,
    pictures: Sequence[Picture] = (),
    losses: Sequence[Loss] = (),
    facts: Mapping[str, str] | None = None,
    tags: Sequence[str] = (),
) -> ImportedDocument:
    """Store what was read until somebody decides where it goes. Raises TooManyWaitingError."""
    with transaction.atomic():
        # One at a time for each person, so that many at once do not slip past the count.
        User.objects.select_for_update().get(pk=by.pk)
        if waiting_of(by).count() >= MOST_WAITING:
            raise TooManyWaitingError
        document = ImportedDocument.objects.create(
            name=shortened(name, 200),
            title=outline.title,
            summary=outline.summary,
            facts=dict(facts or {}),
            tags=list(tags),
            practice=practice,
            created_by=by,
        )
        ImportedPart.objects.bulk_create(
            ImportedPart(
                document=document,
                position=position,
                heading=shortened(part.heading, 300),
                text=part.text,
                section=part.section,
            )
            for position, part in enumerate(outline.parts)
        )
        lost = _keep_pictures(document, pictures)
        document.losses = [[loss.code, loss.number] for loss in losses] + [
            [code, number] for code, number in lost.items()
        ]
        document.save(update_fields=["losses"])
    return document


def waiting_of(user: User) -> QuerySet[ImportedDocument]:
    """What this person has brought and not taken over yet."""
    return ImportedDocument.objects.filter(created_by=user.pk, taken_over_at__isnull=True)


def _keep_pictures(document: ImportedDocument, pictures: Sequence[Picture]) -> Counter[str]:
    """Keep what can be kept; returns by kind of loss how many could not."""
    lost: Counter[str] = Counter()
    left = MOST_EFFORT
    for picture in pictures:
        extension = EXTENSIONS.get(picture.media_type, "png")
        content = ContentFile(picture.content, name=f"bild-{picture.number}.{extension}")
        effort = effort_of(content)
        if effort > left:
            lost["heavy_pictures"] += 1
            continue
        left -= effort
        if not _keep_picture(document, picture, content):
            lost["odd_pictures"] += 1
    return lost


def _keep_picture(document: ImportedDocument, picture: Picture, content: ContentFile) -> bool:
    """Whether the picture could be kept: formats like EMF cannot be shown by a browser."""
    try:
        stored = files.store(checked=check(content))
    except UnacceptableFileError:
        return False
    ImportedPicture.objects.create(
        document=document, number=picture.number, stored=stored, alt_text=shortened(picture.alt_text, 300)
    )
    return True


def create_from(*, document: ImportedDocument, practice: Practice, choice: Choice, by: User) -> Practice:
    """Make a draft of a document. What was not placed stays with the draft."""
    with transaction.atomic(), pghistory.context(user=by.pk):
        document = _locked(document)
        parts = list(document.parts.all())
        for name, value in {**choice.facts, **composed(practice, parts, choice.targets)}.items():
            setattr(practice, name, value)
        if practice.stop_reason:
            practice.kind = Kind.STOPPED
        services, tags = services_among(choice.tags)
        practice = actions.create(practice=practice, links=Links(tags=tags, services=services), by=by)
        _finish(document, practice, choice, by)
    return practice


def add_to(*, document: ImportedDocument, choice: Choice, by: User) -> Practice:
    """Take a document over into the write-up that it was uploaded for."""
    with transaction.atomic(), pghistory.context(user=by.pk):
        document = _locked(document)
        assert document.practice_id is not None  # noqa: S101  the caller knows which write-up
        practice = _write(document.practice_id, list(document.parts.all()), choice, by)
        _finish(document, practice, choice, by)
    return practice


def place(
    *, practice: Practice, parts: Sequence[ImportedPart], targets: Mapping[int, str], by: User
) -> Practice:
    """Move parts that were left over into sections, or drop them."""
    with transaction.atomic(), pghistory.context(user=by.pk):
        # Locked, so that of two people who place the same part one does.
        locked = list(ImportedPart.objects.select_for_update().filter(pk__in=[part.pk for part in parts]))
        practice = _write(practice.pk, locked, Choice(targets), by)
        _remove_placed(locked, targets)
        ImportedDocument.objects.filter(
            practice=practice, taken_over_at__isnull=False, parts__isnull=True
        ).delete()
    return practice


def discard(*, document: ImportedDocument) -> None:
    """Forget an upload that was not taken over."""
    ImportedDocument.objects.filter(pk=document.pk, taken_over_at__isnull=True).delete()


def expire() -> int:
    """Forget uploads that nobody took over in time; returns how many."""
    old = ImportedDocument.objects.filter(taken_over_at__isnull=True, created_at__lt=timezone.now() - KEPT)
    return old.delete()[1].get("practices.ImportedDocument", 0)


def _locked(document: ImportedDocument) -> ImportedDocument:
    row = ImportedDocument.objects.select_for_update().get(pk=document.pk)
    if row.taken_over_at is not None:
        assert row.practice is not None  # noqa: S101  a constraint says so
        raise TakenOverError(row.practice)
    return row


def _write(pk: int, parts: Sequence[ImportedPart], choice: Choice, by: User) -> Practice:
    """Write what arrives into the row as it is now, so that nobody's text is lost."""
    practice = Practice.objects.select_related("city").select_for_update(of=("self",)).get(pk=pk)
    changed = {**choice.facts, **composed(practice, parts, choice.targets, choice.replaced)}
    for name, value in changed.items():
        setattr(practice, name, value)
    links = NO_LINKS
    if choice.tags:
        services, tags = services_among(choice.tags)
        practice.tags.add(*tags)
        known = Service.objects.filter(practice_links__practice=practice)
        links = Links(services=[*known, *services])
    if changed or choice.tags:
        actions.save(practice=practice, by=by, fields=list(changed), links=links)
    return practice


def _finish(document: ImportedDocument, practice: Practice, choice: Choice, by: User) -> None:
    for picture in document.pictures.select_related("stored"):
        if picture.pk in choice.pictures:
            files.hang(
                practice=practice,
                stored=picture.stored,
                name=f"bild-{picture.number}.{picture.stored.extension}",
                title=_("Bild %(number)d") % {"number": picture.number},
                alt_text=choice.pictures[picture.pk],
                by=by,
            )
    document.pictures.all().delete()
    _remove_placed(list(document.parts.all()), choice.targets)
    document.practice, document.taken_over_at = practice, timezone.now()
    document.save(update_fields=["practice", "taken_over_at"])


def _remove_placed(parts: Sequence[ImportedPart], targets: Mapping[int, str]) -> None:
    gone = [part.pk for part in parts if targets.get(part.pk, LATER) != LATER]
    ImportedPart.objects.filter(pk__in=gone).delete()
