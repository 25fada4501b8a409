"""Every page of the sweeps' table, and the demo's own, in a browser: both themes, two widths."""

import json
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Page

from tests.browser.axe import violations_in_both_themes
from tests.browser.people import DESK, PHONE, People
from tests.browser.server import collect_static, running_portal
from tests.factories import PASSWORD
from tests.support.databases import ROOT, TestDatabases
from tests.support.reporting import assert_none
from tests.support.world import EMAILS, Who, make_world
from tests.sweeps.rows import DOCUMENTS, NO_DOCUMENTS

# Who looks at a page: whoever of these comes first and may open it.
READERS = [Who.VISITOR, Who.AUTHOR, Who.MANAGER, Who.COORDINATOR, Who.STRANGER, Who.LEADER, Who.COLLEAGUE]
# Looked at in each state of a write-up or building block; of all other pages one example stands for all.
IN_EACH_STATE = {"practices:detail", "practices:edit", "practices:section", "blocks:detail"}
# What shows different things by role, so all of them look at one example of it.
SHOWN_BY_ROLE = {"cities:detail", "home", "mine", "practices:detail", "practices:edit", "topics:detail"}
ENDS_THE_SESSION = {"account_logout"}
# The login's own pages send on those who have no business there; their way is walked in the flows.
SENDS_ON = {
    "account_confirm_email",
    "account_reset_password_from_key",
    "account_set_password",
    "mfa_generate_recovery_codes",
    "mfa_login_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
}
EXAMPLES_IN_THE_DEMO = 2
VISIBLE_LABELS = ".kern-btn > .kern-label:not(.kern-sr-only)"
CUT_BUTTONS = f"""[...document.querySelectorAll("{VISIBLE_LABELS}")].filter((label) => {{
    const [words, box] = [label, label.parentElement].map((each) => each.getBoundingClientRect());
    return words.left < box.left - 1 || words.right > box.right + 1;
}}).map((label) => label.textContent.trim())"""


@dataclass(frozen=True)
class Look:
    """A page that one person looks at."""

    view: str
    label: str
    who: Who

    def __str__(self) -> str:
        return f"{self.view} {self.label}".strip()


def looks_of(who: Who) -> list[Look]:
    """What this person is the one to look at."""
    looks, views, own = [], set(), set()
    for case in DOCUMENTS:
        able = [reader for reader in READERS if reader in case.who]
        is_one_more = case.name in views and case.name not in IN_EACH_STATE
        if not able or is_one_more or case.name in ENDS_THE_SESSION:
            continue
        views.add(case.name)
        is_for_all = case.name in SHOWN_BY_ROLE and case.name not in own and who in able
        if who == able[0] or is_for_all:
            looks.append(Look(case.name, case.label, who))
            own.add(case.name)
    return looks


def fill(path: str) -> None:
    """Make the sweeps' world in the database at hand; the file tells the addresses of its pages."""
    world = make_world()
    Authenticator.objects.filter(user=world.people[Who.COORDINATOR]).delete()  # set up at the first login
    addresses = {f"{case.name} {case.label}".strip(): case.url(world) for case in DOCUMENTS}
    Path(path).write_text(json.dumps(addresses))


@dataclass(frozen=True)
class Table:
    """A portal that has the sweeps' world, and where its pages are."""

    people: People
    addresses: dict[str, str]


@pytest.fixture(scope="module")
def table(test_databases: TestDatabases, worker_name: str, chromium: Browser) -> Iterator[Table]:
    collect_static()
    path = ROOT / ".data" / f"addresses-{test_databases.run}.json"
    command = f"from tests.browser.test_every_page import fill; fill({str(path)!r})"
    world = test_databases.filled("world", ["shell", "-c", command])
    name = f"world_{worker_name}"
    with running_portal(test_databases.clone(name, source=world)) as running:
        yield Table(
            People(chromium, running, emails=dict(EMAILS), password=PASSWORD), json.loads(path.read_text())
        )
    test_databases.drop(name)


def test_every_page_is_looked_at_by_somebody() -> None:
    looked_at = {look.view for who in READERS for look in looks_of(who)}
    expected = {case.name for case in DOCUMENTS if set(READERS) & case.who} - ENDS_THE_SESSION
    assert looked_at == expected


@pytest.mark.parametrize("who", [who for who in READERS if looks_of(who)])
def test_page_of_the_table_is_accessible_and_quiet(who: Who, table: Table) -> None:
    window = table.people.window(None if who == Who.VISITOR else who.value)
    window.watch.expect(404)  # of SENDS_ON
    wrong: dict[str, list[str]] = {}
    for look in looks_of(who):
        window.page.goto(table.addresses[str(look)])
        if view_of(window.page.url) == "account_reauthenticate" != look.view:
            window.page.get_by_label("Passwort", exact=True).fill(PASSWORD)
            window.page.get_by_role("button", name="Weiter").click()
            window.page.wait_for_load_state()
        if look.view in SENDS_ON:
            continue
        found = complaints_about(window.page)
        if view_of(window.page.url) != look.view or "404" in window.page.title():
            found.append(f"is at {window.page.url}: {window.page.title()}")
        if found:
            wrong[str(look)] = found
    table.people.close()
    assert_none(wrong)
    window.watch.check()


def test_the_demo_is_accessible_and_quiet(people: People) -> None:
    """What a visitor meets by following links from the start page, with real texts in it."""
    window = people.window()
    seen: Counter[str] = Counter()
    waiting, known, wrong = deque([f"{people.portal.url}/"]), set[str](), {}
    while waiting:
        url = waiting.popleft()
        view = view_of(url)
        if not view or seen[view] >= EXAMPLES_IN_THE_DEMO or view in NO_DOCUMENTS:
            continue
        seen[view] += 1
        window.page.goto(url)
        if found := complaints_about(window.page):
            wrong[url.removeprefix(people.portal.url)] = found
        new = [link for link in links_on(window.page) if link not in known]
        known.update(new)
        waiting.extend(new)
    assert_none(wrong)
    window.watch.check()
    assert {"practices:detail", "topics:detail", "cities:detail", "blocks:detail"} <= set(seen)


def view_of(url: str) -> str:
    """The name of the view at an address of ours; empty for what is no page."""
    path = urlsplit(url).path
    if path.startswith("/static/"):
        return ""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def links_on(page: Page) -> list[str]:
    """Addresses of our own that the page leads to, filters and pages of lists included."""
    found: list[str] = page.eval_on_selector_all(
        "a[href]", "links => links.filter(a => a.origin === location.origin).map(a => a.href.split('#')[0])"
    )
    return list(dict.fromkeys(found))


def complaints_about(page: Page) -> list[str]:
    """What is wrong with the page as it stands, in both themes and at both widths."""
    wrong = violations_in_both_themes(page)
    page.set_viewport_size({"width": PHONE, "height": 844})
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > PHONE:
        wrong.append(f"is {width} pixels wide on a phone of {PHONE}")
    if cut := page.evaluate(CUT_BUTTONS):
        wrong.append(f"has buttons with words that stick out on a phone: {cut}")
    page.set_viewport_size({"width": DESK, "height": 900})
    if page.locator("h1").count() != 1:
        wrong.append(f"{page.locator('h1').count()} h1")
    return wrong
