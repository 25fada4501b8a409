"""Every page that takes a table reads what spreadsheets write and says what is wrong with anything else."""

from collections.abc import Sequence
from typing import NamedTuple

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cities.enums import Role
from cities.models import Invitation, ProductUse
from tests.factories import logged_in, make_city, make_coordinator, make_service, make_topic, make_user
from tests.support.tables import unreadable, workbook
from topics.models import Service, ServiceProgress

pytestmark = pytest.mark.django_db


class Page(NamedTuple):
    path: str
    is_coordination: bool
    rows: Sequence[Sequence[str]]
    empty: str = "Die Datei ist leer."


PAGES = {
    "products": Page(
        "/staedte/aachtal/produkte/einlesen/",
        False,
        [["Produkt", "Zweck"], ["Übersicht", "Wörter"]],
        "keine Tabelle mit Überschriften",
    ),
    "invitations": Page(
        "/koordination/einladungen/viele/",
        True,
        [["E-Mail", "Name", "Stadt", "Rolle"], ["j@example.org", "Jörg Übersicht", "Aachtal", "Redaktion"]],
        "Die Liste ist leer.",
    ),
    "progress": Page(
        "/themen/ozg/stadt/aachtal/tabelle/",
        False,
        [["Leistung", "Stand", "Stelle"], ["Gebühr", "online", "Übersicht"]],
    ),
    "catalogue": Page(
        "/themen/ozg/katalog/", True, [["Leistung", "Themenfeld"], ["Übersicht", "Bauen & Wohnen"]]
    ),
}


@pytest.fixture(params=PAGES.values(), ids=list(PAGES))
def page(request: pytest.FixtureRequest) -> Page:
    make_service("Gebühr", field=make_topic("Bauen & Wohnen"))
    return request.param


@pytest.fixture
def client(page: Page) -> Client:
    city = make_city("Aachtal", slug="aachtal")
    return logged_in(make_coordinator() if page.is_coordination else make_user(Role.AUTHOR, city=city))


def upload(client: Client, page: Page, content: bytes):
    # The name says nothing: whoever renames a file keeps its content.
    return client.post(page.path, {"file": SimpleUploadedFile("tabelle.xlsx", content)})


def test_what_cannot_be_read_is_told_beside_the_field(client: Client, page: Page):
    services = Service.objects.count()
    for name, (content, message) in {**unreadable(), "empty": (workbook(), page.empty)}.items():
        answer = upload(client, page, content)
        assert answer.status_code == 422, name
        errors = answer.context["form"].errors
        assert message in " ".join(errors.get("file", [])), (name, errors)
        assert message in answer.text, name
    stored = Service.objects.count() - services, ProductUse.objects.count(), Invitation.objects.count()
    assert (*stored, ServiceProgress.objects.count()) == (0, 0, 0, 0)


def test_what_spreadsheets_write_is_read(client: Client, page: Page):
    text = "\r\n".join(map(";".join, page.rows))
    tabs = text.replace(";", "\t")
    for content in (workbook(page.rows), text.encode("cp1252"), text.encode(), tabs.encode("utf-16")):
        answer = upload(client, page, content)
        assert answer.status_code == 200
        assert "Übersicht" in answer.text
