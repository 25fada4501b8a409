"""The search field by keyboard, and as a plain form without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.people import PHONE, People

pytestmark = pytest.mark.browser


def test_suggestions_are_reached_chosen_and_left_by_keyboard(people: People) -> None:
    page = people.window().page
    page.goto("/themen/")
    field = page.locator("#suche")
    field.focus()
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("beleucht")
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "suche-vorschlaege-0")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#suche-vorschlaege")).to_be_hidden()
    expect(field).to_have_value("beleucht")
    said = page.locator("#meldung")
    expect(said).to_have_text(re.compile(r"^1 Vorschlag$|^\d+ Vorschläge$"))
    field.fill("xqzvwk")
    expect(said).to_have_text("Keine Vorschläge")
    field.fill("")
    field.press_sequentially("beleuchtu")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/themen/.+|/praxis/.+"))


def test_enter_without_a_choice_searches(people: People) -> None:
    page = people.window(width=PHONE).page
    page.goto("/")
    field = page.get_by_label("Wofür suchen Sie eine Lösung?")
    field.focus()
    field.press_sequentially("laternen")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/suche/\?q=laternen"))
    expect(page.locator("mark").first).to_be_visible()
    assert violations(page) == []


def test_without_javascript_the_field_is_a_form(people: People) -> None:
    page = people.window(javascript=False).page
    page.goto("/themen/")
    page.locator("#suche").fill("laternen")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/suche/\?q=laternen"))
    expect(page.get_by_role("link", name=re.compile("Straßenlaternen")).first).to_be_visible()


def test_author_sees_who_does_the_same_while_typing(people: People) -> None:
    page = people.window("redaktion").page
    page.goto("/praxis/neu/")
    page.get_by_role("textbox", name="Titel", exact=True).fill("Smarte Straßenlaternen zum Warnen")
    page.get_by_role("textbox", name="In einem Satz").press_sequentially("Laternen warnen.")
    box = page.locator(".resembling")
    expect(box).to_contain_text("Macht das schon jemand?")
    expect(box).to_contain_text("Kaiserslautern")
    assert violations(page) == []
