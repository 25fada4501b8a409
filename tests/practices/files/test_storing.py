"""Bytes are stored once, and go when nothing refers to them: never earlier."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from practices.files import actions
from practices.files.checking import check
from practices.models import Attachment, Practice, StoredFile
from tests.factories import make_practice, make_user
from tests.practices.files import samples

pytestmark = pytest.mark.django_db


def upload(content: bytes = samples.PDF, name: str = "Bericht.pdf") -> ContentFile:
    return ContentFile(content, name=name)


def attach(practice: Practice, content: bytes = samples.PDF, name: str = "Bericht.pdf") -> Attachment:
    return actions.attach(practice=practice, upload=upload(content, name), by=make_user())


def long_ago(stored: StoredFile) -> None:
    StoredFile.objects.filter(pk=stored.pk).update(used_at=timezone.now() - timedelta(days=31))


def stored_bytes(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def test_same_bytes_on_two_write_ups_are_stored_once(media: Path) -> None:
    first = attach(make_practice())
    second = attach(make_practice(), name="Anderer Name.pdf")
    assert first.stored == second.stored
    (path,) = stored_bytes(media)
    assert path.name == first.stored.digest
    assert path.read_bytes() == samples.PDF
    assert second.original_name == "Anderer Name.pdf"


def test_same_file_twice_on_a_write_up_is_one_attachment() -> None:
    practice = make_practice()
    assert attach(practice) == attach(practice, name="Noch einmal.pdf")
    assert practice.attachments.get().original_name == "Bericht.pdf"


def test_a_second_attachment_of_the_same_file_is_impossible() -> None:
    first = attach(make_practice())
    with pytest.raises(IntegrityError, match="attachment_once_a_practice"), transaction.atomic():
        Attachment.objects.create(practice=first.practice, stored=first.stored, original_name="a.pdf")


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [({"size": 0}, "storedfile_not_empty"), ({"digest": "../../etc/passwd"}, "storedfile_digest")],
)
def test_impossible_files_are_refused_by_the_database(fields: dict[str, object], constraint: str) -> None:
    row = {"digest": "a" * 64, "size": 1, "media_type": "text/plain", "extension": "txt"} | fields
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        StoredFile.objects.create(**row)


def test_used_files_stay_however_old(media: Path) -> None:
    attachment = attach(make_practice())
    long_ago(attachment.stored)
    assert actions.sweep() == 0
    assert stored_bytes(media)


def test_removed_file_goes_after_the_last_who_uses_it(media: Path) -> None:
    first, second = attach(make_practice()), attach(make_practice())
    actions.remove(attachment=first, by=make_user())
    long_ago(second.stored)
    assert actions.sweep() == 0
    actions.remove(attachment=second, by=make_user())
    assert actions.sweep() == 0, "removed a moment ago"
    long_ago(second.stored)
    assert actions.sweep() == 1
    assert not stored_bytes(media)
    assert not StoredFile.objects.exists()


def test_removing_keeps_the_history() -> None:
    attachment, by = attach(make_practice()), make_user()
    events = type(attachment).pgh_event_model.objects.filter(pgh_obj_id=attachment.pk)  # type: ignore[attr-defined]
    actions.remove(attachment=attachment, by=by)
    labels = events.order_by("pgh_id").values_list("pgh_label", "original_name")
    assert list(labels) == [("insert", "Bericht.pdf"), ("delete", "Bericht.pdf")]
    assert events.order_by("pgh_id").last().pgh_context.metadata["user"] == by.pk


def test_uploading_unused_bytes_again_saves_them_from_the_sweep(media: Path) -> None:
    stored = actions.store(checked=check(upload()))
    long_ago(stored)
    actions.store(checked=check(upload()))
    assert actions.sweep() == 0
    assert stored_bytes(media)


def test_lost_and_half_written_bytes_are_written_again(media: Path) -> None:
    stored = actions.store(checked=check(upload()))
    default_storage.delete(stored.path)
    actions.store(checked=check(upload()))
    assert stored_bytes(media)[0].read_bytes() == samples.PDF
    StoredFile.objects.all().delete()
    stored_bytes(media)[0].write_bytes(b"half")
    actions.store(checked=check(upload()))
    assert [path.read_bytes() for path in stored_bytes(media)] == [samples.PDF]


def test_bytes_of_a_broken_off_upload_go_after_a_day(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = actions.store(checked=check(upload()))
    stored.delete()
    assert actions.sweep() == 0
    monkeypatch.setattr(actions, "KEPT_UNKNOWN", timedelta(0))
    assert actions.sweep() == 1
    assert not stored_bytes(media)


@pytest.mark.django_db(transaction=True)
def test_two_people_uploading_the_same_at_once_make_one_file(media: Path) -> None:
    practices = [make_practice(), make_practice()]
    people = [make_user(), make_user()]
    start = threading.Barrier(2)
    failures: list[BaseException] = []

    def run(number: int) -> None:
        try:
            start.wait(timeout=10)
            actions.attach(practice=practices[number], upload=upload(), by=people[number])
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert not failures
    assert len(stored_bytes(media)) == StoredFile.objects.count() == 1
    assert Attachment.objects.count() == 2
