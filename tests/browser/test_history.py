"""Two people and the versions of one write-up: the second compares two and brings one back, by keyboard."""

import re

from playwright.sync_api import expect

from tests.browser.axe import assert_accessible
from tests.browser.people import PHONE, People, press, tab_to
from tests.browser.test_flows import assert_reads, submit

OLD, NEW = "Anträge kommen jetzt vollständig an.", "Anträge kommen jetzt meistens vollständig an."


def test_a_second_person_compares_two_versions_and_restores_one(people: People) -> None:
    title = "Ein Beitrag mit Geschichte"
    author = people.window("redaktion").page
    address = submit(author, title)
    author.goto(f"/praxis/{re.findall('/praxis/([0-9]+)', address)[0]}/bearbeiten/profil/")
    author.get_by_role("textbox", name="In einem Satz").fill(NEW)
    author.get_by_role("button", name="Speichern", exact=True).first.click()
    expect(author.get_by_role("main")).to_contain_text(NEW)

    page = people.window("verwaltung").page
    page.goto(address)
    press(page.get_by_role("link", name="Alle Fassungen"))
    assert_reads(page, "Fassungen")
    assert_accessible(page)
    tab_to(page.get_by_role("radio", name="bis Fassung 2"))
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("radio", name="bis Fassung 2")).not_to_be_checked()
    expect(page.get_by_role("radio", name="bis Fassung 1")).to_be_checked()
    page.keyboard.press("ArrowDown")
    press(page.get_by_role("button", name="Ausgewählte Fassungen vergleichen"))
    assert_reads(page, "Fassungen vergleichen")
    expect(page.locator("ins").filter(has_text="meistens")).to_be_visible()
    assert_accessible(page)

    press(page.get_by_role("link", name="Fassung 1 wiederherstellen"))
    assert_reads(page, "Fassung 1 wiederherstellen")
    expect(page.locator("del").filter(has_text="meistens")).to_be_visible()
    assert_accessible(page)
    press(page.get_by_role("button", name="Als neue Fassung übernehmen"))
    assert_reads(page, title)
    expect(page.get_by_text(OLD, exact=True)).to_be_visible()
    expect(
        page.get_by_text("Geschrieben von Redaktion Landau (Vorführung), Verwaltung Landau")
    ).to_be_visible()

    phone = people.window("verwaltung", width=PHONE, scheme="dark", javascript=False).page
    phone.goto(address)
    phone.get_by_role("link", name="Alle Fassungen").click()
    expect(phone.get_by_text("Fassung 1 wiederhergestellt")).to_be_visible()
    phone.get_by_role("link", name="Was wurde geändert?").first.click()
    assert_reads(phone, "Fassungen vergleichen")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert phone.locator("ins, del").count()
