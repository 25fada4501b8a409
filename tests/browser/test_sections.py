"""The sections of the editor as people meet them: who else is here, how complete it is, and axe."""

import re

import pytest
from playwright.sync_api import expect

from practices.editing.sections import SECTIONS
from tests.browser.axe import violations
from tests.browser.people import DESK, PHONE, People
from tests.browser.test_flows import write_practice
from tests.support.reporting import assert_none


def test_the_bar_counts_while_somebody_types(people: People) -> None:
    page = people.window("redaktion").page
    page.goto("/praxis/neu/")
    status = page.get_by_role("complementary", name="Stand der Eingaben")
    expect(status).to_contain_text("2 von 8 Angaben")
    expect(status.get_by_role("link", name="Titel")).to_be_visible()
    page.get_by_role("textbox", name="Titel", exact=True).fill("Ein Titel")
    expect(status).to_contain_text("3 von 8 Angaben")
    status.get_by_role("link", name="In einem Satz").click()
    expect(page.get_by_role("textbox", name="In einem Satz")).to_be_focused()
    page.get_by_role("radio", name="Beendetes Vorhaben").check()
    expect(status).to_contain_text("3 von 9 Angaben")
    expect(page.get_by_role("textbox", name="Warum es beendet wurde")).to_be_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", DESK), ("dark", PHONE)])
def test_every_section_is_accessible_and_shows_who_else_is_here(
    people: People, scheme: str, width: int
) -> None:
    author = people.window("redaktion", scheme=scheme, width=width).page
    manager = people.window("verwaltung").page
    write_practice(author, f"Gemeinsam geschrieben ({scheme})")
    author.get_by_role("button", name="Entwurf speichern").click()
    expect(author.get_by_role("heading", name="Abschnitte")).to_be_visible()
    tasks = author.url
    manager.goto(f"{tasks}profil/")
    expect(manager.get_by_text("Wird beim Tippen gesichert")).to_be_visible()
    found = violations(author)
    for section in SECTIONS:
        if section.form:
            author.goto(f"{tasks}{section.slug}/")
            here = author.get_by_text(re.compile(r"Gerade auch hier: .*, seit \d\d:\d\d Uhr"))
            expect(here).to_be_visible()
            found += violations(author)
    assert_none(found)
    assert author.evaluate("document.documentElement.scrollWidth <= innerWidth")
