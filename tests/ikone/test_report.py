"""The report: its files say what the page says, name nobody who wants to stay unknown, and are made anew."""

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader

from documents.typesetting import TypesettingError
from ikone.models import Report
from ikone.statistics import building
from ikone.tasks import forget_old_reports
from notifications.jobs import run_waiting
from notifications.models import Undertaking
from tests.documents.accessible import assert_accessible, text_of
from tests.factories import logged_in, make_city, make_coordinator, make_leadership, make_practice, make_topic
from tests.practices.adoption.rows import adopt, saved
from ui.identity import keep_for
from ui.models import Identity

pytestmark = pytest.mark.django_db
URL = "/koordination/bericht/"
TODAY = timezone.localdate()
PERIOD = {"von": f"{TODAY.year}-01-01", "bis": TODAY.isoformat()}


@pytest.fixture(autouse=True)
def _name_read_anew() -> Iterator[None]:
    yield
    keep_for(24 * 3600)


@pytest.fixture
def client() -> Client:
    return logged_in(make_coordinator())


def make(client: Client) -> Report:
    response: Any = client.post(URL, PERIOD, follow=True)
    assert "Bericht" in response.content.decode()
    run_waiting()
    return Report.objects.get()


def sheets_of(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(min_row=2, values_only=True)) for sheet in book}


def test_both_files_say_what_the_page_says(client: Client) -> None:
    topic = make_topic("Verkehrswende")
    make_leadership(topic=topic, city=make_city("Leitstadt"))
    practice = make_practice("Radweg mit Licht", city=make_city("Lichtstadt"), topics=[topic])
    saved(adopt(practice, confirmed=True), 1_234)
    report = make(client)
    page: Any = client.get("/koordination/statistik/", PERIOD)
    pdf = client.get(f"{URL}{report.pk}/pdf/")
    assert pdf["Cache-Control"] == "private, no-store"
    assert_accessible(pdf.content)
    text = text_of(pdf.content)
    book = sheets_of(client.get(f"{URL}{report.pk}/xlsx/").content)
    figures = [(section.title, one) for section in page.context["subjects"] for one in section.figures]
    assert [(title, one.label, one.note or None) for title, one in figures] == [
        (row[0], row[1], row[3]) for row in book["Kennzahlen"]
    ]
    for (_title, one), row in zip(figures, book["Kennzahlen"], strict=True):
        assert row[2] == (one.value if one.number is None else one.number)
        assert one.value.replace("\xa0", " ") in text
    bars = [bar for section in page.context["subjects"] for chart in section.charts for bar in chart.bars]
    assert [(row[2], row[3]) for row in book["Diagramme"]] == [(bar.label, bar.number) for bar in bars]
    for said in ("1.234 €", "Verkehrswende", "Leitstadt", "Radweg mit Licht", "Lichtstadt", "Anhang"):
        assert said in text
    assert book["Themen"] == [("Verkehrswende", 1, "Leitstadt", 1, 1)]
    assert book["Beiträge im Zeitraum"][0][:2] == ("Radweg mit Licht", "Lichtstadt")


def test_topics_that_are_covered_by_others_say_by_which(client: Client) -> None:
    top = make_topic("Verkehr")
    led = make_topic("Radverkehr", parent=top)
    below = make_topic("Radzählung", parent=led)
    make_topic("Haushalt")
    many = make_topic("Bildung")
    for number in range(1, 6):
        make_leadership(topic=make_topic(f"Schule {number}", parent=many))
    make_leadership(topic=led, city=make_city("Leitstadt"))
    report = make(client)
    text, book = text_of(bytes(report.pdf)), sheets_of(bytes(report.sheet))
    assert {row[0]: row[2] for row in book["Themen"] if not row[0].startswith("Schule")} == {
        "Bildung": "über „Schule 1“, „Schule 2“, „Schule 3“ und 2 weitere",
        "Verkehr": "über „Radverkehr“",
        "Radverkehr": "Leitstadt",
        below.name: "über „Radverkehr“",
        "Haushalt": None,
    }
    assert text.count("über „Radverkehr“") == 2
    (covered,) = [row for row in book["Kennzahlen"] if row[1] == "Themen mit Federführung"]
    assert covered[2:] == (9, "90 %; auch über ein Thema darüber oder darunter")


def test_a_period_that_goes_on_says_so_on_the_cover_and_the_page(client: Client) -> None:
    goes_on = {"von": f"{TODAY.year}-01-01", "bis": f"{TODAY.year + 1}-12-31"}
    said = f"Stand {TODAY:%d.%m.%Y}, Zeitraum läuft noch"
    client.post(URL, goes_on)
    run_waiting()
    report = Report.objects.get()
    reader = PdfReader(io.BytesIO(bytes(report.pdf)))
    assert said in " ".join(reader.pages[0].extract_text().split())
    assert reader.metadata is not None
    assert said in str(reader.metadata.title)
    assert ("Zeitraum", said) in sheets_of(bytes(report.sheet))["Methode"]
    assert "vor dem Ende des Zeitraums" in client.get(URL).content.decode()
    assert said in client.get("/koordination/statistik/", goes_on).content.decode()
    assert "läuft noch" not in client.get("/koordination/statistik/", PERIOD).content.decode()


def test_a_past_period_says_which_figures_show_today(client: Client) -> None:
    past = {"von": "2024-01-01", "bis": "2024-12-31"}
    said = f"Stand vom {TODAY:%d.%m.%Y}: Städte, die seither ausgeschieden sind, fehlen."
    page: Any = client.get("/koordination/statistik/", past)
    assert said in page.content.decode().split("statistics-explained")[0], "before anything is unfolded"
    assert [one.key for one in page.context["subjects"] if not one.today] == ["fragen", "aktivitaet"]
    assert "Stand vom" not in client.get("/koordination/statistik/", PERIOD).content.decode()
    client.post(URL, past)
    run_waiting()
    assert said in text_of(bytes(Report.objects.get().pdf))


def test_a_write_up_is_not_torn_over_two_pages(client: Client) -> None:
    for number in range(60):
        title = f"Anfang{number:02} " + "von etwas " * 10
        make_practice(title, summary="lang " * (17 * number % 50) + f"Schluss{number:02}")
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(bytes(make(client).pdf))).pages]
    for number in range(60):
        (page,) = [text for text in pages if f"Anfang{number:02}" in text]
        assert f"Schluss{number:02}" in page


def test_what_the_network_keeps_to_itself_is_counted_and_not_named(client: Client) -> None:
    make_practice("Offenes Thema")
    make_practice("Netzgeheimnis", city=make_city("Netzstadt"), visibility="network")
    make_practice("Namensgeheimnis", city=make_city("Schweigestadt"), visibility="anonymous")
    report = make(client)
    book = sheets_of(bytes(report.sheet))
    everything = text_of(bytes(report.pdf)) + str(book)
    assert "Offenes Thema" in everything
    for secret in ("Netzgeheimnis", "Namensgeheimnis", "Netzstadt", "Schweigestadt"):
        assert secret not in everything
    assert "2 weitere Beiträge" in everything
    assert ("Praxisbeiträge", "veröffentlichte Beiträge", 3) in [row[:3] for row in book["Kennzahlen"]]


def test_name_operator_and_logo_stand_on_the_cover(client: Client) -> None:
    drawn = io.BytesIO()
    Image.new("RGBA", (900, 300), (0, 60, 120, 255)).save(drawn, "PNG")
    Identity.objects.create(
        name="Netz der Städte", claim="Gemeinsam", operator="Stadt Muster", logo=drawn.getvalue(),
        logo_type="image/png",
    )  # fmt: skip
    keep_for(0)
    report = make(client)
    assert_accessible(bytes(report.pdf))
    cover = PdfReader(io.BytesIO(bytes(report.pdf))).pages[0]
    assert len(cover.images) == 1
    for said in ("Netz der Städte", "Gemeinsam", "Stadt Muster"):
        assert said in cover.extract_text()


def test_formulas_of_people_stay_text(client: Client) -> None:
    make_practice('=HYPERLINK("https://evil.example")')
    sheet = openpyxl.load_workbook(io.BytesIO(bytes(make(client).sheet)))["Beiträge im Zeitraum"]
    assert sheet["A2"].data_type == "s"


def test_an_empty_network_has_a_report_as_well(client: Client) -> None:
    report = make(client)
    assert_accessible(bytes(report.pdf))
    assert "kein öffentlicher Beitrag" in text_of(bytes(report.pdf))


def test_made_again_it_replaces_the_old_one(client: Client) -> None:
    first = make(client)
    make_practice("Kam dazu")
    again = make(client)
    assert again.pk == first.pk
    assert "Kam dazu" in text_of(bytes(again.pdf))


def test_while_it_is_made_nobody_starts_it_twice(client: Client) -> None:
    first: Any = client.post(URL, PERIOD)
    second: Any = client.post(URL, PERIOD)
    assert first.url == second.url
    assert Undertaking.objects.count() == 1
    assert "wird gerade erstellt" in client.get(URL).content.decode()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (TypesettingError("font"), "ließ sich nicht setzen"),
        (ZeroDivisionError(), "Es wurde nichts verändert"),
    ],
)
def test_a_failure_is_told_in_german_and_the_old_report_stays(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    before = make(client)

    def fail(_contents: object) -> bytes:
        raise error

    monkeypatch.setattr(building, "report_pdf", fail)
    response: Any = client.post(URL, PERIOD)
    run_waiting()
    page = client.get(response.url).content.decode()
    assert said in page
    assert "Noch einmal versuchen" in page
    assert Report.objects.get().made_at == before.made_at


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"von": "", "bis": ""}, "Bitte ausfüllen."),
        ({"von": "2025-02-30"}, "Bitte geben Sie einen Tag an"),
        ({"von": "2025-05-05", "bis": "2025-05-04"}, "nicht vor dem Beginn"),
        ({"von": "2098-01-01", "bis": "2098-12-31"}, "noch nicht begonnen"),
        ({"von": "1000-01-01"}, "zwischen 2015 und 2099"),
    ],
)
def test_bad_periods_are_told_at_their_field(client: Client, typed: dict[str, str], said: str) -> None:
    response = client.post(URL, PERIOD | typed)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Undertaking.objects.exists()


def test_reports_go_after_a_while_and_a_period_has_one() -> None:
    values = {"pdf": b"x", "sheet": b"x", "first": dt.date(2025, 1, 1), "last": dt.date(2025, 12, 31)}
    Report.objects.create(**values)
    for wrong in (values, values | {"first": dt.date(2026, 1, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Report.objects.create(**wrong)
    forget_old_reports()
    Report.objects.update(made_at=timezone.now() - dt.timedelta(days=building.KEPT_DAYS + 1))
    Report.objects.create(**values | {"first": dt.date(2025, 2, 1)})
    forget_old_reports()
    assert Report.objects.get().first == dt.date(2025, 2, 1)
