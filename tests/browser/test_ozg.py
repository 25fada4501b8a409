"""The OZG from the catalogue to a city that can be asked, and the matrix by keyboard."""

import re

from playwright.sync_api import FilePayload, Locator, expect

from tests.browser.people import PHONE, People, press, tab_to

CATALOGUE = """Leistung;Themenfeld;LeiKa-Schlüssel
Anwohnerparken verlängern;Mobilität und Reisen;99000000000017
Brennholz bestellen;Umwelt;
"""


def file_of(text: str) -> list[FilePayload]:
    return [{"name": "katalog.csv", "mimeType": "text/csv", "buffer": text.encode()}]


def test_from_the_catalogue_to_a_city_that_can_be_asked(people: People) -> None:
    window = people.window("koordination")
    window.watch.expect(422)  # what is wrong is answered with it
    page = window.page
    page.goto("/themen/")
    page.get_by_role("link", name=re.compile("^OZG-Leistungen")).click()
    page.get_by_role("link", name="Katalog einlesen").click()
    page.get_by_label("Datei", exact=True).set_input_files(file_of("Leistung;Themenfeld\nBrennholz;Wald\n"))
    page.get_by_role("button", name="Weiter zur Vorschau").click()
    expect(page.get_by_role("alert")).to_contain_text("Zeile 2: „Wald“ ist keines der Themenfelder")
    page.get_by_label("Datei", exact=True).set_input_files(file_of(CATALOGUE))
    page.get_by_role("button", name="Weiter zur Vorschau").click()
    expect(page.get_by_text("2 neu, 0 geändert, 0 unverändert")).to_be_visible()
    page.get_by_role("button", name="Übernehmen").click()
    expect(page.get_by_text("Der Katalog ist eingelesen: 2 neue Leistungen")).to_be_visible()

    staff = people.window("trier", javascript=False).page
    staff.goto("/mein/")
    press(staff.get_by_role("link", name=re.compile("^Eintragen")))
    row = staff.get_by_role("group", name=re.compile("^Anwohnerparken verlängern"))
    for label, option in (("Stand", "online"), ("Reifegrad", "2.0 · 6"), ("Wie", "eingekauft")):
        field = row.get_by_label(label, exact=True)
        tab_to(field)
        field.select_option(label=option)
    other = staff.get_by_role("group", name=re.compile("^Brennholz bestellen"))
    other.get_by_label("Stand").select_option(label="in Arbeit")
    press(staff.get_by_role("button", name="Speichern", exact=True))
    expect(staff.get_by_text("2 Angaben gespeichert.")).to_be_visible()
    expect(row.get_by_label("Reifegrad").locator("option:checked")).to_have_text("2.0 · 6")

    visitor = people.window(width=PHONE).page
    visitor.goto("/suche/?q=Anwohnerparken")
    visitor.get_by_role("main").get_by_role("link", name="Anwohnerparken verlängern").click()
    expect(visitor.get_by_role("heading", name="Trier")).to_be_visible()
    expect(visitor.get_by_text("Reifegrad 6 von 7 (Modell 2.0), eingekauft")).to_be_visible()


def place_in(region: Locator, part: Locator) -> tuple[float, float]:
    """Where a part stands as seen from the edge of its region."""
    outer, inner = region.bounding_box(), part.bounding_box()
    assert outer is not None
    assert inner is not None
    return round(inner["x"] - outer["x"]), round(inner["y"] - outer["y"])


def test_the_matrix_leads_on_by_keyboard(people: People) -> None:
    page = people.window().page
    page.set_viewport_size({"width": 800, "height": 480})  # ten cities and forty topics do not fit
    page.goto("/themen/")
    press(page.get_by_role("link", name=re.compile("^Matrix")))
    region = page.get_by_role("region", name="Städte und Themen")
    tab_to(region)
    corner, row = region.locator("thead td"), region.locator("tbody th").last
    (left, top), (row_left, row_top) = place_in(region, corner), place_in(region, row)
    cell = region.locator("tbody tr").last.locator("td a").last
    cell.focus()
    assert place_in(region, corner) == (left, top)  # head row and column stay in view
    moved_left, moved_top = place_in(region, row)
    assert moved_left == row_left
    assert moved_top < row_top  # while the rows move
    name = row.inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(re.escape(name)))
    page.go_back()
    page.get_by_role("link", name="Als Tabelle zeigen").click()
    expect(page.get_by_role("columnheader", name="Was die Stadt macht")).to_be_visible()
