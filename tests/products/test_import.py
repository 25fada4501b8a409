"""Products out of a file: columns, preview with what is wrong, all or nothing, twice without doubles."""

import datetime as dt
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cities.enums import Role
from cities.models import City, Product, ProductUse
from tests.factories import logged_in, make_city, make_user

pytestmark = pytest.mark.django_db
HEAD = "Fachverfahren;Hersteller;Einsatzzweck;Einführung;Vertragsende;Bemerkung;Nummer"
LINES = [
    "Fix-Portal;wer baut was;Meldungen;2020;31.12.2027;Läuft gut;1",
    'E-Akte;;Akten;;12/2026;"Lange ""gesucht""; dann gefunden";2',
]


@pytest.fixture
def city() -> City:
    return make_city("Aachtal")


@pytest.fixture
def client(city: City) -> Client:
    return logged_in(make_user(Role.AUTHOR, city=city))


def address(city: City) -> str:
    return f"/staedte/{city.slug}/produkte/einlesen/"


def csv(*lines: str, head: str = HEAD, encoding: str = "utf-8") -> bytes:
    return "\r\n".join([head, *lines]).encode(encoding)


def upload(client: Client, city: City, content: bytes, name: str = "produkte.csv") -> Any:
    return client.post(address(city), {"file": SimpleUploadedFile(name, content)})


def as_guessed(answer: Any) -> dict[str, str]:
    form = answer.context["form"]
    return {name: str(form[name].value() or "") for name in form.fields}


def take_over(client: Client, city: City, answer: Any, **changes: str) -> Any:
    return client.post(address(city), as_guessed(answer) | {"uebernehmen": "1"} | changes)


def workbook() -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Produkt", "Zweck", "Seit", "Laufzeit bis"])
    book.active.append(["Fix-Portal", "Meldungen", 2020, dt.datetime(2027, 12, 31)])  # noqa: DTZ001
    book.active.append([None, None, None, None])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_csv_is_previewed_and_taken_over(client: Client, city: City, encoding: str) -> None:
    preview = upload(client, city, csv(*LINES, encoding=encoding))
    assert preview.status_code == 200
    assert not ProductUse.objects.exists()
    assert [line.effect for line in preview.context["lines"]] == ["neu", "neu"]
    assert "Läuft gut" in preview.content.decode()
    answer = client.post(address(city), as_guessed(preview) | {"uebernehmen": "1"}, follow=True)
    assert "2 Zeilen sind übernommen." in answer.content.decode()
    akte, portal = ProductUse.objects.of_city(city)
    assert (portal.product.vendor, portal.since) == ("wer baut was", 2020)
    assert portal.contract_ends == dt.date(2027, 12, 31)
    assert akte.contract_ends == dt.date(2026, 12, 31)
    assert akte.experience == 'Lange "gesucht"; dann gefunden'


def test_workbook_is_taken_over(client: Client, city: City) -> None:
    preview = upload(client, city, workbook(), "produkte.xlsx")
    assert take_over(client, city, preview).status_code == 302
    use = ProductUse.objects.get()
    assert (use.product.name, use.since, use.contract_ends) == ("Fix-Portal", 2020, dt.date(2027, 12, 31))


def test_wrong_lines_are_told_by_number_and_nothing_is_half_imported(client: Client, city: City) -> None:
    wrong = csv(LINES[0], ";Firma;Ohne Namen;;;;", "Ohne Zweck;;;;;;", "Zeit;;Formulare;;bald;;", LINES[0])
    preview = upload(client, city, wrong)
    errors = {line.number: line.errors for line in preview.context["lines"] if line.errors}
    assert errors == {
        3: ["Produkt: Bitte nennen Sie das Produkt."],
        4: ["Wofür: Bitte sagen Sie, wofür."],
        5: ["Vertrag endet: „bald“ ist kein Datum. Zum Beispiel so: 31.12.2027 oder 12/2027."],
        6: ["Dasselbe steht schon in Zeile 2."],
    }
    assert "In 4 Zeilen stimmt etwas nicht" in preview.content.decode()
    assert 'name="uebernehmen"' not in preview.content.decode()
    assert take_over(client, city, preview).status_code == 422
    assert not ProductUse.objects.exists()


def test_same_file_again_doubles_nothing_and_completes(client: Client, city: City) -> None:
    take_over(client, city, upload(client, city, csv("Fix-Portal;;Meldungen;2020;;;")))
    again = upload(client, city, csv("fix-portal;wer baut was;MELDUNGEN;2021;;Gut;", LINES[1]))
    assert [line.effect for line in again.context["lines"]] == ["wird ergänzt", "neu"]
    take_over(client, city, again)
    portal = ProductUse.objects.get(product__name="Fix-Portal")
    assert (portal.since, portal.experience, portal.product.vendor) == (2021, "Gut", "wer baut was")
    third = upload(client, city, csv("Fix-Portal;;Meldungen;;;;", LINES[1]))
    assert [line.effect for line in third.context["lines"]] == ["schon da", "schon da"]
    answer = client.post(address(city), as_guessed(third) | {"uebernehmen": "1"}, follow=True)
    assert "Alles war schon da." in answer.content.decode()
    portal.refresh_from_db()
    assert (portal.since, ProductUse.objects.count()) == (2021, 2)


def test_another_vendor_is_another_product_in_preview_and_import(client: Client, city: City) -> None:
    take_over(client, city, upload(client, city, csv("Fix-Portal;wer baut was;Meldungen;;;;")))
    preview = upload(
        client, city, csv("Fix-Portal;Andere AG;Meldungen;;;;", "fix-portal;Dritte;meldungen;;;;")
    )
    assert [(line.effect, line.errors) for line in preview.context["lines"]] == [("neu", []), ("neu", [])]
    take_over(client, city, preview)
    vendors = ProductUse.objects.filter(city=city).values_list("product__vendor", flat=True)
    assert sorted(vendors) == ["Andere AG", "Dritte", "wer baut was"]
    without = upload(client, city, csv("Neues;;Akten;;;;", "Neues;Firma;Akten;;;;"))
    assert [line.errors for line in without.context["lines"]] == [[], ["Dasselbe steht schon in Zeile 2."]]


def test_columns_are_chosen_where_headings_say_nothing(client: Client, city: City) -> None:
    preview = upload(client, city, csv("Meldungen;Fix-Portal", head="A;B"))
    assert "nicht in der Datei" in preview.content.decode()
    nothing = client.post(address(city), as_guessed(preview) | {"zeigen": "1"})
    assert nothing.status_code == 422
    assert "welche Spalte das ist" in nothing.content.decode()
    twice = client.post(address(city), as_guessed(preview) | {"product_name": "1", "purpose": "1"})
    assert "schon für etwas anderes gewählt" in twice.content.decode()
    assert take_over(client, city, preview, product_name="1", purpose="0").status_code == 302
    assert ProductUse.objects.get().product.name == "Fix-Portal"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Die Datei ist leer."),
        (b"Produkt;Zweck\n", "keine Tabelle"),
        (b"%PDF-1.7", "speichern Sie die Tabelle als .xlsx oder .csv"),
        (b"\xd0\xcf\x11\xe0rest", "speichern Sie die Tabelle als .xlsx oder .csv"),
        (b"PK\x03\x04kaputt", "keine lesbare Excel-Datei"),
        (b"a\x00b\nc", "weder eine CSV-Datei noch eine Excel-Datei"),
        (b'Produkt;Zweck\n"offen;x\n', "Anführungszeichen"),
        (b"Produkt;Zweck\n" + b"a;b\n" * 501, "mehr als 500 Zeilen"),
        (b"Produkt;Zweck\n" + b"a" * 2001 + b";b\n", "mehr als 2000 Zeichen"),
        (b"x" * (2 * 1024 * 1024 + 1), "mehr als 2 MB"),
    ],
)
def test_what_is_no_table_is_told(client: Client, city: City, content: bytes, message: str) -> None:
    answer = upload(client, city, content)
    assert answer.status_code == 422
    assert message in answer.content.decode()


@pytest.mark.parametrize("table", ["", "x", "[]", "[[1],[2]]", '[["a"],["b","c"]]', "[" * 3000, '{"a": 1}'])
def test_tampered_table_is_told(client: Client, city: City, table: str) -> None:
    columns = {"product_name": "0", "purpose": "0"}
    answer = client.post(address(city), {"table": table, "uebernehmen": "1"} | columns)
    assert answer.status_code == 422
    assert "kam unvollständig an" in answer.content.decode()


@pytest.mark.parametrize("half", [r"\ud800", r"\udfff"])
def test_halves_of_characters_are_told(client: Client, city: City, half: str) -> None:
    for table in (f'[["A","B"],["{half}","b"]]', f'[["A{half}","B"],["a","b"]]'):
        answer = client.post(address(city), {"table": table, "product_name": "0", "purpose": "1"})
        assert answer.status_code == 422
        assert "kam unvollständig an" in answer.content.decode()


def test_only_the_citys_people_import(city: City) -> None:
    stranger = logged_in(make_user(Role.MANAGER))
    assert upload(stranger, city, csv(*LINES)).status_code == 403
    assert not ProductUse.objects.exists()


def test_known_product_is_meant_unless_told_otherwise(client: Client, city: City) -> None:
    known = Product.objects.create(name="VOIS", vendor="HSH", slug="vois")
    preview = upload(client, city, csv("vois;HSH GmbH;Meldewesen;;;;", "VOIS;Andere;Kfz;;;;"))
    first, second = preview.context["lines"]
    assert (first.answer, second.answer) == (str(known.pk), "neu")
    page = " ".join(preview.content.decode().split())
    assert "Zeile 2: Welches Produkt meinen Sie?" in page
    assert "VOIS von HSH" in page
    take_over(client, city, preview, **{first.answer_name: "neu"})
    vendors = ProductUse.objects.filter(city=city).values_list("product__vendor", flat=True)
    assert sorted(vendors) == ["Andere", "HSH GmbH"]
    ProductUse.objects.all().delete()
    Product.objects.exclude(pk=known.pk).delete()
    take_over(client, city, preview, **{second.answer_name: str(known.pk)})
    assert {use.product for use in ProductUse.objects.all()} == {known}


def test_example_file_can_be_taken_over_as_it_is(client: Client, city: City) -> None:
    page = client.get(address(city)).content.decode()
    assert "examples/produkte" in page
    example = Path(settings.BASE_DIR, "static/examples/produkte.csv").read_bytes()
    assert take_over(client, city, upload(client, city, example)).status_code == 302
    form, akte = ProductUse.objects.order_by("-purpose")
    assert (form.product.vendor, form.since, form.contract_ends) == (
        "Beispiel GmbH",
        2021,
        dt.date(2027, 12, 31),
    )
    assert (akte.product.name, akte.contract_ends) == ("Beispiel-Akte", dt.date(2026, 12, 31))


def test_broken_workbook_is_called_one(client: Client, city: City) -> None:
    for content in (b"hallo", b"PK\x03\x04kaputt"):
        answer = upload(client, city, content, "produkte.XLSX")
        assert answer.status_code == 422
        assert "keine lesbare Excel-Datei" in answer.content.decode()
    for name in ("produkte.csv", "umbenannt.xlsx"):
        assert upload(client, city, b"Produkt;Zweck\r\nA;B", name).status_code == 200
