"""Hanging files on a write-up through the page for it."""

from __future__ import annotations

import os
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practices.enums import Visibility
from practices.files import quota
from practices.files.checking import MAX_SIZE
from practices.files.receiving import BoundedUploadHandler
from practices.models import Attachment, Practice, StoredFile
from tests.factories import logged_in, make_city, make_practice, make_user
from tests.practices.files import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice() -> Practice:
    return make_practice(city=make_city())


@pytest.fixture
def manager(practice: Practice) -> Client:
    return logged_in(make_user("manager", city=practice.city, name="Verena Waltung"))


def send(client: Client, practice: Practice, content: bytes, name: str = "Plan.pdf", **more: str) -> Any:
    upload = SimpleUploadedFile(name, content)
    return client.post(f"/praxis/{practice.pk}/dateien/", {"upload": upload} | more)


def test_an_editor_uploads_describes_and_removes(manager: Client, practice: Practice) -> None:
    assert send(manager, practice, samples.picture(), "Foto.png", title="Das Amt").status_code == 302
    attachment = practice.attachments.get()
    page = manager.get(f"/praxis/{practice.pk}/dateien/").content.decode()
    assert "Das Amt" in page
    assert "von Verena Waltung" in page
    assert "Noch ohne Beschreibung" in page
    address = f"/praxis/{practice.pk}/dateien/{attachment.pk}"
    answer = manager.post(
        f"{address}/beschreiben/", {"title": "Das Amt", "alt_text": "Ein Haus", "version": 1}
    )
    assert answer.status_code == 302
    attachment.refresh_from_db()
    assert attachment.alt_text == "Ein Haus"
    assert manager.get(f"{address}/entfernen/").status_code == 200
    assert practice.attachments.exists(), "looking at the question removes nothing"
    for _twice in range(2):
        assert manager.post(f"{address}/entfernen/").status_code == 302
    assert not practice.attachments.exists()


def test_refusal_stands_at_the_field_and_keeps_what_was_typed(manager: Client, practice: Practice) -> None:
    response = send(manager, practice, samples.with_macros(), "Plan.docm", title="Mein Titel")
    assert response.status_code == 422
    form = response.context["form"]
    assert "enthält Makros" in form.errors["upload"][0]
    assert 'value="Mein Titel"' in response.content.decode()
    assert not StoredFile.objects.exists()


def test_a_missing_file_is_asked_for(manager: Client, practice: Practice) -> None:
    response = manager.post(f"/praxis/{practice.pk}/dateien/", {"title": "Ohne"})
    assert response.status_code == 422
    assert response.context["form"].errors["upload"] == ["Bitte wählen Sie eine Datei."]


def test_far_too_large_is_counted_and_not_kept(manager: Client, practice: Practice) -> None:
    response = send(manager, practice, b"a" * (MAX_SIZE + 12 * 1024 * 1024), "x.txt", title="Mein Titel")
    assert "Die Datei hat 62 MB; höchstens 50 MB sind möglich." in response.content.decode()
    assert 'value="Mein Titel"' in response.content.decode()
    assert not StoredFile.objects.exists()


def test_beyond_the_limit_nothing_is_kept_on_the_disk() -> None:
    handler = BoundedUploadHandler()
    handler.new_file("upload", "x.txt", "text/plain", None, None, None)
    megabyte = b"a" * 1024 * 1024
    for number in range(60):
        handler.receive_data_chunk(megabyte, number * len(megabyte))
        assert os.path.getsize(handler.file.temporary_file_path()) <= MAX_SIZE
    upload: Any = handler.file_complete(60 * len(megabyte))
    assert (upload.size, os.path.getsize(upload.temporary_file_path())) == (60 * len(megabyte), 0)
    upload.close()


def test_anonymous_write_ups_warn_of_what_a_file_tells(manager: Client, practice: Practice) -> None:
    url = f"/praxis/{practice.pk}/dateien/"
    assert "vielleicht nicht" not in manager.get(url).content.decode()
    Practice.objects.filter(pk=practice.pk).update(visibility=Visibility.ANONYMOUS)
    assert "bleiben aber Verfasser" in manager.get(url).content.decode()


def test_nobody_else_changes_the_files(practice: Practice, manager: Client) -> None:
    send(manager, practice, samples.PDF)
    attachment = practice.attachments.get()
    stranger = logged_in(make_user("manager"))
    for end in ("", f"{attachment.pk}/beschreiben/", f"{attachment.pk}/entfernen/"):
        url = f"/praxis/{practice.pk}/dateien/{end}"
        assert stranger.post(url, {"title": "Fremd"}).status_code == 403
        assert logged_in(None).post(url).status_code == 302
    assert Attachment.objects.get().title == ""


MANY = settings(
    max_examples=25,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@MANY
@given(
    st.text(max_size=300), st.binary(max_size=60), st.text(max_size=400), st.sampled_from([b"", samples.PDF])
)
def test_any_upload_gets_an_answer(
    manager: Client, practice: Practice, name: str, content: bytes, title: str, start: bytes
) -> None:
    before = practice.attachments.count()
    upload: Any = SimpleUploadedFile("x", start + content)
    upload._name = name.encode("utf-8", "replace").decode()
    response = manager.post(f"/praxis/{practice.pk}/dateien/", {"upload": upload, "title": title})
    assert response.status_code in {302, 422}
    assert practice.attachments.count() - before in ({0, 1} if response.status_code == 302 else {0})


def test_of_two_who_describe_a_picture_the_second_is_asked(manager: Client, practice: Practice) -> None:
    send(manager, practice, samples.picture(), "Foto.png", title="Das Amt")
    attachment = practice.attachments.get()
    address = f"/praxis/{practice.pk}/dateien/{attachment.pk}/beschreiben/"
    opened = manager.get(address).context["form"]
    base = {"version": opened["version"].value(), "base": opened["base"].value()}
    first = {"title": "Rathaus", "alt_text": "Ein Haus"}
    assert manager.post(address, base | first).status_code == 302
    second = manager.post(address, base | {"title": "Amtshaus", "alt_text": "Ein Haus"})
    assert second.status_code == 422
    assert [conflict.theirs for conflict in second.context["form"].conflicts] == ["Rathaus"]
    attachment.refresh_from_db()
    assert (attachment.title, attachment.alt_text) == ("Rathaus", "Ein Haus")


def test_files_are_complete_once_every_picture_says_what_it_shows(
    manager: Client, practice: Practice
) -> None:
    send(manager, practice, samples.picture(), "Foto.png")
    assert _state_of_files(manager, practice) == "started"
    practice.attachments.update(alt_text="Ein Haus")
    assert _state_of_files(manager, practice) == "complete"


def _state_of_files(client: Client, practice: Practice) -> str:
    tasks = client.get(f"/praxis/{practice.pk}/bearbeiten/").context["tasks"]
    return next(str(task.state) for task in tasks if task.url.endswith("/dateien/"))


def test_a_days_uploads_of_one_person_have_an_end(
    manager: Client, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quota, "MOST_A_DAY", len(samples.PDF) + 10)
    assert send(manager, practice, samples.PDF, "Eins.pdf").status_code == 302
    practice.attachments.get().delete()
    refused = send(manager, practice, samples.PDF + b"\n%anders", "Zwei.pdf", title="Mein Titel")
    assert refused.status_code == 422, "what was taken off again counts as well"
    assert "morgen" in refused.text
    assert refused.context["form"]["title"].value() == "Mein Titel"
    assert not practice.attachments.exists()
