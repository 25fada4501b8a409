"""Files of an adoption have the same ends as all uploads, and what is refused leaves no bytes behind."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from practices.adoption import files
from practices.files import quota
from practices.models import Adoption, StoredFile
from tests.factories import logged_in, make_practice, make_user
from tests.practices.adoption.rows import adopt

pytestmark = pytest.mark.django_db
TEXT = b"Unsere Leistungsbeschreibung."


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    """Where this test's files lie."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def adoption() -> Adoption:
    return adopt()


@pytest.fixture
def client(adoption: Adoption) -> Client:
    return logged_in(make_user("manager", city=adoption.city))


def send(client: Client, address: str, content: bytes) -> Any:
    upload = SimpleUploadedFile("Leistung.txt", content)
    return client.post(address, {"upload": upload, "title": "Mein Titel"})


def stored_bytes(media: Path) -> int:
    return sum(path.is_file() for path in media.rglob("*"))


def test_what_one_person_uploads_in_a_day_ends_here_as_everywhere(
    client: Client, adoption: Adoption, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, practice = f"/uebernahmen/{adoption.pk}/dateien/", make_practice(city=adoption.city)
    monkeypatch.setattr(quota, "MOST_A_DAY", 2 * len(TEXT) + 10)
    assert send(client, address, TEXT).status_code == 302
    assert send(client, f"/praxis/{practice.pk}/dateien/", TEXT + b"!").status_code == 302
    adoption.files.get().delete()
    for refusing in (address, f"/praxis/{practice.pk}/dateien/"):
        refused = send(client, refusing, TEXT + b"?")
        assert refused.status_code == 422, "what was taken off again counts as well"
        assert "morgen" in refused.text
        assert refused.context["form"]["title"].value() == "Mein Titel"
    assert not adoption.files.exists()
    assert stored_bytes(media) == 2


def test_one_too_many_is_refused_before_it_is_stored(
    client: Client, adoption: Adoption, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/uebernahmen/{adoption.pk}/dateien/"
    monkeypatch.setattr(files, "MOST_FILES", 1)
    assert send(client, address, TEXT).status_code == 302
    assert send(client, address, TEXT).status_code == 302, "it hangs there already"
    refused = send(client, address, TEXT + b"!")
    assert refused.status_code == 422
    assert "Nehmen Sie zuerst eine weg" in refused.text
    assert adoption.files.count() == StoredFile.objects.count() == stored_bytes(media) == 1
