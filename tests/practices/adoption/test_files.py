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
from tests.sweeps.table import read_to_the_end

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


def status(client: Client, address: str) -> int:
    return read_to_the_end(client.get(address)).status_code


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


@pytest.mark.parametrize(
    ("visibility", "confirmed", "said", "readers"),
    [
        ("public", False, "sofort alle Mitglieder des Netzwerks, und sobald", {"member"}),
        ("public", True, "alle, auch ohne Anmeldung, denn", {"member", "visitor"}),
        ("network", True, "Netzwerks, sonst niemand", {"member"}),
        ("anonymous", True, "die Stadt, die geschrieben hat, und die Koordination", set()),
    ],
)
def test_the_page_says_who_may_download_and_it_is_so(
    visibility: str, confirmed: bool, said: str, readers: set[str]
) -> None:
    adoption = adopt(make_practice(visibility=visibility), confirmed=confirmed)
    own = logged_in(make_user("author", city=adoption.city))
    address = f"/uebernahmen/{adoption.pk}/dateien/"
    assert send(own, address, TEXT).status_code == 302
    assert said in own.get(address).text
    file = adoption.files.get().download_url
    people = {"member": logged_in(make_user("author")), "visitor": logged_in(None)}
    got = {name for name, client in people.items() if status(client, file) == 200}
    assert got == readers
    author = logged_in(make_user("author", city=adoption.subject.city))
    assert status(author, file) == 200


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
