"""A city's progress from a table: looked at first, errors by line, nothing overwritten unseen."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cities.enums import Role
from tests.factories import logged_in, make_city, make_service, make_topic, make_user
from topics.models import ServiceProgress
from topics.ozg.entering import Said

pytestmark = pytest.mark.django_db

PAGE = "/themen/ozg/stadt/landau/tabelle/"
KEY = "99107023037000"


@pytest.fixture
def city():
    return make_city("Landau", slug="landau")


@pytest.fixture
def services():
    field = make_topic("Bauen & Wohnen")
    return make_service("Wohngeld", field=field, leika_key=KEY), make_service("Bauantrag", field=field)


@pytest.fixture
def client(city):
    return logged_in(make_user(Role.AUTHOR, city=city))


def upload(client, text: str):
    return client.post(PAGE, {"file": SimpleUploadedFile("stand.csv", text.encode())})


def said(service) -> Said | None:
    return Said.of(ServiceProgress.objects.filter(service=service).first())


def test_a_table_is_looked_at_and_then_taken_over(client, services):
    wohngeld, bauantrag = services
    preview = upload(
        client,
        "LeiKa;Leistung;Status;Modell;Reifegrad;Umsetzung;Kontakt;Mail\n"
        f"{KEY};;Online;2;7;EfA;Wohngeldstelle;wohngeld@example.org\n"
        ";bauantrag;in Umsetzung;;;;;\n",
    )
    assert "2 geändert" in preview.text
    assert not ServiceProgress.objects.exists()
    taken = client.post(PAGE, {"entries": preview.context["packed"]}, follow=True)
    assert "2 Angaben gespeichert." in taken.text
    assert said(wohngeld) == Said("live", "2.0", 7, "efa", "Wohngeldstelle", "wohngeld@example.org")
    assert said(bauantrag) == Said("in_work")


def test_what_is_downloaded_can_be_uploaded_again(client, city, services):
    stored = Said("live", "1.1", 3, "efa", "=Amt")
    ServiceProgress.objects.create(service=services[0], city=city, **stored._asdict())
    table = client.get(f"{PAGE}herunterladen/")
    assert "'=Amt" in table.text  # no formula for the spreadsheet that opens it
    again = client.post(PAGE, {"file": SimpleUploadedFile("x.csv", table.content)})
    assert "0 geändert, 1 unverändert" in again.text


def test_errors_name_their_lines_and_nothing_is_taken_over(client, services):
    answer = upload(
        client,
        "LeiKa;Leistung;Stand;Modell;Reifegrad;E-Mail;Wie\n"
        f"{KEY};;vielleicht;;;;\n"
        ";Erfunden;online;;;;\n"
        ";Bauantrag;online;1.1;5;;\n"
        ";Bauantrag;online;;3;;\n"
        ";Bauantrag;online;;;keine;\n"
        ";Bauantrag;online;;;;geerbt\n"
        ";;online;;;;\n"
        "99000000000000;;online;;;;\n",
    )
    assert answer.status_code == 422
    for text in (
        "Zeile 2: „vielleicht“ ist kein Stand",
        "Zeile 3: Eine Leistung „Erfunden“",
        "Zeile 4: Den Reifegrad „5“",
        "Zeile 5: Zum Reifegrad gehört",
        "Zeile 6: „keine“ ist keine E-Mail-Adresse",
        "Zeile 7: „geerbt“",
        "Zeile 8: Es fehlt",
        "Zeile 9: Den LeiKa-Schlüssel",
    ):
        assert text in answer.text
    assert not ServiceProgress.objects.exists()
    assert "zu keiner Leistung einen Stand" in upload(client, "Leistung;Stand\nBauantrag;\n").text
    twice = upload(client, "Leistung;Stand\nBauantrag;online\nBauantrag;offen\n")
    assert "Zeile 3: Dieselbe Leistung steht schon in Zeile 2." in twice.text


def test_what_others_changed_since_the_preview_stays(client, city, services):
    wohngeld, bauantrag = services
    preview = upload(client, f"LeiKa;Leistung;Stand\n{KEY};;online\n;Bauantrag;online\n")
    ServiceProgress.objects.create(service=wohngeld, city=city, state="in_work")
    taken = client.post(PAGE, {"entries": preview.context["packed"]}, follow=True)
    assert "so geblieben: „Wohngeld“" in taken.text
    assert said(wohngeld) == Said("in_work")
    assert said(bauantrag) == Said("live")


def test_a_preview_counts_for_its_own_city_alone(client, services):
    stranger = make_user(Role.MANAGER, city=make_city("Trier", slug="trier"))
    preview = upload(client, f"LeiKa;Stand\n{KEY};online\n")
    other = logged_in(stranger)
    assert other.post(PAGE, {"entries": preview.context["packed"]}).status_code == 403
    own = other.post("/themen/ozg/stadt/trier/tabelle/", {"entries": preview.context["packed"]}, follow=True)
    assert "Die Vorschau ist zu alt" in own.text
    assert not ServiceProgress.objects.exists()
