"""Nobody must know an address: links lead from the start page to every page that a person may open."""

from collections import defaultdict, deque
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve

from tests.support.reporting import assert_none
from tests.support.world import Who, World
from tests.sweeps.answers import Answers, Read
from tests.sweeps.rows import CASES, DOCUMENTS

# Nobody finds these by a link: they come by mail, in the middle of a login, or when something is wrong.
NOT_LINKED = {
    "accounts:welcome",
    "account_confirm_email",
    "account_inactive",
    "account_logout",
    "account_reauthenticate",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_set_password",
    "account_signup",
    "adoption:answer",  # by mail
    "adoption:family",  # only where one write-up builds on another
    "adoption:given",  # only where another city has confirmed that it has taken something over
    "invitation",
    "join_confirm",  # by mail
    "join_sent",  # after the form
    "mfa_activate_totp",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_generate_recovery_codes",
    "mfa_list_webauthn",
    "mfa_login_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_view_recovery_codes",
    "practices:back",  # opened by the editor when a session has ended
    "practices:similar",  # a part of other pages, which load it
    "practices:still_true",  # by mail
    "topics:engaged",  # only where a topic has more cities than its page shows
    "ui:gallery",  # for developers
    "undertaking",  # while a big job runs
}
FOR_VISITORS = {"account_reset_password"}
# Links that stand on a page only when it is asked so.
MORE_PAGES = {
    "join_choose": "/mitmachen/?q=Fernstadt",
    "search": "/suche/?q=Beispiel",
    "topics:detail": "/themen/verwaltung/",
}


@pytest.mark.parametrize("who", [Who.VISITOR, Who.AUTHOR, Who.MANAGER, Who.LEADER, Who.COORDINATOR])
def test_links_lead_to_every_page(who: Who, world: World, answers: Answers) -> None:
    leads_to: defaultdict[str, set[str]] = defaultdict(set)

    def note(view: str, url: str, answer: Read) -> None:
        assert answer.status != 500, url
        if answer.html:
            leads_to[view] |= {view_of(urljoin(url, link)) for link in answer.document.links}

    for case in CASES:
        if case.method == "GET" and who in case.who:
            note(case.name, case.url(world), answers.of(case, who))
    for view, url in MORE_PAGES.items():
        note(view, url, answers.at(url, who))
    reached, waiting = {"home"}, deque(["home"])
    while waiting:
        new = leads_to[waiting.popleft()] - reached
        reached |= new
        waiting.extend(new)
    expected = {case.name for case in DOCUMENTS if who in case.who} - NOT_LINKED
    assert_none(expected - reached - (set() if who == Who.VISITOR else FOR_VISITORS))


def view_of(url: str) -> str:
    try:
        return resolve(urlsplit(url).path).view_name
    except Resolver404:
        return ""
