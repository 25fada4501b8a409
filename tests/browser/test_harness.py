"""The watch notices what it must notice."""

import pytest

from tests.browser.axe import violations
from tests.browser.people import People, tab_to


@pytest.mark.parametrize(
    "script",
    [
        "console.error('broken')",
        "fetch('/gibt-es-nicht/hier/')",
        "fetch('https://third.example/')",
        "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')",
        "document.body.insertAdjacentHTML('beforeend', '<img src=\"https://third.example/x.png\">')",
        "setTimeout(() => { throw new Error('broken') })",
    ],
)
def test_a_page_that_misbehaves_is_noticed(script: str, people: People) -> None:
    window = people.window()
    window.page.goto("/konto/anmelden/")
    window.watch.check()
    window.page.evaluate(f"() => {{ {script} }}")
    for _moment in range(100):
        if window.watch.complaints:
            break
        window.page.wait_for_timeout(20)
    with pytest.raises(AssertionError):
        window.watch.check()


def test_axe_finds_what_is_wrong(people: People) -> None:
    window = people.window()
    window.page.goto("/konto/anmelden/")
    assert violations(window.page) == []
    window.page.evaluate("() => document.querySelector('main label').remove()")
    assert violations(window.page)


def test_what_the_keyboard_cannot_reach_is_noticed(people: People) -> None:
    window = people.window()
    window.page.goto("/konto/anmelden/")
    button = window.page.locator("main").get_by_role("button", name="Anmelden", exact=True)
    tab_to(button)
    button.evaluate("element => { element.blur(); element.tabIndex = -1 }")
    with pytest.raises(AssertionError, match="cannot be reached"):
        tab_to(button)
