"""The catalogue of services: read from files, again without duplicates, and nothing half taken over."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from cities.enums import Role
from search.models import Entry
from tests.factories import logged_in, make_city, make_coordinator, make_service, make_user
from topics.models import Service, ServiceProgress, Topic
from topics.ozg.catalogue import NEEDED, import_catalogue
from topics.ozg.fields import Fields
from topics.ozg.names import CATALOGUE_COLUMNS as COLUMNS
from topics.ozg.names import OFFICIAL
from topics.ozg.sheets import SheetError, read

pytestmark = pytest.mark.django_db

WOHNGELD, GEWERBE = "99107023037000", "99050012104000"
CATALOGUE = f"""Leistung;Themenfeld;LeiKa-Schlüssel;OZG-ID;Anbieter
Wohngeld beantragen;Bauen und Wohnen;{WOHNGELD};10110;Land
Gewerbe anmelden;Unternehmensführung & -entwicklung;{GEWERBE};;Land
Hund anmelden;Engagement & Hobby;;;
"""


def take(text: str, **options):
    return import_catalogue(sheet=read(text.encode(), COLUMNS, needed=NEEDED), by=None, **options)


def names(**lookup) -> set[str]:
    return set(Service.objects.filter(**lookup).values_list("name", flat=True))


def upload(text: str | bytes, name: str = "katalog.csv", **more):
    content = text if isinstance(text, bytes) else text.encode()
    return {"file": SimpleUploadedFile(name, content), **more}


def test_an_empty_network_gets_services_and_the_themenfelder_they_need():
    report = take(CATALOGUE)
    assert names() == {"Wohngeld beantragen", "Gewerbe anmelden", "Hund anmelden"}
    assert {node.name for node in Fields()} == set(OFFICIAL)
    wohngeld = Service.objects.get(leika_key=WOHNGELD)
    assert (wohngeld.ozg_id, wohngeld.field.name) == ("10110", "Bauen & Wohnen")
    assert report.ignored == ["Anbieter"]
    assert Entry.objects.filter(source=6).count() == 3


def test_the_same_file_again_changes_nothing():
    take(CATALOGUE)
    topics = Topic.objects.count()
    report = take(CATALOGUE)
    assert (report.unchanged, report.does_something, report.fields) == (3, False, [])
    assert (Service.objects.count(), Topic.objects.count()) == (3, topics)


def test_a_renamed_service_keeps_its_row_by_its_key_and_a_named_one_learns_its_key():
    take(CATALOGUE)
    before = {service.name: service.pk for service in Service.objects.all()}
    report = take(
        CATALOGUE.replace("Wohngeld beantragen", "Mietzuschuss").replace(
            "Hund anmelden;Engagement & Hobby;", "Hund anmelden;Engagement & Hobby;99102013104000"
        )
    )
    assert report.changed == [
        "Wohngeld beantragen: Leistung „Wohngeld beantragen“ → „Mietzuschuss“",
        "Hund anmelden: LeiKa-Schlüssel – → „99102013104000“",
    ]
    assert Service.objects.get(name="Mietzuschuss").pk == before["Wohngeld beantragen"]
    assert Service.objects.get(leika_key="99102013104000").pk == before["Hund anmelden"]


def test_an_empty_cell_takes_nothing_away():
    take(CATALOGUE)
    take(f"Leistung;Themenfeld;LeiKa\nWohngeld beantragen;Bauen & Wohnen;{WOHNGELD}\n")
    assert Service.objects.get(leika_key=WOHNGELD).ozg_id == "10110"


def test_errors_name_their_lines_and_nothing_is_half_taken_over():
    broken = [
        "Ohne Feld;;;;",
        ";Umwelt;;;",
        "Krumm;Umwelt;9,91E+13;1;",
        "Fremd;Zauberei;;;",
        "Hund anmelden;Engagement und Hobby;;;",
    ]
    wrong = CATALOGUE + "\n".join(broken)
    with pytest.raises(SheetError) as error:
        take(wrong)
    lines = {problem.line for problem in error.value.problems}
    assert lines == {5, 6, 7, 8, 9}
    messages = "\n".join(map(str, error.value.problems))
    for text in ("Zeile 7: „9,91E+13“ ist kein LeiKa-Schlüssel", "„Zauberei“", "steht schon in Zeile 4"):
        assert text in messages
    assert not Service.objects.exists()
    assert not Topic.objects.exists()


def test_what_vanished_stays_where_something_hangs_on_it():
    take(CATALOGUE)
    used = Service.objects.get(leika_key=GEWERBE)
    ServiceProgress.objects.create(service=used, city=make_city(), state="live")
    head_and_first = "\n".join(CATALOGUE.splitlines()[:2])
    extract = take(head_and_first)
    assert (extract.vanished, extract.removed) == ([], [])
    report = take(head_and_first, is_complete=True)
    assert (report.vanished, report.removed) == (["Gewerbe anmelden"], ["Hund anmelden"])
    used.refresh_from_db()
    assert used.left_on is not None
    assert not Entry.objects.filter(source=6, object_id=used.pk).exists()
    assert take(CATALOGUE, is_complete=True).returned == ["Gewerbe anmelden"]
    used.refresh_from_db()
    assert used.left_on is None
    assert Entry.objects.filter(source=6, object_id=used.pk).exists()


def test_excel_keeps_keys_as_numbers():
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(["Name", "OZG-Themenfeld", "LeiKa-ID", "OZG"])
    sheet.append(["Wohngeld", "Bauen & Wohnen", 99107023037000, 10110.0])
    content = io.BytesIO()
    workbook.save(content)
    import_catalogue(sheet=read(content.getvalue(), COLUMNS, needed=NEEDED), by=None)
    assert Service.objects.filter(leika_key=WOHNGELD, ozg_id="10110").exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "leer"),
        (b"PK\x03\x04kaputt", "keine lesbare Excel-Datei"),
        (b"%PDF-1.7", "als .xlsx oder .csv"),
        (b"Leistung;LeiKa\nA;1\n", "fehlt: „Themenfeld“"),
        (b"Leistung;Name;Themenfeld\nA;B;Umwelt\n", "gibt es zweimal"),
        (b"Leistung;Themenfeld\n", "nennt keine Leistung"),
        ("Leistung;Themenfeld\n" + "x" * 300 + ";Umwelt\n", "mehr als 250 Zeichen"),
    ],
)
def test_files_that_are_no_catalogue_are_refused_with_a_reason(content, message):
    data = content if isinstance(content, bytes) else content.encode()
    with pytest.raises(SheetError, match=message):
        import_catalogue(sheet=read(data, COLUMNS, needed=NEEDED), by=None)


def test_the_command_reads_reports_and_refuses(tmp_path, capsys):
    path = tmp_path / "katalog.csv"
    path.write_text(CATALOGUE, encoding="cp1252")
    call_command("import_ozg", str(path), "--check")
    assert "nichts wurde eingelesen" in capsys.readouterr().out
    assert not Service.objects.exists()
    call_command("import_ozg", str(path))
    assert "Neu: 3" in capsys.readouterr().out
    assert Service.objects.count() == 3
    path.write_text("Leistung;Themenfeld\nA;Nirgends\n")
    with pytest.raises(CommandError, match=r"Zeile 2: „Nirgends“(.|\n)*Nichts wurde eingelesen"):
        call_command("import_ozg", str(path))
    with pytest.raises(CommandError, match="lässt sich nicht öffnen"):
        call_command("import_ozg", str(tmp_path / "fehlt.csv"))


def test_a_coordinator_looks_first_and_then_takes_over():
    client = logged_in(make_coordinator())
    wrong = client.post("/themen/ozg/katalog/", upload("Leistung;Themenfeld\nA;Nirgends\n"))
    assert (wrong.status_code, "Zeile 2" in wrong.text) == (422, True)
    preview = client.post("/themen/ozg/katalog/", upload(CATALOGUE))
    assert "3 neu" in preview.text
    assert not Service.objects.exists()
    taken = client.post("/themen/ozg/katalog/", {"sheet": preview.context["packed"]}, follow=True)
    assert "3 neue Leistungen" in taken.text
    assert Service.objects.count() == 3
    forged = client.post("/themen/ozg/katalog/", {"sheet": "erfunden"}, follow=True)
    assert "Die Vorschau ist zu alt" in forged.text


def test_what_leaves_the_catalogue_is_counted_and_has_to_be_confirmed():
    take(CATALOGUE)
    ServiceProgress.objects.create(
        service=Service.objects.get(leika_key=GEWERBE), city=make_city(), state="live"
    )
    client = logged_in(make_coordinator())
    path, moved = (
        "/themen/ozg/katalog/",
        f"Leistung;Themenfeld;LeiKa\nWohngeld beantragen;Umwelt;{WOHNGELD}\n",
    )
    preview = client.post(path, upload(moved, is_complete="on"))
    assert "Wohngeld beantragen: Themenfeld „Bauen &amp; Wohnen“ → „Umwelt“" in preview.text
    assert "Ja: 1 Leistung wird gelöscht und 1 Leistung gilt als weggefallen." in preview.text
    sent = {"sheet": preview.context["packed"], "number": "2"}
    for wrong in (sent, sent | {"confirms": "on", "number": "1"}, sent | {"confirms": "on", "number": "x"}):
        refused = client.post(path, wrong)
        assert (refused.status_code, "Bitte bestätigen Sie das" in refused.text) == (422, True)
        assert names() == {"Wohngeld beantragen", "Gewerbe anmelden", "Hund anmelden"}
    assert client.post(path, sent | {"confirms": "on"}).status_code == 302
    assert names(left_on=None) == {"Wohngeld beantragen"}


def test_others_cannot_import():
    for user in (make_user(Role.MANAGER), make_user(Role.LEADER)):
        client = logged_in(user)
        assert client.post("/themen/ozg/katalog/", upload(CATALOGUE)).status_code == 403
    assert not Service.objects.exists()


def test_a_service_is_found_by_name_and_key():
    make_service("Wohngeld beantragen", leika_key=WOHNGELD)
    for words in ("Wohngeld", WOHNGELD):
        html = logged_in(None).get("/suche/", {"q": words}).text
        assert "OZG-Leistung" in html
        assert "beantragen</a>" in html or "beantragen" in html


def test_the_page_tells_what_the_last_imports_changed(django_assert_max_num_queries):
    coordinator = make_coordinator()
    client = logged_in(coordinator)
    page = "/themen/ozg/katalog/"
    make_service("Von Hand").delete()  # not by an import
    assert "Zuletzt eingelesen" not in client.get(page).text
    take(CATALOGUE)
    less = CATALOGUE.replace("Hund anmelden;Engagement & Hobby;;;\n", "").replace("10110", "10111")
    sheet = read(less.encode(), COLUMNS, needed=NEEDED)
    import_catalogue(sheet=sheet, by=coordinator, is_complete=True)
    import_catalogue(sheet=sheet, by=coordinator, is_complete=True)  # changes nothing
    import_catalogue(sheet=read(CATALOGUE.encode(), COLUMNS, needed=NEEDED), by=coordinator, only_checks=True)
    with django_assert_max_num_queries(8):
        latest, first = client.get(page).context["past"]
    assert latest.by == str(coordinator)
    assert latest.sections == [
        ("Geändert", ["Wohngeld beantragen"]),
        ("Nicht mehr im Katalog", ["Hund anmelden"]),
    ]
    assert first.by == ""
    assert first.sections == [
        ("Neu im Katalog", ["Gewerbe anmelden", "Hund anmelden", "Wohngeld beantragen"])
    ]
