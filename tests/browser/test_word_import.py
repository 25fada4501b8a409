"""From a Word file with a picture and a table to a draft, by mouse, by keyboard and without JavaScript."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.axe import assert_accessible_in_both_themes
from tests.browser.people import PHONE, People, press, tab_to
from tests.practices_importing.documents import loose, report, saved


def file(name: str, content: bytes) -> Any:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def bring(page: Page, name: str, content: bytes) -> None:
    page.goto("/praxis/neu/")
    page.get_by_role("link", name="Aus Word übernehmen").click()
    page.get_by_label("Word-Dokument oder publiccode.yml").set_input_files(file(name, content))
    page.get_by_role("button", name="Weiter zur Vorschau").click()


def test_word_file_becomes_a_draft_with_its_picture_and_table(people: People) -> None:
    page = people.window("redaktion").page
    bring(page, "Bericht.docx", saved(report()))
    expect(page.get_by_role("heading", level=1)).to_have_text("Was wohin kommt")
    expect(page.get_by_label("Wohin mit „Umsetzung“?")).to_have_value("solution")
    picture = page.get_by_role("img", name="Ein Sensor an einer Linde")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("naturalWidth", 60)
    page.get_by_label("Wohin mit „Kosten und Personal“?").select_option(label="Vorgehen")
    page.get_by_label("Titel").fill("Sensoren aus der Word-Datei")
    page.get_by_role("button", name="Entwurf anlegen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Beitrag bearbeiten")
    expect(page.get_by_text("1 Teil aus einem Dokument ist noch nicht eingeordnet")).to_be_visible()
    page.get_by_role("link", name="Die ganze Geschichte").click()
    approach = page.get_by_role("textbox", name="Vorgehen", exact=True)
    expect(approach.get_by_role("cell", name="4.200 €")).to_be_visible()
    page.get_by_role("link", name="Alle Abschnitte").click()
    page.get_by_role("link", name="Ansehen und einordnen").click()
    page.get_by_label("Wohin mit „Text ohne Überschrift“?").select_option(label="Ergebnisse")
    page.get_by_role("button", name="Einordnen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Beitrag bearbeiten")
    expect(page.get_by_text("noch nicht eingeordnet")).to_have_count(0)
    page.get_by_role("link", name="Sensoren aus der Word-Datei").click()
    expect(page.get_by_text("Stand: 12. März 2024")).to_be_visible()
    expect(page.get_by_role("img", name="Ein Sensor an einer Linde")).to_have_count(1)


def test_import_by_keyboard(people: People) -> None:
    page = people.window("redaktion").page
    page.goto("/praxis/neu/")
    press(page.get_by_role("link", name="Aus Word übernehmen"))
    tab_to(page.get_by_label("Word-Dokument oder publiccode.yml"))
    page.get_by_label("Word-Dokument oder publiccode.yml").set_input_files(
        file("Notizen.docx", saved(loose()))
    )
    press(page.get_by_role("button", name="Weiter zur Vorschau"))
    tab_to(page.get_by_label("Wohin mit „Text ohne Überschrift“?"))
    page.keyboard.type("Lös")
    press(page.get_by_role("button", name="Entwurf anlegen"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Beitrag bearbeiten")


def test_import_without_javascript_says_what_it_cannot_read(people: People) -> None:
    window = people.window("redaktion", javascript=False)
    window.watch.expected_statuses.add(422)
    page = window.page
    bring(page, "alt.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)
    expect(page.get_by_role("alert")).to_contain_text("alte Format von Word")
    page.get_by_label("Word-Dokument oder publiccode.yml").set_input_files(
        file("Notizen.docx", saved(loose()))
    )
    page.get_by_role("button", name="Weiter zur Vorschau").click()
    page.get_by_role("button", name="Entwurf anlegen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Beitrag bearbeiten")


def test_import_pages_are_accessible(people: People) -> None:
    page = people.window("redaktion", width=PHONE).page
    bring(page, "Bericht.docx", saved(report()))
    expect(page.get_by_role("heading", level=1)).to_have_text("Was wohin kommt")
    assert_accessible_in_both_themes(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    page.get_by_role("button", name="Entwurf anlegen").click()
    page.get_by_role("link", name="Ansehen und einordnen").click()
    assert_accessible_in_both_themes(page)
    page.goto("/praxis/neu/import/")
    assert_accessible_in_both_themes(page)
