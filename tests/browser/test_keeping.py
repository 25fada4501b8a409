"""What is typed into the editor outlives an expired session, and nothing else."""

import re

from playwright.sync_api import Page, expect

from ikone.demo.accounts import DEMO_PASSWORD
from tests.browser.people import ROLES, People

BACK = "Ihre nicht gespeicherten Eingaben sind wieder da."
TITLE, TEXT = "Nach der Mittagspause gespeichert", "Anträge lagen wochenlang."


def write(page: Page) -> None:
    page.goto("/praxis/neu/")
    expect(page.locator("#id_starting_point-text")).to_be_visible()
    page.get_by_role("textbox", name="Titel", exact=True).fill(TITLE)
    page.get_by_role("textbox", name="Ausgangslage", exact=True).fill(TEXT)
    page.get_by_role("radio", name="Beendetes Vorhaben").check()


def assert_is_back(page: Page) -> None:
    expect(page.get_by_role("status").filter(has_text=BACK)).to_be_visible()
    expect(page.get_by_role("textbox", name="Titel", exact=True)).to_have_value(TITLE)
    expect(page.get_by_role("textbox", name="Ausgangslage", exact=True)).to_have_text(TEXT)
    expect(page.get_by_role("radio", name="Beendetes Vorhaben")).to_be_checked()


def log_in_again(page: Page, role: str) -> None:
    page.get_by_label("E-Mail").fill(ROLES[role])
    page.get_by_label("Passwort", exact=True).fill(DEMO_PASSWORD)
    page.locator("main").get_by_role("button", name=re.compile("^Anmelden$")).click()
    page.wait_for_url("**/praxis/**")


def save(page: Page) -> None:
    page.get_by_role("button", name="Entwurf speichern").click()
    page.wait_for_load_state()


def test_an_expired_session_costs_no_text_and_saving_ends_the_keeping(people: People) -> None:
    window = people.window("redaktion")
    page = window.page
    write(page)
    key = page.locator("input[name=key]").input_value()
    window.context.clear_cookies(name=re.compile("session"))
    save(page)
    expect(page.get_by_text("Ihre Sitzung ist abgelaufen.")).to_be_visible()
    log_in_again(page, "redaktion")
    assert_is_back(page)
    assert page.locator("input[name=key]").input_value() == key

    save(page)
    expect(page.get_by_text("„Kurzprofil“ ist gespeichert.")).to_be_visible()
    expect(page.get_by_text(BACK)).to_be_hidden()
    page.goto("/praxis/neu/")
    expect(page.get_by_role("textbox", name="Titel", exact=True)).to_have_value("")
    expect(page.get_by_text(BACK)).to_be_hidden()


def test_a_text_saved_by_somebody_else_meanwhile_is_not_replaced_unseen(people: People) -> None:
    window = people.window("redaktion")
    window.watch.expect(422)
    page, manager = window.page, people.window("verwaltung").page
    write(page)
    save(page)
    edit = f"{page.url}profil/"
    page.goto(edit)
    manager.goto(edit)
    manager.get_by_role("textbox", name="In einem Satz").fill("Von der Verwaltung.")
    page.get_by_role("textbox", name="In einem Satz").fill("Von der Redaktion.")
    save(manager)
    window.context.clear_cookies(name=re.compile("session"))
    save(page)
    log_in_again(page, "redaktion")
    expect(page.get_by_text(BACK)).to_be_visible()
    save(page)
    told = page.get_by_role("group", name="In einem Satz")
    expect(told).to_contain_text("Von der Verwaltung.")
    expect(told).to_contain_text("Von der Redaktion.")


def test_what_came_back_can_be_discarded(people: People) -> None:
    page = people.window("redaktion").page
    write(page)
    page.goto("/praxis/")
    page.goto("/praxis/neu/")
    assert_is_back(page)
    page.get_by_role("button", name="Verwerfen").click()
    expect(page.get_by_text(BACK)).to_be_hidden()
    expect(page.get_by_role("textbox", name="Titel", exact=True)).to_have_value("")


def test_logging_out_forgets_and_nobody_else_reads_it(people: People) -> None:
    window = people.window()
    page = window.page
    for leaves in (True, False):
        people.log_in(page, ROLES["redaktion"])
        write(page)
        if leaves:
            page.goto("/praxis/")
            page.locator("header summary").first.click()
            page.get_by_role("button", name="Abmelden").first.click()
            assert (
                page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('ikone-kept'))") == []
            )
        else:
            page.goto("/praxis/")
            window.context.clear_cookies(name=re.compile("session"))
    people.log_in(page, ROLES["verwaltung"])
    page.goto("/praxis/neu/")
    expect(page.get_by_text(BACK)).to_be_hidden()
    expect(page.get_by_role("textbox", name="Titel", exact=True)).to_have_value("")
    assert TITLE not in page.evaluate("JSON.stringify(sessionStorage)")
