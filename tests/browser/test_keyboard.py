"""Each role's way with the keyboard alone: everything can be reached, and one sees where one is."""

import re

from playwright.sync_api import Page, expect

from tests.browser.people import People, press, tab_to, type_into
from tests.browser.test_flows import CITY, PRACTICE, TEXTS, TOPIC, assert_reads


def main_link(page: Page, name: str) -> None:
    press(page.get_by_role("main").get_by_role("link", name=name, exact=True).first)


def test_a_visitor_skips_to_the_content_and_reads(people: People) -> None:
    page = people.window().page
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Zum Inhalt")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    main_link(page, "Beteiligung")
    main_link(page, TOPIC)
    main_link(page, PRACTICE)
    assert_reads(page, PRACTICE)
    press(page.get_by_role("navigation", name="Bereiche").get_by_role("link", name="Städte").first)
    main_link(page, CITY)
    assert_reads(page, CITY)


def test_an_author_logs_in_writes_and_submits(people: People) -> None:
    title = "Mit der Tastatur geschrieben"
    page = people.window().page
    page.goto("/konto/anmelden/")
    type_into(page.get_by_label("E-Mail-Adresse"), "redaktion@example.org")
    type_into(page.get_by_label("Passwort", exact=True), "Rad-nur-einmal-erfinden")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/mein/"))
    press(page.get_by_role("main").get_by_role("link", name="Beitrag schreiben").first)
    type_into(page.get_by_role("textbox", name="Titel", exact=True), title)
    type_into(page.get_by_role("textbox", name="In einem Satz"), "Es geht ohne Maus.")
    topic = page.get_by_label("Wichtigstes Thema")
    tab_to(topic)
    while TOPIC not in topic.locator("option:checked").inner_text():
        page.keyboard.press("ArrowDown")
    for label, text in TEXTS.items():
        type_into(page.get_by_role("textbox", name=label, exact=True), text)
    press(page.get_by_role("button", name="Zur Prüfung einreichen"))
    assert_reads(page, title)


def test_a_manager_publishes(people: People) -> None:
    title = "Beispiel: ein Beitrag, an dem man die Prüfung ausprobiert"
    page = people.window("verwaltung").page
    page.goto("/mein/")
    press(page.get_by_role("main").get_by_role("link", name=re.compile("auf Ihre Entscheidung")).first)
    main_link(page, title)
    press(page.get_by_role("button", name="Veröffentlichen"))
    expect(page.get_by_role("button", name="Veröffentlichen")).to_have_count(0)


def test_a_mayor_opens_the_menu_on_a_phone(people: People) -> None:
    page = people.window("leitung", width=390).page
    page.goto("/")
    press(page.locator("header summary").filter(has_text="Menü"))
    press(page.get_by_role("link", name="Themen", exact=True).filter(visible=True).first)
    assert_reads(page, "Themen")
    main_link(page, TOPIC)
    tab_to(page.get_by_role("main").get_by_role("link", name=re.compile("@example.org")).first)


def test_a_coordinator_orders_topics_and_names_a_city(people: People) -> None:
    page = people.window("koordination").page
    page.goto("/themen/bearbeiten/")
    press(page.get_by_role("button", name="„Digitale Verwaltung“ nach unten"))
    expect(page.get_by_role("button", name="„Digitale Verwaltung“ nach oben")).to_be_enabled()
    page.goto("/themen/e-akte/staedte/neu/")
    type_into(page.get_by_label("Stadt", exact=True), "Pirmasens")
    page.keyboard.press("Escape")
    tab_to(page.get_by_role("radio", name="federführend"))
    page.keyboard.press("ArrowDown")
    press(page.get_by_role("button", name="Eintragen"))
    expect(page.get_by_role("main")).to_contain_text("Pirmasens")
