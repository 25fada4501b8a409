"""A coordinator keeps the map: draws a topic, pushes it back by keyboard, merges two and undoes it."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.people import People, press


def add(page: Page, name: str) -> None:
    page.goto("/themen/neu/")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("button", name="Thema anlegen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def branch_of(page: Page, name: str) -> str:
    """What the working tree that is open has under a topic of the top level."""
    row = page.locator(".working-tree > li").filter(has=page.get_by_role("link", name=name, exact=True))
    return row.first.inner_text()


def focused(page: Page, name: str) -> Locator:
    """The arrow of a topic that has the keyboard."""
    return page.get_by_role("button", name=re.compile(f"„{name}“")).and_(page.locator(":focus"))


def finished(page: Page) -> None:
    expect(page.get_by_role("alert")).to_contain_text("Erledigt", timeout=30_000)


def test_a_topic_is_drawn_pushed_merged_and_brought_back(people: People) -> None:
    page = people.window("koordination").page
    add(page, "Ziehprobe Ziel")
    add(page, "Ziehprobe Quelle")
    page.goto("/themen/bearbeiten/")
    rows = page.locator(".working-tree__row")
    source = rows.filter(has_text="Ziehprobe Quelle")
    source.drag_to(rows.filter(has_text="Ziehprobe Ziel"))
    page.wait_for_url(re.compile("fokus="))
    assert "Ziehprobe Quelle" in branch_of(page, "Ziehprobe Ziel")

    # The keyboard is on the moved topic at once, and stays there: nobody tabs through the whole map again.
    expect(focused(page, "Ziehprobe Quelle")).to_have_count(1)
    press(page.get_by_role("button", name="„Ziehprobe Quelle“ eine Ebene höher"))
    page.wait_for_url(re.compile("-heraus$"))
    # Who does not see the row hears its new place, since the live region changes after the page is there.
    expect(page.locator("#meldung")).to_contain_text("„Ziehprobe Quelle“ steht jetzt an")
    expect(focused(page, "Ziehprobe Quelle")).to_have_count(1)
    assert "Ziehprobe Quelle" not in branch_of(page, "Ziehprobe Ziel")

    row = page.locator(".working-tree__row").filter(has_text="Ziehprobe Quelle")
    row.get_by_text("Mehr").click()
    row.get_by_role("link", name="Zusammenführen").click()
    page.get_by_label("Geht auf in").select_option(label="Ziehprobe Ziel")
    page.get_by_role("button", name="Vorschau zeigen").click()
    preview = page.get_by_role("region", name="Das wird geschehen")
    expect(preview).to_contain_text(
        "Die Adresse /themen/ziehprobe-quelle/ leitet auf /themen/ziehprobe-ziel/ weiter"
    )
    page.get_by_role("button", name="Jetzt zusammenführen").click()
    finished(page)
    page.goto("/themen/ziehprobe-quelle/")
    expect(page).to_have_url(re.compile("/themen/ziehprobe-ziel/"))

    page.goto("/themen/bearbeiten/")
    page.get_by_role("link", name="Verlauf", exact=True).first.click()
    page.get_by_role("button", name="„Ziehprobe Quelle“ wiederherstellen").click()
    finished(page)
    page.goto("/themen/ziehprobe-quelle/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ziehprobe Quelle")


def test_long_names_fit_on_a_phone(people: People) -> None:
    page = people.window("koordination", width=390).page
    add(page, "Donaudampfschifffahrtsgesellschaftskapitänsmützenverordnung")
    for address in ("/themen/", "/themen/bearbeiten/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address

    # Heads of the matrix show the whole name, and say it when somebody points at one.
    page.goto("/themen/matrix/")
    cut = """heads => heads.filter(one => one.scrollHeight > one.clientHeight + 1
        || one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)"""
    heads = page.locator(".matrix__table thead th a > span")
    expect(heads.first).to_be_visible()
    assert heads.evaluate_all(cut) == []
    expect(page.get_by_title("Donaudampf")).to_have_count(1)
