"""Storing files once, hanging them on write-ups, and clearing away what nothing uses."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pghistory
import structlog
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from accounts.models import User
from practices.files import quota
from practices.files.checking import Checked, check
from practices.files.reading import chunks
from practices.models import Attachment, Practice, StoredFile
from practices.models.files import FOLDER

log = structlog.get_logger(__name__)
# So long an old version of a write-up can be restored with its files.
KEPT_UNUSED = timedelta(days=30)
# An upload that is just being written has no row yet.
KEPT_UNKNOWN = timedelta(days=1)


def store(*, checked: Checked) -> StoredFile:
    """The row of these bytes, which are written unless they are there. Two at once make one."""
    digest = digest_of(checked.content)
    with transaction.atomic():
        _lock(digest)
        row, is_new = StoredFile.objects.get_or_create(
            digest=digest,
            defaults={
                "size": checked.content.size,
                "media_type": checked.kind.media_type,
                "extension": checked.kind.extension,
            },
        )
        if not is_new:
            StoredFile.objects.filter(pk=row.pk).update(used_at=timezone.now())
        if is_new or not default_storage.exists(row.path):
            # What lies there without a row may be half a file of a process that was killed.
            default_storage.delete(row.path)
            checked.content.seek(0)
            default_storage.save(row.path, checked.content)
    return row


def attach(
    *, practice: Practice, upload: File | Checked, by: User, title: str = "", alt_text: str = ""
) -> Attachment:
    """Store a file and hang it on a write-up; UnacceptableFileError when it may not be stored."""
    checked = upload if isinstance(upload, Checked) else check(upload)
    with transaction.atomic():
        quota.require(by=by, size=checked.content.size)
        stored = store(checked=checked)
        return hang(
            practice=practice, stored=stored, name=checked.name, by=by, title=title, alt_text=alt_text
        )


def hang(
    *, practice: Practice, stored: StoredFile, name: str, by: User, title: str = "", alt_text: str = ""
) -> Attachment:
    """Hang a stored file on a write-up; one that already hangs there is given back as it is."""
    with transaction.atomic(), pghistory.context(user=by.pk):
        Practice.objects.select_for_update(of=("self",)).get(pk=practice.pk)
        last = practice.attachments.aggregate(last=Max("position"))["last"] or 0
        attachment, _is_new = Attachment.objects.get_or_create(
            practice=practice,
            stored=stored,
            defaults={
                "title": title.strip(),
                "alt_text": alt_text.strip(),
                "original_name": name,
                "position": last + 1,
                "uploaded_by": by,
            },
        )
    return attachment


def describe(*, attachment: Attachment, by: User) -> None:
    """Save what a file is called and what is said of a picture; the caller has claimed its next version."""
    with transaction.atomic(), pghistory.context(user=by.pk):
        attachment.save(update_fields=["title", "alt_text", "version"])


def remove(*, attachment: Attachment, by: User) -> None:
    """Take a file off a write-up. Its history stays; the bytes go later if nothing else uses them."""
    with transaction.atomic(), pghistory.context(user=by.pk):
        attachment.delete()
        StoredFile.objects.filter(pk=attachment.stored_id).update(used_at=timezone.now())


def unused() -> QuerySet[StoredFile]:
    """Files that nothing refers to and that nobody has used for a while."""
    rows = StoredFile.objects.filter(used_at__lt=timezone.now() - KEPT_UNUSED)
    for relation in StoredFile._meta.related_objects:
        rows = rows.filter(**{f"{relation.name}__isnull": True})
    return rows


def sweep() -> int:
    """Delete the bytes that nothing refers to; returns how many files went."""
    candidates = list(unused().values_list("pk", "digest"))
    return sum(_delete_if_unused(pk, digest) for pk, digest in candidates) + _sweep_unknown()


def _delete_if_unused(pk: int, digest: str) -> bool:
    """Look again alone: somebody may just be uploading the same bytes, or hang up what was stored."""
    with transaction.atomic():
        _lock(digest)
        if not StoredFile.objects.select_for_update().filter(pk=pk).exists():
            return False
        row = unused().filter(pk=pk).first()
        if row is None:
            return False
        row.delete()
        # The database has the last word before the bytes go.
        connection.check_constraints()
        default_storage.delete(row.path)
    return True


def _sweep_unknown() -> int:
    """Bytes without a row: their upload was broken off before it was committed."""
    count = 0
    for folder in _entries(FOLDER)[0]:
        names = _entries(f"{FOLDER}/{folder}")[1]
        known = set(StoredFile.objects.filter(digest__in=names).values_list("digest", flat=True))
        for digest in set(names) - known:
            count += _delete_if_unknown(digest, f"{FOLDER}/{folder}/{digest}")
    return count


def _delete_if_unknown(digest: str, path: str) -> bool:
    with transaction.atomic():
        _lock(digest)
        if StoredFile.objects.filter(digest=digest).exists():
            return False
        if default_storage.get_modified_time(path) > timezone.now() - KEPT_UNKNOWN:
            return False
        default_storage.delete(path)
    return True


def _entries(path: str) -> tuple[list[str], list[str]]:
    try:
        return default_storage.listdir(path)
    except FileNotFoundError:  # nothing has ever been uploaded
        return [], []


def digest_of(content: File) -> str:
    """Under which these bytes are stored."""
    digest = hashlib.sha256()
    for chunk in chunks(content):
        digest.update(chunk)
    return digest.hexdigest()


def _lock(digest: str) -> None:
    """Until the transaction ends nobody else stores or deletes these bytes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [digest])
