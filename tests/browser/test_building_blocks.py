"""A building block with two versions: made by keyboard, published, taken home by a visitor."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.axe import assert_accessible_in_both_themes
from tests.browser.people import DESK, PHONE, People, press, tab_to, type_into
from tests.browser.test_flows import PRACTICE, assert_reads, follow

TITLE = "Dienstanweisung Mängelmelder"
FIRST, SECOND = "Erste Fassung: drei Tage Frist.", "Zweite Fassung: zwei Tage Frist."


def test_a_block_in_two_versions_goes_from_an_editor_to_a_visitor(people: People, tmp_path: Path) -> None:
    old, new = tmp_path / "Anweisung-1.txt", tmp_path / "Anweisung-2.txt"
    old.write_text(FIRST)
    new.write_text(SECOND)
    page = people.window("verwaltung").page
    page.goto("/praxis/?q=mitredeninLD")
    follow(page, PRACTICE)
    press(page.get_by_role("link", name="Bearbeiten").first)
    press(page.get_by_role("main").get_by_role("link", name=re.compile("Bausteine")).first)
    press(page.get_by_role("link", name="Neuer Baustein"))
    type_into(page.get_by_label("Titel", exact=True), TITLE)
    kind = page.get_by_label("Art", exact=True)
    tab_to(kind)
    page.keyboard.type("Vorlage")
    type_into(page.get_by_label("In einem Satz"), "Wer wem bis wann antwortet.")
    press(page.get_by_role("button", name="Entwurf speichern"))
    # The topic is taken over from the write-up, so nothing is missing.
    assert_reads(page, TITLE)

    press(page.get_by_role("link", name=re.compile("^Dateien und Links ändern")))
    page.get_by_label(re.compile("^Datei")).set_input_files(old)
    press(page.get_by_role("button", name="Hinzufügen"))
    expect(page.get_by_role("link", name="Anweisung-1.txt")).to_be_visible()
    press(page.get_by_role("link", name="Fertig"))
    press(page.get_by_role("button", name="Veröffentlichen"))
    press(page.get_by_role("link", name="Neue Fassung"))
    type_into(page.get_by_label("Fassung", exact=True), "2.0")
    page.get_by_label(re.compile("^Datei")).set_input_files(new)
    press(page.get_by_role("button", name="Fassung hinzufügen"))
    assert_reads(page, TITLE)
    address = page.url

    visitor = people.window(width=PHONE).page
    visitor.goto("/praxis/")
    follow(visitor, "Bausteine")
    follow(visitor, TITLE)
    expect(visitor.get_by_role("heading", name=re.compile("^Fassung 2.0"))).to_be_visible()
    with visitor.expect_download() as download:
        visitor.get_by_role("link", name="Anweisung-2.txt").click()
    assert Path(download.value.path()).read_text() == SECOND
    visitor.locator("summary").filter(has_text="Fassung 1.0").click()
    with visitor.expect_download() as download:
        visitor.get_by_role("link", name="Anweisung-1.txt").click()
    assert (download.value.suggested_filename, Path(download.value.path()).read_text()) == (old.name, FIRST)
    follow(visitor, PRACTICE)
    expect(visitor.get_by_role("region", name="Bausteine zum Übernehmen")).to_contain_text(TITLE)

    shown = people.window("verwaltung", width=DESK).page
    for url in (address, "/bausteine/", "/bausteine/neu/"):
        shown.goto(url)
        assert_accessible_in_both_themes(shown)
