"""What people come for, from the first page to the end of the way, in a real browser."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OUTSIDE_TOWN
from tests.browser.people import PHONE, People, press

PRACTICE = "mitredeninLD: Anliegen melden, Erledigung nach rund drei Tagen"
TOPIC, CITY, OFFICE = "Beteiligungsplattformen", "Landau in der Pfalz", "Stabsstelle Digitalisierung"
TEXTS = {
    "Ausgangslage": "Anträge lagen lange.",
    "Lösung": "Ein Formular prüft die Unterlagen.",
    "Was wir anders machen würden": "Den Personalrat früher fragen.",
}
NEW_PASSWORD = "Laterne-im-Regen-17"


def follow(page: Page, name: str) -> None:
    """Click the first link of this name in the page's main part."""
    page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()
    page.wait_for_load_state()


def section(page: Page, name: str) -> None:
    """Open one of the portal's sections, which a phone keeps in a menu."""
    link = page.get_by_role("navigation", name="Bereiche").get_by_role("link", name=name, exact=True)
    shown = link.filter(visible=True)
    if shown.count() == 0:
        page.locator("header summary").filter(has_text="Menü").click()
    link.filter(visible=True).first.click()
    page.wait_for_load_state()


def assert_reads(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def write_practice(page: Page, title: str) -> None:
    """Fill in the short profile."""
    page.goto("/praxis/neu/")
    page.get_by_role("textbox", name="Titel", exact=True).fill(title)
    page.get_by_role("textbox", name="In einem Satz").fill("Anträge kommen jetzt vollständig an.")
    topic = page.get_by_label("Wichtigstes Thema")
    topic.select_option(topic.locator("option", has_text=TOPIC).get_attribute("value"))
    for label, text in TEXTS.items():
        page.get_by_role("textbox", name=label, exact=True).fill(text)


def submit(page: Page, title: str) -> str:
    """Write a practice and hand it in; its address."""
    write_practice(page, title)
    page.get_by_role("button", name="Zur Prüfung einreichen").click()
    assert_reads(page, title)
    expect(page.get_by_role("main")).to_contain_text("In Prüfung")
    return page.url


def test_a_visitor_finds_a_practice_through_topic_city_and_list(people: People) -> None:
    page = people.window().page
    page.goto("/")
    follow(page, "Beteiligung")
    follow(page, TOPIC)
    follow(page, PRACTICE)
    assert_reads(page, PRACTICE)
    expect(page.get_by_role("complementary", name="Steckbrief")).to_contain_text(OFFICE)

    section(page, "Städte")
    follow(page, CITY)
    follow(page, PRACTICE)
    assert_reads(page, PRACTICE)

    section(page, "Praxis")
    page.get_by_role("searchbox", name="Suchwörter").fill("Anliegen")
    page.get_by_role("searchbox", name="Suchwörter").press("Enter")
    page.wait_for_url(re.compile("q=Anliegen"))
    follow(page, PRACTICE)
    assert_reads(page, PRACTICE)


def test_filters_are_links_that_stand_in_the_address_and_keep_the_focus(people: People) -> None:
    page = people.window().page
    page.goto("/praxis/")
    stopped = page.locator("#f-art-stopped")
    press(stopped)
    page.wait_for_url(re.compile(r"art=stopped$"))
    expect(page.get_by_role("region", name="Ergebnisse")).to_contain_text("2 Beiträge")
    expect(page.get_by_role("status")).to_have_text("2 Beiträge")
    expect(stopped).to_be_focused()
    expect(stopped).to_have_accessible_name(re.compile("Beendetes Vorhaben 2 ausgewählt, entfernen"))
    swapped = page.get_by_role("region", name="Ergebnisse").inner_text()
    page.reload()
    assert page.get_by_role("region", name="Ergebnisse").inner_text() == swapped
    page.get_by_role("main").get_by_text("Bundesland", exact=True).click()
    for is_chosen in (True, False):
        page.locator("#f-land-07").click()
        page.wait_for_url(re.compile(r"land=07$" if is_chosen else r"art=stopped$"))
    expect(page.locator("#f-land-07")).to_be_visible()  # what somebody unfolded stays open
    tags = page.locator(".chosen .tag")
    page.locator("#f-land-07").click()
    expect(tags).to_have_count(2)
    press(tags.last)
    expect(tags).to_have_count(1)
    expect(tags).to_be_focused()
    press(page.get_by_role("link", name="Neueste zuerst"))
    page.wait_for_url(re.compile("sortierung="))
    expect(page.locator(".sorts [aria-current]")).to_be_focused()
    press(tags)
    expect(tags).to_have_count(0)
    expect(page.locator("[data-count]")).to_be_focused()
    page.locator("#f-art-stopped").click()
    words = page.get_by_role("search", name="Beiträge filtern").get_by_label("Suchwörter")
    words.fill("Stadt")
    page.locator("#f-stand-ended").click()  # words that were not sent yet come along
    page.wait_for_url(re.compile(r"(?=.*art=stopped)(?=.*stand=ended)(?=.*q=Stadt)"))
    expect(page.locator("[aria-current=true].facet__choice")).to_have_count(2)

    plain = people.window(javascript=False).page
    plain.goto(page.url)
    plain.locator("#f-art-stopped").click()
    expect(plain.locator("#f-stand-ended")).to_have_attribute("aria-current", "true")
    plain.get_by_role("button", name="Liste durchsuchen").click()
    assert "stand=ended" in plain.url
    assert "art=" not in plain.url


def test_an_invited_person_gets_an_account_and_logs_in(people: People) -> None:
    address = "neue.kollegin@example.org"
    manager = people.window("verwaltung").page
    manager.goto("/staedte/landau-in-der-pfalz/personen/")
    follow(manager, "Person einladen")
    manager.get_by_label("E-Mail-Adresse").fill(address)
    manager.get_by_role("button", name="Einladung senden").click()
    expect(manager.get_by_role("main")).to_contain_text(address)

    page = people.window().page
    page.goto("/postausgang/")
    mail = page.get_by_role("article").filter(has_text=address)
    mail.get_by_role("link", name=re.compile("einladung")).first.click()
    invitation = page.url
    page.get_by_label("Ihr Name").fill("Neue Kollegin")
    page.get_by_label("Passwort", exact=True).fill(NEW_PASSWORD)
    page.get_by_role("button", name="Einladung annehmen").click()
    page.wait_for_url(re.compile("/konto/willkommen/"))

    other = people.window()
    other.watch.expect(404, 410)
    other.page.goto(invitation)
    expect(other.page.get_by_label("Ihr Name")).to_have_count(0)
    people.log_in(other.page, address, NEW_PASSWORD)
    other.page.goto("/praxis/neu/")
    expect(other.page.get_by_role("main")).to_contain_text(CITY)


def test_author_drafts_and_submits_manager_returns_and_publishes_and_a_mayor_finds_it(people: People) -> None:
    title = "Bauanträge kommen vollständig an"
    author = people.window("redaktion").page
    write_practice(author, title)
    author.get_by_role("button", name="Entwurf speichern").click()
    expect(author.get_by_role("heading", name="Abschnitte")).to_be_visible()
    author.goto("/mein/")
    follow(author, title)
    expect(author.get_by_role("main")).to_contain_text("Entwurf")
    author.get_by_role("button", name="Zur Prüfung einreichen").or_(
        author.get_by_role("button", name="Einreichen")
    ).first.click()
    expect(author.get_by_role("main")).to_contain_text("In Prüfung")

    manager = people.window("verwaltung").page
    manager.goto("/praxis/pruefung/")
    follow(manager, title)
    follow(manager, "Zurückgeben")
    manager.get_by_label("Anmerkung").fill("Bitte nennen Sie noch die Kosten.")
    manager.get_by_role("button", name="Zurückgeben").click()

    author.reload()
    expect(author.get_by_role("main")).to_contain_text("Bitte nennen Sie noch die Kosten.")
    author.get_by_role("button", name="Zur Prüfung einreichen").or_(
        author.get_by_role("button", name="Einreichen")
    ).first.click()

    manager.goto("/praxis/pruefung/")
    follow(manager, title)
    manager.get_by_role("button", name="Veröffentlichen").click()
    expect(manager.get_by_role("button", name="Veröffentlichen")).to_have_count(0)

    mayor = people.window("trier", width=PHONE).page
    mayor.goto("/")
    follow(mayor, title)
    assert_reads(mayor, title)
    mayor.goto("/")
    section(mayor, "Themen")
    follow(mayor, TOPIC)
    expect(mayor.get_by_text(OFFICE).first).to_be_in_viewport()
    expect(mayor.get_by_role("link", name=re.compile("@example.org")).first).to_be_in_viewport()
    follow(mayor, title)
    assert_reads(mayor, title)
    section(mayor, "Städte")
    follow(mayor, CITY)
    follow(mayor, title)
    section(mayor, "Praxis")
    follow(mayor, title)
    assert_reads(mayor, title)
    expect(mayor.get_by_role("complementary", name="Steckbrief")).to_contain_text(OFFICE)


def test_a_coordinator_curates_topics_and_assigns_a_city(people: People) -> None:
    page = people.window("koordination").page
    page.goto("/koordination/")
    follow(page, "Themenkarte bearbeiten")
    follow(page, "Thema anlegen")
    page.get_by_label("Name", exact=True).fill("Digitaler Zwilling")
    page.get_by_label(re.compile("^Andere Wörter")).fill("Stadtmodell\n3D-Stadt")
    page.get_by_role("button", name="Thema anlegen").click()
    page.goto("/themen/digitaler-zwilling/")
    assert_reads(page, "Digitaler Zwilling")

    page.goto("/themen/digitaler-zwilling/bearbeiten/")
    page.get_by_label("Name", exact=True).fill("Digitale Zwillinge")
    page.get_by_role("button", name="Speichern").click()
    page.goto("/themen/digitaler-zwilling/")
    assert_reads(page, "Digitale Zwillinge")

    page.goto("/themen/digitaler-zwilling/staedte/neu/")
    page.get_by_label("Stadt", exact=True).fill("Speyer")
    page.get_by_label("federführend").check()
    page.get_by_label(re.compile("^Ansprechperson oder Stelle")).fill(OFFICE)
    page.get_by_role("button", name="Eintragen").click()
    expect(page.get_by_role("main")).to_contain_text("Speyer")
    expect(page.get_by_role("main")).to_contain_text(OFFICE)

    page.goto("/themen/digitaler-zwilling/bearbeiten/")
    expect(page.get_by_role("button", name=re.compile("Löschen"))).to_have_count(0)


def test_a_coordinator_admits_a_city_of_the_register_and_invites(people: People) -> None:
    page = people.window("koordination").page
    page.goto("/staedte/aufnehmen/")
    page.get_by_role("searchbox", name=re.compile("^Name der Gemeinde")).fill("neustadt an der weinstrasse")
    page.get_by_role("searchbox", name=re.compile("^Name der Gemeinde")).press("Enter")
    page.get_by_role("main").get_by_role("link", name=f"Als Mitglied aufnehmen: {OUTSIDE_TOWN}").click()
    page.get_by_role("button", name="Aufnehmen").click()
    page.goto("/staedte/neustadt-an-der-weinstrasse/")
    assert_reads(page, OUTSIDE_TOWN)
    page.goto("/staedte/neustadt-an-der-weinstrasse/personen/einladen/")
    page.get_by_label("E-Mail-Adresse").fill("verwaltung.neustadt@example.org")
    page.get_by_label(re.compile("^Verwaltung:")).check()
    page.get_by_role("button", name="Einladung senden").click()
    expect(page.get_by_role("main")).to_contain_text("verwaltung.neustadt@example.org")

    page.goto("/koordination/personen/einladen/")
    page.get_by_label("E-Mail-Adresse").fill("zweite.koordination@example.org")
    page.get_by_role("button", name="Einladung senden").click()
    expect(page.get_by_role("main")).to_contain_text("zweite.koordination@example.org")
