"""Walks from the start page through every page that a person can reach, in both themes and at two widths."""

from collections import Counter, defaultdict, deque
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from tests.browser.axe import violations
from tests.browser.people import DESK, PHONE, People
from tests.support.reporting import assert_none
from tests.support.world import Who
from tests.sweeps.rows import DOCUMENTS, NO_DOCUMENTS

# Views that are shown for many things are opened for this many of them, and looked at closely on so many;
# write-ups differ by their state, sections by what they ask.
EXAMPLES = defaultdict(lambda: 2, {"practices:detail": 4, "practices:section": 8})
LOOKED_AT = defaultdict(lambda: 1, {"practices:detail": 4, "practices:section": 8})
# What shows different things by role. All else looks the same to everybody whom it opens for.
SHOWN_BY_ROLE = {"cities:detail", "home", "mine", "practices:detail", "practices:edit", "topics:detail"}
LOOK_AT_ALL = {"visitor", "author"}
ENDS_THE_SESSION = {"account_logout"}
# Nobody finds these by a link: they come by mail, in the middle of a login, or when something is wrong.
NOT_LINKED = {
    "undertaking",  # while a big job runs
    "practices:back",  # opened by the editor when a session has ended
    "practices:still_true",  # by mail
    "practices:similar",  # a part of other pages, which load it
    "topics:engaged",  # only where a topic has more cities than its page shows
    "practices:archive",  # the crawl may meet other examples of write-ups first
    "invitation",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_login_webauthn",
    "remove_coordinator",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_deactivate_totp",
    "mfa_generate_recovery_codes",
    "mfa_view_recovery_codes",
    "account_inactive",
    "account_logout",
    "account_reauthenticate",
    "account_signup",
    "account_confirm_email",
    "account_set_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "accounts:welcome",
    "ui:gallery",
}
# Colours fade from one theme to the other; half-way none of them has contrast.
SETTLED = """() => new Promise(done => {
    const look = () => document.getAnimations().some(fade => fade.playState === "running")
        ? requestAnimationFrame(look) : done();
    requestAnimationFrame(() => requestAnimationFrame(look));
})"""
READERS = {
    "visitor": (None, Who.VISITOR),
    "author": ("redaktion", Who.AUTHOR),
    "manager": ("verwaltung", Who.MANAGER),
    "leader": ("leitung", Who.LEADER),
    "coordinator": ("koordination", Who.COORDINATOR),
}
# Where each finds what is theirs alone; walked first, with what lies behind.
OWN_GROUND = {
    "author": ["/suche/?q=beteiligung"],
    "leader": ["/suche/?q=beteiligung"],
    "manager": [
        "/suche/?q=beteiligung",
        "/praxis/pruefung/",
        "/praxis/meine/?stand=published",
        "/staedte/landau-in-der-pfalz/",
        "/themen/mobilfunk/",
    ],
    "coordinator": [
        "/suche/?q=beteiligung",
        "/praxis/pruefung/",
        "/staedte/landau-in-der-pfalz/",
        "/staedte/aufnehmen/?q=bingen",
        "/staedte/landau-in-der-pfalz/personen/",
    ],
}


def is_looked_at(view: str, reader: str) -> bool:
    """Whether this reader is the one to look closely at a page, rather than just follow its links."""
    opens_for_authors = {case.name for case in DOCUMENTS if Who.AUTHOR in case.who}
    return reader in LOOK_AT_ALL or view in SHOWN_BY_ROLE or view not in opens_for_authors


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
    wrong = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLED)
        wrong += [f"{scheme}: {violation}" for violation in violations(page, colours_alone=scheme == "dark")]
    page.set_viewport_size({"width": PHONE, "height": 844})
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > PHONE:
        wrong.append(f"is {width} pixels wide on a phone of {PHONE}")
    page.set_viewport_size({"width": DESK, "height": 900})
    page.emulate_media(color_scheme="light")
    if page.locator("h1").count() != 1:
        wrong.append(f"{page.locator('h1').count()} h1")
    return wrong


@pytest.mark.parametrize("reader", READERS)
def test_every_page_is_accessible_and_quiet(reader: str, people: People) -> None:
    role, who = READERS[reader]
    window = people.window(role)
    seen: Counter[str] = Counter()
    first = [people.portal.url + path for path in OWN_GROUND.get(reader, [])]
    waiting, known, wrong = deque([*first, f"{people.portal.url}/"]), set[str](), {}
    while waiting:
        url = waiting.popleft()
        view = view_of(url)
        if not view or seen[view] >= EXAMPLES[view] or view in ENDS_THE_SESSION | NO_DOCUMENTS:
            continue
        seen[view] += 1
        window.page.goto(url)
        is_close = seen[view] <= LOOKED_AT[view] and is_looked_at(view, reader)
        if is_close and (found := complaints_about(window.page)):
            wrong[url.removeprefix(people.portal.url)] = found
        new = [link for link in links_on(window.page) if link not in known]
        known.update(new)
        if url in first:
            waiting.extendleft(reversed([link for link in new if view_of(link) not in seen]))
        waiting.extend(new)
    assert_none(wrong)
    window.watch.check()
    reachable = {case.name for case in DOCUMENTS if who in case.who} - NOT_LINKED
    assert_none(reachable - set(seen))  # pages to which no link leads
