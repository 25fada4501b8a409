"""The coordinators' desk: a city asks to join and comes in; tags are brought in order by keyboard."""

import re

from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.conftest import ASKING_TOWN
from tests.browser.people import PHONE, People, press, tab_to

ADDRESS = "hauptamt@boppard.example.org"


def test_a_city_asks_to_join_and_is_admitted_from_the_desk(people: People) -> None:
    window = people.window(width=PHONE, javascript=False)
    window.watch.expect(422)
    page = window.page
    page.goto("/")
    page.get_by_role("link", name="Ihre Stadt möchte mitmachen?").click()
    page.get_by_role("searchbox", name=re.compile("^Name der Gemeinde")).fill("boppard")
    page.get_by_role("main").get_by_role("button", name="Suchen").click()
    page.get_by_role("link", name=f"Mitmachen mit {ASKING_TOWN}").click()
    page.get_by_label("Ihr Name").fill("Stelle in Boppard")
    page.get_by_label("Dienststelle").fill("Hauptamt")
    page.get_by_label("Dienstliche E-Mail-Adresse").fill("keine")
    page.get_by_label("Was möchten Sie einbringen").fill("Wir suchen Rat zur E-Akte.")
    page.wait_for_timeout(3_000)  # nobody types faster
    page.get_by_role("button", name="Anfrage senden").click()
    expect(page.get_by_role("alert")).to_contain_text("Dienstliche E-Mail-Adresse")
    page.get_by_label("Dienstliche E-Mail-Adresse").fill(ADDRESS)
    page.get_by_role("button", name="Anfrage senden").click()
    expect(page.get_by_role("main")).to_contain_text("Ihre Anfrage ist angekommen")
    page.goto("/postausgang/")
    page.get_by_role("article").filter(has_text=f"an {ADDRESS}").first.get_by_role("link").click()
    page.get_by_role("button", name="Anfrage bestätigen").click()
    expect(page.get_by_role("main")).to_contain_text("Ihre Adresse ist bestätigt")

    desk = people.window("koordination").page
    desk.goto("/koordination/")
    assert violations(desk) == []
    press(desk.get_by_role("navigation").get_by_role("link", name=re.compile("mitmachen möchte")))
    press(desk.get_by_role("link", name=re.compile("^Aufnehmen oder ablehnen")))
    expect(desk.get_by_role("main")).to_contain_text("Wir suchen Rat zur E-Akte.")
    assert violations(desk) == []
    press(desk.get_by_role("button", name="Aufnehmen und einladen"))
    expect(desk.get_by_text(f"Die Einladung an {ADDRESS} ist unterwegs")).to_be_visible()
    expect(desk.locator("#gesagt")).to_be_focused()
    expect(desk.get_by_role("region", name=re.compile("^Einladung(en)? ohne Antwort"))).to_contain_text(
        ADDRESS
    )


def test_tags_are_renamed_by_keyboard_and_the_change_is_taken_back(people: People) -> None:
    page = people.window("koordination").page
    page.goto("/koordination/")
    press(page.get_by_role("link", name=re.compile("^Schlagwörter")))
    box = page.get_by_role("checkbox").first
    name = str(box.evaluate("box => box.labels[0].firstChild.textContent")).strip()
    tab_to(box)
    page.keyboard.press("Space")
    press(page.get_by_role("button", name="Zusammenführen oder umbenennen"))
    target = page.get_by_label("werden zu")
    tab_to(target)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(f"{name} im Rathaus")
    press(page.get_by_role("button", name="Vorschau"))
    expect(page.get_by_role("region", name="Das wird geschehen")).to_contain_text("im Rathaus")
    assert violations(page) == []
    press(page.get_by_role("button", name="So ändern"))
    page.wait_for_url("**/koordination/auftraege/**")
    page.goto("/koordination/schlagworte/")
    press(page.get_by_role("link", name=f"{name} → {name} im Rathaus"))
    expect(page.get_by_role("button", name="Rückgängig machen")).to_be_visible(timeout=20_000)
