"""Name, claim, operator and logo of the network: entered once, shown everywhere, judged by content."""

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client

from cities.enums import Role
from cities.people import actions
from notifications.models import OutgoingMail
from tests.factories import logged_in, make_city, make_coordinator, make_user
from ui.identity import identity, keep_for
from ui.models import Identity

pytestmark = pytest.mark.django_db
PATH = "/koordination/seiten/netzwerk/"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYPgPAAEDAQAIicLsAAAAAElFTkSuQmCC"
)


@pytest.fixture(autouse=True)
def _read_anew() -> Iterator[None]:
    yield
    keep_for(24 * 3600)


@pytest.fixture
def client() -> Client:
    return logged_in(make_coordinator())


def save(client: Client, **fields: Any) -> Any:
    row = Identity.objects.first()
    data = {"name": "Netz der Städte", "claim": "Gemeinsam klüger", "operator": "Stadt Muster"} | fields
    if row:
        data |= {"version": row.version}
    response = client.post(PATH, data)
    keep_for(0)  # what the commit does outside of tests
    return response


def test_the_settings_speak_until_somebody_enters_a_name(client: Client) -> None:
    keep_for(0)
    assert identity().name == "IKONE-DS"
    assert 'value="IKONE-DS"' in client.get(PATH).content.decode()
    assert save(client)["Location"] == PATH
    page = Client().get("/").content.decode()
    assert "Netz der Städte" in page
    assert "Gemeinsam klüger" in page
    assert "<img" not in page.split("site-name__network")[0].split("site-name")[-1]
    assert identity().operator == "Stadt Muster"
    actions.invite(email="a@example.org", city=make_city(), role=Role.AUTHOR, by=make_coordinator())
    mail = OutgoingMail.objects.get()
    assert "Netz der Städte" in mail.subject
    assert "Netz der Städte" in mail.text


def test_a_logo_is_written_anew_and_can_be_removed(client: Client) -> None:
    save(client, upload=SimpleUploadedFile("böse.exe", PNG))
    row = Identity.objects.get()
    assert row.logo_type == "image/png"
    assert f'src="/logo/{row.version}/"' in Client().get("/").content.decode()
    picture = Client().get(f"/logo/{row.version}/")
    assert (picture["Content-Type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    assert "immutable" in picture["Cache-Control"]
    save(client, removes_logo="on")
    assert Identity.objects.get().logo_type == ""
    assert Client().get("/logo/1/").status_code == 404
    assert "/logo/" not in Client().get("/").content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 61),
        ("claim", "x" * 121),
        ("upload", SimpleUploadedFile("logo.png", b"<svg onload=alert(1)>")),
        ("upload", SimpleUploadedFile("logo.png", PNG[:40])),
        ("upload", SimpleUploadedFile("logo.png", b"\x89PNG" + b"x" * (2 * 1024 * 1024))),
    ],
)
def test_bad_input_is_told_at_the_field_and_changes_nothing(client: Client, field: str, value: Any) -> None:
    refused = save(client, **{field: value})
    assert refused.status_code == 422
    assert field in refused.context["form"].errors
    assert "[&#x27;" not in refused.content.decode(), "a sentence, not a list of Python"
    assert not Identity.objects.exists()


@pytest.mark.parametrize("role", list(Role))
def test_nobody_else_names_the_network(role: Role) -> None:
    member = logged_in(make_user(role))
    assert member.get(PATH).status_code == 403
    assert save(member).status_code == 403
    assert not Identity.objects.exists()


def test_there_is_one_identity_at_most() -> None:
    with pytest.raises(IntegrityError, match="identity_only_one"):
        Identity.objects.create(pk=2, name="Zweites Netz")


def test_a_logo_needs_its_type() -> None:
    with pytest.raises(IntegrityError, match="identity_logo_with_type"):
        Identity.objects.create(pk=1, name="Netz", logo=b"x")
