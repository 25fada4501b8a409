"""Numbers and a relation, entered with the keyboard alone and seen by a visitor."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.people import PHONE, People, press, tab_to, type_into

PRACTICE = "Vorhabenliste: zeigen, was die Stadt plant"
OTHER = "KLmitWirkung: eine Plattform für alle Beteiligung der Stadt"


def choose(field: Locator, option: str) -> None:
    tab_to(field)
    field.page.keyboard.type(option)
    expect(field.locator("option:checked")).to_have_text(option)


def section(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name)


def test_numbers_and_a_relation_by_keyboard(people: People) -> None:
    window = people.window("verwaltung")
    window.watch.expect(422)  # what is missing is answered with it
    page = window.page
    page.goto("/praxis/?q=Vorhabenliste")
    press(page.get_by_role("main").get_by_role("link", name=PRACTICE))
    press(page.get_by_role("link", name="Bearbeiten"))
    press(page.get_by_role("link", name=re.compile("Zahlen")))
    costs = section(page, "Kosten, Aufwand und Ersparnis")
    first = costs.get_by_role("group", name="Zahl 1")
    choose(first.get_by_label("Was"), "Kosten im Jahr")
    type_into(first.get_by_label("Betrag"), "rund 1.200 €")
    type_into(first.get_by_label("Zeitraum"), "2025")
    press(costs.get_by_role("button", name="Weitere Zeile"))
    second = costs.get_by_role("group", name="Zahl 2")
    expect(second.get_by_label("Was")).to_be_focused()
    choose(second.get_by_label("Was"), "Aufwand in Personentagen")
    type_into(second.get_by_label("Betrag"), "4,5")
    choose(second.get_by_label("Grundlage"), "gemessen")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # in a field the Enter key saves
    complaint = page.get_by_role("alert").get_by_role("link", name=re.compile("gemessen oder geschätzt"))
    press(complaint)
    basis = page.get_by_role("group", name="Zahl 1").get_by_label("Grundlage")
    expect(basis).to_be_focused()
    expect(page.get_by_label("Betrag").first).to_have_value("rund 1.200 €")
    choose(basis, "geschätzt")
    press(page.get_by_role("button", name="Speichern", exact=True))
    expect(page.get_by_text("„Zahlen“ ist gespeichert.")).to_be_visible()

    press(page.get_by_role("link", name="Bearbeiten").last)
    press(page.get_by_role("link", name=re.compile("Beziehungen")))
    type_into(page.get_by_label("Nach einem Beitrag suchen"), "KLmitWirkung")
    page.keyboard.press("Enter")
    choice = page.get_by_role("radio", name=re.compile("^KLmitWirkung"))
    tab_to(choice)
    page.keyboard.press("Space")
    press(page.get_by_role("main").get_by_role("button", name="Speichern"))
    expect(page.get_by_text(f"Die Beziehung zu „{OTHER}“ ist gespeichert.")).to_be_visible()

    visitor = people.window(width=PHONE).page
    visitor.goto("/praxis/?q=Vorhabenliste")
    visitor.get_by_role("main").get_by_role("link", name=PRACTICE).click()
    facts = visitor.get_by_role("complementary", name="Steckbrief")
    expect(facts.get_by_text("rund 1.200 € (geschätzt, 2025)")).to_be_visible()
    expect(facts.get_by_text("4,5 Personentage (gemessen)")).to_be_visible()
    related = section(visitor, "Hängt zusammen mit").get_by_role("link", name=OTHER)
    related.click()
    expect(section(visitor, "Hängt zusammen mit").get_by_role("link", name=PRACTICE)).to_be_visible()


def test_another_row_without_javascript(people: People) -> None:
    page = people.window("verwaltung", javascript=False).page
    page.goto("/praxis/?q=Digitale+Innenstadt")
    page.get_by_role("main").get_by_role(
        "link", name="Digitale Innenstadt: erst fragen, dann untersuchen"
    ).click()
    page.get_by_role("link", name="Bearbeiten").first.click()
    page.get_by_role("link", name=re.compile("Zahlen")).click()
    costs = section(page, "Kosten, Aufwand und Ersparnis")
    costs.get_by_label("Betrag").fill("noch offen")
    costs.get_by_role("button", name="Weitere Zeile").click()
    expect(costs.get_by_label("Betrag")).to_have_count(2)
    expect(costs.get_by_label("Betrag").first).to_have_value("noch offen")
