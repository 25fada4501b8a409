"""Many invitations at once: a preview line by line, nothing sent before, nothing twice."""

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cities.enums import Role
from cities.models import City, Invitation
from cities.people import actions
from notifications.models import OutgoingMail
from tests.factories import logged_in, make_city, make_coordinator, make_user

pytestmark = pytest.mark.django_db
PATH = "/koordination/einladungen/viele/"


@pytest.fixture
def city() -> City:
    return make_city("Landau in der Pfalz", ags="07313000")


@pytest.fixture
def client() -> Client:
    return logged_in(make_coordinator())


def preview(client: Client, text: str = "", **more: Any) -> Any:
    return client.post(PATH, {"text": text, **more})


def complaints(response: Any) -> dict[int, list[str]]:
    return {line.number: line.complaints for line in response.context["lines"] if line.complaints}


def test_nothing_is_sent_before_somebody_says_so(city: City, client: Client) -> None:
    text = (
        "E-Mail;Name;Stadt;Rolle\n"
        "anna@example.org;Anna Amt;Landau in der Pfalz;Redaktion\n"
        "\n"
        "ben@example.org;Ben Büro;07313000;Verwaltung\n"
    )
    shown = preview(client, text)
    assert complaints(shown) == {}
    assert not Invitation.objects.exists()
    assert not OutgoingMail.objects.exists()
    sent = preview(client, shown.context["list"], deed="send")
    assert sent["Location"] == "/koordination/einladungen/"
    assert list(Invitation.objects.order_by("email").values_list("email", "name", "city", "role")) == [
        ("anna@example.org", "Anna Amt", city.pk, Role.AUTHOR),
        ("ben@example.org", "Ben Büro", city.pk, Role.MANAGER),
    ]
    assert OutgoingMail.objects.count() == 2


def test_every_line_says_what_is_wrong_and_the_rest_can_go(city: City, client: Client) -> None:
    make_user(Role.AUTHOR, city=city, email="da@example.org")
    actions.invite(email="wartet@example.org", city=city, role=Role.AUTHOR, by=make_coordinator())
    OutgoingMail.objects.all().delete()
    text = "\n".join(
        [
            "gut@example.org, Gut, Landau in der Pfalz, Leitung",
            "keine adresse, X, Landau in der Pfalz, Redaktion",
            "a@example.org, A, Nirgendwo, Redaktion",
            "b@example.org, B, , Redaktion",
            "c@example.org, C, Landau in der Pfalz, Chef",
            "da@example.org, D, Landau in der Pfalz, Redaktion",
            "wartet@example.org, E, Landau in der Pfalz, Redaktion",
            "GUT@example.org, F, landau in der pfalz, Redaktion",
        ]
    )
    shown = preview(client, text)
    found = complaints(shown)
    assert set(found) == {2, 3, 4, 5, 6, 7, 8}
    for number, words in {
        2: "keine E-Mail-Adresse",
        3: "keine Stadt im Netzwerk",
        4: "Die Stadt fehlt",
        5: "Rolle „Chef“",
        6: "Arbeitet schon",
        7: "schon eingeladen",
        8: "Zeile 1",
    }.items():
        assert words in found[number][0]
    rest = preview(client, shown.context["list"], deed="send")
    assert rest.status_code == 200
    assert [mail.to for mail in OutgoingMail.objects.all()] == ["gut@example.org"]
    assert "gut@example.org\t" not in rest.context["list"].lower().replace("gut@example.org\tf", "")
    assert "keine adresse" in rest.content.decode(), "what is wrong stays in the field"


def test_every_line_has_a_separator_of_its_own_and_comes_back_as_it_was_typed(
    city: City, client: Client
) -> None:
    text = "\n".join(
        [
            "anna@example.org;Anna Amt;Landau in der Pfalz;Redaktion",
            "ben@example.org,Ben Büro,Landau in der Pfalz,Leitung",
            'cem@example.org\t"Cem\nCentral"\tLandau in der Pfalz\tVerwaltung',
            'dora@example.org;Dora "Do;Landau in der Pfalz;',
            "Franz Fischer Landau in der Pfalz",
            "Eva.Ernst@Example;Eva Ernst;Landau in der Pfalz;Redaktion",
        ]
    )
    shown = preview(client, text)
    lines = {line.number: line for line in shown.context["lines"]}
    assert [lines[number].name for number in (1, 2, 3, 5)] == [
        "Anna Amt",
        "Ben Büro",
        "Cem Central",
        "Dora Do",
    ]
    assert set(complaints(shown)) == {6, 7}
    assert "„Franz Fischer Landau in der Pfalz“ ist keine E-Mail-Adresse" in complaints(shown)[6][0]
    rest = preview(client, shown.context["list"], deed="send")
    assert {mail.to.split("@")[0] for mail in OutgoingMail.objects.all()} == {"anna", "ben", "cem", "dora"}
    kept = [line.split("\t")[0] for line in rest.context["list"].splitlines()]
    assert kept == ["Franz Fischer Landau in der Pfalz", "Eva.Ernst@Example"]


def test_a_spreadsheet_and_an_office_csv_are_read(city: City, client: Client) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet
    for row in (["Rolle", "Stadt", "E-Mail-Adresse"], ["Leitung", "Landau in der Pfalz", "x@example.org"]):
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    csv = "E-Mail;Name;Gemeinde;Rolle\r\ny@example.org;Jörg Müller;Landau in der Pfalz;\r\n".encode("cp1252")
    for name, data, expected in (
        ("liste.xlsx", content.getvalue(), ("x@example.org", "", Role.LEADER)),
        ("liste.csv", csv, ("y@example.org", "Jörg Müller", Role.AUTHOR)),
    ):
        shown = client.post(PATH, {"file": SimpleUploadedFile(name, data)})
        line = shown.context["lines"][0]
        assert (line.email, line.name, line.role, line.is_good) == (*expected, True)


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04kaputt", b"\x00\x01\x02", b"", b"E-Mail;Name\n", b'"a\x00b;'],
    ids=["no workbook", "bytes", "empty", "only a heading", "control signs"],
)
def test_what_is_no_list_is_told_at_the_field(client: Client, data: bytes) -> None:
    response = client.post(PATH, {"file": SimpleUploadedFile("liste.csv", data)})
    assert response.status_code == 422
    assert set(response.context["form"].errors) & {"file", "__all__"}


def test_too_many_and_too_large_are_refused(city: City, client: Client) -> None:
    many = "\n".join(f"p{n}@example.org;;Landau in der Pfalz;" for n in range(301))
    assert "Höchstens 300" in preview(client, many).content.decode()
    large = client.post(PATH, {"file": SimpleUploadedFile("l.csv", b"x" * (1024 * 1024 + 1))})
    assert "größer als 1 MB" in large.content.decode()


@pytest.mark.parametrize("role", list(Role))
def test_others_invite_nobody_this_way(city: City, role: Role) -> None:
    client = logged_in(make_user(role, city=city))
    assert preview(client, "x@example.org;;Landau in der Pfalz;", deed="send").status_code == 403
    assert not Invitation.objects.exists()


def test_an_expired_invitation_is_sent_again_or_withdrawn_from_the_list(city: City, client: Client) -> None:
    first = actions.invite(email="a@example.org", city=city, role=Role.AUTHOR, by=make_coordinator())
    second = actions.invite(
        email="b@example.org", city=None, role=None, as_coordinator=True, by=make_coordinator()
    )
    client.post(f"/koordination/einladungen/{first.pk}/erneut/")
    client.post(f"/koordination/einladungen/{second.pk}/zurueckziehen/")
    assert OutgoingMail.objects.filter(to="a@example.org").count() == 2
    second.refresh_from_db()
    assert second.revoked_at
    stranger = logged_in(make_user(Role.MANAGER))
    assert stranger.post(f"/koordination/einladungen/{first.pk}/zurueckziehen/").status_code == 403
