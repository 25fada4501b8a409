"""What happens without JavaScript, with mistakes, with two people at once, and without a database."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from playwright.sync_api import Browser, expect
from psycopg import sql

from ikone.embedded_postgres import with_database
from tests.browser.people import People
from tests.browser.server import Portal
from tests.browser.test_flows import PRACTICE, TEXTS, TOPIC, assert_reads, follow, section, write_practice
from tests.support.databases import TestDatabases


def test_everything_works_without_javascript(people: People) -> None:
    page = people.window("redaktion", javascript=False).page
    page.goto("/")
    section(page, "Praxis")
    page.get_by_role("searchbox", name="Suchwörter").fill("Anliegen")
    page.get_by_role("searchbox", name="Suchwörter").press("Enter")
    follow(page, PRACTICE)
    assert_reads(page, PRACTICE)
    title = "Ohne Skripte geschrieben"
    write_practice(page, title)
    page.get_by_role("button", name="Zur Prüfung einreichen").click()
    assert_reads(page, title)
    for text in TEXTS.values():
        expect(page.get_by_role("main")).to_contain_text(text)

    manager = people.window("verwaltung", javascript=False).page
    manager.goto("/praxis/pruefung/")
    follow(manager, title)
    manager.get_by_role("button", name="Veröffentlichen").click()
    manager.goto("/praxis/")
    expect(manager.get_by_role("main")).to_contain_text(title)


def test_two_people_without_scripts_both_keep_their_words(people: People) -> None:
    windows = [people.window(role, javascript=False) for role in ("redaktion", "verwaltung")]
    windows[0].watch.expect(422)
    author, manager = (window.page for window in windows)
    write_practice(author, "Zu zweit ohne Skripte")
    author.get_by_role("button", name="Entwurf speichern").click()
    profile = f"{author.url}profil/"
    author.goto(profile)
    manager.goto(profile)
    manager.get_by_role("textbox", name="Lösung").fill("So sieht es die Verwaltung.")
    manager.get_by_role("button", name="Entwurf speichern").click()
    author.get_by_role("textbox", name="Lösung").fill("So sieht es die Redaktion.")
    author.get_by_role("textbox", name="In einem Satz").fill("Nur die Redaktion hat das geändert.")
    author.get_by_role("button", name="Entwurf speichern").click()
    choice = author.get_by_role("group", name="Lösung")
    expect(choice).to_contain_text("So sieht es die Verwaltung.")
    author.goto(profile)  # the window was closed in between
    expect(author.get_by_text("sind wieder da")).to_be_visible()
    author.get_by_role("button", name="Entwurf speichern").click()
    choice.get_by_role("radio", name="beides, meine darunter").check()
    author.get_by_role("button", name="Entwurf speichern").click()
    author.goto(profile)
    solution = author.get_by_role("textbox", name="Lösung")
    expect(solution).to_have_value(re.compile("Verwaltung(.|\n)*Redaktion"))
    expect(author.get_by_role("textbox", name="In einem Satz")).to_have_value(
        "Nur die Redaktion hat das geändert."
    )


def test_a_link_in_the_error_summary_leads_into_the_field(people: People) -> None:
    window = people.window("redaktion")
    window.watch.expect(422)
    page = window.page
    page.goto("/praxis/neu/")
    page.get_by_role("textbox", name="In einem Satz").fill("Das bleibt stehen.")
    page.get_by_role("button", name="Zur Prüfung einreichen").click()
    summary = page.get_by_role("alert").filter(has_text="Bitte prüfen Sie Ihre Angaben")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name=re.compile("^Titel")).click()
    title = page.get_by_role("textbox", name="Titel", exact=True)
    expect(title).to_be_focused()
    expect(title).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("textbox", name="In einem Satz")).to_have_value("Das bleibt stehen.")
    summary.get_by_role("link", name=re.compile("^Lösung")).click()
    expect(page.get_by_role("textbox", name="Lösung", exact=True)).to_be_focused()


def test_of_two_people_editing_the_second_is_told_and_loses_nothing(people: People) -> None:
    window = people.window("redaktion")
    window.watch.expect(409, 422)
    author, manager = window.page, people.window("verwaltung").page
    write_practice(author, "Zu zweit bearbeitet")
    author.get_by_role("button", name="Entwurf speichern").click()
    expect(author.get_by_role("heading", name="Abschnitte")).to_be_visible()
    author.goto("/mein/")
    follow(author, "Zu zweit bearbeitet")
    edit = f"{author.url}profil/"
    author.goto(edit)
    manager.goto(edit)
    manager.get_by_role("textbox", name="In einem Satz").fill("Was die Verwaltung schrieb.")
    manager.get_by_role("button", name=re.compile("speichern", re.IGNORECASE)).first.click()
    expect(manager.get_by_role("heading", name="Abschnitte")).to_be_visible()
    author.get_by_role("textbox", name="In einem Satz").fill("Was die Redaktion schrieb.")
    author.get_by_role("button", name=re.compile("speichern", re.IGNORECASE)).first.click()
    told = author.get_by_role("group", name="In einem Satz")
    expect(told).to_contain_text("Was die Verwaltung schrieb.")
    expect(told).to_contain_text("Was die Redaktion schrieb.")
    expect(author.get_by_role("textbox", name="In einem Satz")).to_have_value("Was die Redaktion schrieb.")
    told.get_by_role("radio", name="meine Eingabe nehmen").check()
    author.get_by_role("button", name=re.compile("speichern", re.IGNORECASE)).first.click()
    expect(author.get_by_role("heading", name="Abschnitte")).to_be_visible()
    author.goto(edit)
    expect(author.get_by_role("textbox", name="In einem Satz")).to_have_value("Was die Redaktion schrieb.")


@contextmanager
def database_away(databases: TestDatabases, portal: Portal) -> Iterator[None]:
    """Nobody can connect to the portal's database, and those who are connected are cut off."""
    name = portal.database_url.split("?")[0].rsplit("/", 1)[1]
    with psycopg.connect(with_database(databases.url, "postgres"), autocommit=True) as server:
        allow = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
        server.execute(allow.format(sql.Identifier(name), sql.SQL("false")))
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        try:
            yield
        finally:
            server.execute(allow.format(sql.Identifier(name), sql.SQL("true")))


def test_a_database_that_is_away_is_said_plainly_and_comes_back(
    chromium: Browser, fresh_portal: Portal, test_databases: TestDatabases
) -> None:
    visitors = People(chromium, fresh_portal)
    window = visitors.window()
    window.watch.expect(503)
    page = window.page
    page.goto("/praxis/")
    with database_away(test_databases, fresh_portal):
        answer = page.goto("/themen/")
        assert answer is not None
        assert answer.status == 503
        expect(page.get_by_role("heading", level=1)).to_have_text("Gleich wieder da")
    expect(page.get_by_role("heading", level=1)).to_have_text("Themen", timeout=30_000)  # by itself
    follow(page, TOPIC)
    window.watch.check()
    visitors.close()
