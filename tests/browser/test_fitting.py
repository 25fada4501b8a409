"""Does it fit us? From the start page to a clarified line, and what the city works with, without a script."""

import re

from playwright.sync_api import Page, expect

from tests.browser.axe import assert_accessible
from tests.browser.people import DESK, PHONE, People
from tests.browser.test_flows import PRACTICE, follow


def shows(page: Page, text: str) -> None:
    expect(page.get_by_role("main")).to_contain_text(text)


def test_staff_enter_products_and_clarify_whether_a_practice_fits(people: People) -> None:
    window = people.window("trier", width=PHONE, javascript=False)
    window.watch.expected_statuses.add(422)
    page = window.page
    page.goto("/staedte/")
    follow(page, "Trier")
    follow(page, "Produkte eintragen")
    first = page.get_by_role("group", name="Zeile 1")
    first.get_by_label("Produkt", exact=True).fill("mitredeninLD")
    first.get_by_label("Vertrag endet").fill("irgendwann")
    page.get_by_role("button", name="Speichern").click()
    shows(page, "Bitte sagen Sie, wofür.")
    expect(first.get_by_label("Vertrag endet")).to_have_value("irgendwann")
    first.get_by_label("Wofür").fill("Anliegen melden")
    first.get_by_label("Vertrag endet").fill("12/2099")
    page.get_by_role("button", name="Speichern").click()
    shows(page, "Vertrag bis 31.12.2099")
    follow(page, "mitredeninLD")
    expect(page.get_by_role("heading", name="Im Einsatz in 2 Städten")).to_be_visible()
    follow(page, PRACTICE)

    check = page.get_by_role("region", name="Passt das zu Trier?")
    expect(check).to_contain_text("Produkte")
    check.get_by_role("link", name="Im Einzelnen prüfen").click()
    shows(page, "Bei Ihnen auch: mitredeninLD (Anliegen melden)")
    page.get_by_role("link", name=re.compile(r"^Für uns klären \(Recht")).click()
    page.get_by_role("button", name="Als geklärt festhalten").click()
    shows(page, "Bitte ausfüllen.")
    page.get_by_label("anzupassen").check()
    page.get_by_label("Was haben Sie geklärt?").fill("Die Dienstvereinbarung braucht einen Zusatz.")
    page.get_by_role("button", name="Als geklärt festhalten").click()
    shows(page, "Die Dienstvereinbarung braucht einen Zusatz.")

    addresses = [page.url, "/staedte/trier/produkte/eintragen/", "/produkte/mitredeninld/", "/produkte/"]
    addresses += ["/staedte/trier/produkte/einlesen/", "/staedte/trier/vergleichbare/", "/praxis/?wie=unsere"]
    for scheme, width in (("light", DESK), ("dark", PHONE)):
        shown = people.window("trier", width=width, scheme=scheme).page
        for address in addresses:
            shown.goto(address)
            assert_accessible(shown)
