"""What is typed into the editor is lost by nothing: a closed window, an ended session, a server that dies."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from ikone.demo.accounts import DEMO_PASSWORD
from tests.browser.people import ROLES, People, Window
from tests.browser.server import Portal

TITLE, TEXT = "Nach der Mittagspause gespeichert", "Anträge lagen wochenlang."
KEPT = re.compile(r"Gesichert um \d\d:\d\d Uhr")
GONE = re.compile("Ihre Sitzung ist abgelaufen")
AWAY = re.compile("Keine Verbindung")


def write(page: Page, title: str = TITLE) -> None:
    page.goto("/praxis/neu/")
    expect(page.locator("#id_starting_point-text")).to_be_visible()
    page.get_by_role("textbox", name="Titel", exact=True).fill(title)
    page.get_by_role("textbox", name="Ausgangslage", exact=True).fill(TEXT)
    page.get_by_role("radio", name="Beendetes Vorhaben").check()


def expect_kept(page: Page) -> None:
    expect(page.get_by_text(KEPT)).to_be_visible()


def expect_back(page: Page, title: str = TITLE) -> None:
    expect(page.get_by_text("sind wieder da")).to_be_visible()
    expect(page.get_by_role("textbox", name="Titel", exact=True)).to_have_value(title)
    expect(page.get_by_role("textbox", name="Ausgangslage", exact=True)).to_have_text(TEXT)
    expect(page.get_by_role("radio", name="Beendetes Vorhaben")).to_be_checked()


def kept_list(page: Page) -> Locator:
    """All that a person has not saved yet; the newest of it also stands among the three things above."""
    return page.get_by_role("region", name="Noch nicht gespeichert")


def save(page: Page) -> None:
    page.get_by_role("button", name="Entwurf speichern").click()
    expect(page.get_by_role("heading", name="Abschnitte")).to_be_visible()


def log_in_in_place(window: Window, role: str) -> None:
    """Follow the notice into a second window and log in there."""
    with window.context.expect_page() as opened:
        window.page.get_by_role("link", name="In neuem Fenster anmelden").click()
    second = opened.value
    second.get_by_label("E-Mail").fill(ROLES[role])
    second.get_by_label("Passwort", exact=True).fill(DEMO_PASSWORD)
    second.locator("main").get_by_role("button", name=re.compile("^Anmelden$")).click()
    expect(second.get_by_role("heading", name="Sie sind wieder angemeldet.")).to_be_visible()
    second.close()


def test_a_closed_window_costs_no_text_and_saving_ends_the_keeping(people: People) -> None:
    window = people.window("redaktion")
    title = "Nach dem Schließen noch da"
    write(window.page, title)
    expect_kept(window.page)
    window.page.close()
    page = window.context.new_page()
    page.goto("/mein/")
    kept_list(page).get_by_role("link", name=title).click()
    expect_back(page, title)
    page.reload()
    expect_back(page, title)
    save(page)
    page.goto("/mein/")
    expect(page.get_by_role("main").get_by_role("link", name=title).first).to_be_visible()  # a draft now
    expect(kept_list(page).get_by_role("link", name=title)).to_have_count(0)


def test_two_windows_of_one_person_do_not_write_over_each_other(people: People) -> None:
    window = people.window("redaktion")
    window.watch.expect(409)
    first, title = window.page, "In zwei Fenstern"
    write(first, title)
    expect_kept(first)
    second = window.context.new_page()
    second.goto(first.url)
    expect_back(second, title)
    second.get_by_role("textbox", name="In einem Satz").fill("Im zweiten Fenster.")
    expect_kept(second)
    first.get_by_role("textbox", name="In einem Satz").fill("Im ersten Fenster.")
    warning = first.get_by_text("In einem anderen Fenster haben Sie hier etwas anderes eingegeben")
    expect(warning).to_be_visible()
    second.reload()
    expect(second.get_by_role("textbox", name="In einem Satz")).to_have_value("Im zweiten Fenster.")
    first.get_by_role("button", name="Das hier behalten").click()
    expect(warning).to_be_hidden()
    second.reload()
    expect(second.get_by_role("textbox", name="In einem Satz")).to_have_value("Im ersten Fenster.")
    save(first)


def test_what_came_back_can_be_discarded(people: People) -> None:
    page = people.window("redaktion").page
    write(page, "Doch lieber nicht")
    expect_kept(page)
    page.goto("/praxis/neu/")
    page.get_by_role("link", name=re.compile("Weiterschreiben.*Doch lieber nicht")).click()
    expect_back(page, "Doch lieber nicht")
    page.get_by_role("button", name="Verwerfen").click()
    expect(page.get_by_role("textbox", name="Titel", exact=True)).to_have_value("")
    expect(page.get_by_text("Doch lieber nicht")).to_have_count(0)


def test_an_ended_session_is_renewed_in_place(people: People) -> None:
    window = people.window("redaktion")
    window.watch.expect(401, 403)
    page = window.page
    write(page)
    window.context.clear_cookies(name=re.compile("session"))
    page.get_by_role("textbox", name="In einem Satz").fill("Nach der Pause getippt.")
    expect(page.get_by_text(GONE)).to_be_visible()
    page.get_by_role("button", name="Entwurf speichern").click()  # goes nowhere yet
    expect(page.get_by_text(GONE)).to_be_visible()
    page.get_by_role("textbox", name="In einem Satz").fill("Während der Anmeldung weitergetippt.")
    log_in_in_place(window, "redaktion")
    expect_kept(page)
    expect(page.get_by_text(GONE)).to_be_hidden()
    save(page)
    page.get_by_role("link", name="Weiter: Kurzprofil").click()
    expect(page.get_by_role("textbox", name="In einem Satz")).to_have_value(
        "Während der Anmeldung weitergetippt."
    )


def test_somebody_else_who_logs_in_does_not_get_the_text(people: People) -> None:
    window = people.window("redaktion")
    window.watch.expect(401, 403)
    page = window.page
    write(page, "Nur für mich")
    expect_kept(page)
    window.context.clear_cookies(name=re.compile("session"))
    page.get_by_role("textbox", name="In einem Satz").fill("Mein Satz.")
    expect(page.get_by_text(GONE)).to_be_visible()
    log_in_in_place(window, "verwaltung")
    expect(page.get_by_text("In diesem Browser ist jetzt jemand anderes angemeldet.")).to_be_visible()
    second = window.context.new_page()
    second.goto("/mein/")
    expect(second.get_by_text("Nur für mich")).to_have_count(0)


def test_a_lost_connection_is_said_and_made_up_for(people: People) -> None:
    window = people.window("redaktion")
    page = window.page
    write(page)
    expect_kept(page)
    window.watch.is_offline = True
    window.context.set_offline(True)
    page.get_by_role("textbox", name="In einem Satz").fill("Im Zug getippt.")
    expect(page.get_by_text(AWAY)).to_be_visible()
    window.context.set_offline(False)
    expect(page.get_by_text(AWAY)).to_be_hidden(timeout=20_000)
    page.reload()
    expect(page.get_by_role("textbox", name="In einem Satz")).to_have_value("Im Zug getippt.")


def test_a_double_click_makes_one_record(people: People) -> None:
    page = people.window("redaktion").page
    write(page, "Zweimal geklickt")
    page.get_by_role("button", name="Entwurf speichern").dblclick()
    expect(page.get_by_role("heading", name="Abschnitte")).to_be_visible()
    page.goto("/praxis/meine/")
    expect(page.get_by_role("main").get_by_role("link", name="Zweimal geklickt")).to_have_count(1)


@pytest.fixture
def others(chromium: Browser, fresh_portal: Portal) -> Iterator[People]:
    """People of a portal that may be killed."""
    there = People(chromium, fresh_portal)
    yield there
    there.close()


def test_a_server_that_dies_while_somebody_types_loses_no_sentence(
    others: People, fresh_portal: Portal
) -> None:
    page = others.window("redaktion").page
    write(page)
    expect_kept(page)
    fresh_portal.kill()
    page.get_by_role("textbox", name="In einem Satz").fill("Ohne Server getippt.")
    expect(page.get_by_text(AWAY)).to_be_visible()
    page.get_by_role("button", name="Entwurf speichern").click()  # stays here instead of leaving into nothing
    expect(page.get_by_role("textbox", name="In einem Satz")).to_have_value("Ohne Server getippt.")
    fresh_portal.restart()
    expect(page.get_by_text(AWAY)).to_be_hidden(timeout=30_000)
    page.close()
    page = others.windows[0].context.new_page()
    page.goto("/mein/")
    kept_list(page).get_by_role("link", name=TITLE).click()
    expect_back(page)
    expect(page.get_by_role("textbox", name="In einem Satz")).to_have_value("Ohne Server getippt.")
    save(page)
    page.goto("/praxis/meine/")
    expect(page.get_by_role("main").get_by_role("link", name=TITLE)).to_have_count(1)


def test_a_second_window_with_the_same_new_write_up_is_told_and_can_choose(people: People) -> None:
    window = people.window("redaktion")
    window.watch.expect(422)
    write(window.page, "Zweimal offen")
    expect_kept(window.page)
    second = window.context.new_page()
    second.goto(window.page.url)
    expect_back(second, "Zweimal offen")
    save(window.page)
    sent: list[str] = []
    second.on("request", lambda request: sent.append(request.url))
    second.get_by_role("textbox", name="Titel", exact=True).fill("Im zweiten Fenster")
    expect(second.get_by_text("Das lässt sich gerade nicht sichern.")).to_be_visible()
    number = len(sent)
    second.wait_for_timeout(4_000)
    assert len(sent) == number, "it does not go on asking"
    second.get_by_role("button", name="Entwurf speichern").click()
    expect(second.get_by_text("Bitte wählen Sie, was gelten soll").first).to_be_visible()
    expect(second.get_by_role("textbox", name="Titel", exact=True)).to_have_value("Im zweiten Fenster")
    second.get_by_role("radio", name="meine Eingabe nehmen").check()
    save(second)
