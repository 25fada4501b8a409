"""An OBM on a phone: from the login to a brief in hand and the right person to call, without help."""

import re
from pathlib import Path

from playwright.sync_api import Download, Page, expect

from tests.browser.axe import violations
from tests.browser.people import PHONE, People
from tests.documents.accessible import assert_accessible, pages_of

PRACTICE = "anliegen.trier.de: melden ohne Anmeldung, mit vier Pflichtangaben"
OTHER = "KLmitWirkung: eine Plattform für alle Beteiligung der Stadt"


def saved(download: Download, folder: Path) -> bytes:
    file = folder / download.suggested_filename
    download.save_as(file)
    return file.read_bytes()


def of(action: str, title: str) -> re.Pattern[str]:
    """The name of a control whose hidden words say what it is for."""
    return re.compile(rf"^{action}\s*: {re.escape(title)}")


def tap(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("main").get_by_role("link", name=name).first.click()
    page.wait_for_load_state()


def test_from_login_to_a_brief_and_a_call_on_a_phone(people: People, tmp_path: Path) -> None:
    page = people.window(width=PHONE).page
    people.log_in(page, people.emails["leitung"])
    expect(page).to_have_url(f"{people.portal.url}/mein/")
    search = page.get_by_label("Alles durchsuchen", exact=True)
    expect(search).to_be_in_viewport()  # on the first screen, whatever else stands there
    search.fill("anliegen melden")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q="))
    tap(page, PRACTICE)
    tap(page, "Kurzfassung")
    main = page.get_by_role("main")
    expect(page.get_by_role("heading", level=1)).to_have_text(PRACTICE)
    expect(main.get_by_role("heading", name="Ausgangslage")).to_be_visible()
    expect(main.locator('a[href^="mailto:"]').first).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert len(pages_of(page.pdf(format="A4"))) == 1  # printed from the screen it is one sheet, too
    with page.expect_download() as download:
        main.get_by_role("link", name="Als PDF").click()
    content = saved(download.value, tmp_path)
    assert_accessible(content)
    [paper] = pages_of(content)
    assert PRACTICE in paper
    assert "Trier" in paper

    main.get_by_role("link", name="Stadt fragen").click()
    page.get_by_label("Ihre Nachricht").fill("Was hat der Betrieb im ersten Jahr gekostet?")
    page.get_by_role("button", name="Frage senden").click()
    expect(page.get_by_role("main")).to_contain_text("Ihre Frage vom")


def test_things_are_compared_kept_and_taken_along(people: People, tmp_path: Path) -> None:
    page = people.window("leitung", width=PHONE).page
    page.goto("/praxis/?q=anliegen")
    page.get_by_role("checkbox", name=of("vergleichen", PRACTICE)).check()
    page.get_by_role("button", name="Gewählte vergleichen").click()
    page.wait_for_url(re.compile("/vergleich/"))
    page.get_by_label("Stichworte, Adresse oder Nummer").fill("KLmitWirkung")
    page.get_by_role("button", name="Suchen", exact=True).last.click()
    page.get_by_role("link", name=of("Dazunehmen", OTHER)).click()
    main = page.get_by_role("main")
    expect(main.get_by_role("row", name=re.compile("^Zeitraum"))).to_contain_text("verschieden")
    expect(main.get_by_role("row", name=re.compile("^Stadt"))).not_to_contain_text("verschieden")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    compared = page.url

    for title in (PRACTICE, OTHER):
        main.get_by_role("link", name=title, exact=True).click()
        tap(page, "Merken")
        page.get_by_label("Notiz").fill("Für den Ausschuss")
        with page.expect_navigation():
            page.get_by_role("main").get_by_role("button", name="Merken").click()
        if title == PRACTICE:
            page.goto(compared)
            expect(page.get_by_role("heading", level=1)).to_have_text("Vergleich")
    tap(page, "Merkliste")
    page.get_by_role("button", name=of("nach oben", OTHER)).click()
    expect(page.locator(".entry").first).to_contain_text(OTHER)
    assert violations(page) == []
    with page.expect_download() as download:
        page.get_by_role("button", name="Mappe als PDF").click()
    content = saved(download.value, tmp_path)
    assert_accessible(content)
    pages = pages_of(content)
    assert OTHER in pages[1]
    assert PRACTICE in pages[2]
