"""Every address times every role, asked by browser, by htmx and by post."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import NoReverseMatch, reverse

from tests.support.reporting import assert_none
from tests.support.transactions import read_only
from tests.support.world import EVERYBODY, SECRETS, Who, World
from tests.sweeps.answers import Answers
from tests.sweeps.headers import is_kept_out_of_caches, missing_headers
from tests.sweeps.rows import CASES, PAGES
from tests.sweeps.table import HTMX, Answer, Case, is_admin, patterns

# The outbox stands in for everybody's mailbox; an invitation's link names whom it is for.
SHOW_SECRETS = {"notifications:outbox", "invitation"}
# Health tries whether it can write; a new second factor stands in the session until it is confirmed.
NOTE_SOMETHING = {"health", "mfa_activate_totp", "mfa_add_webauthn"}


def test_every_address_has_a_row_in_the_table() -> None:
    addresses = {name for name, _pattern in patterns() if not is_admin(name)}
    assert addresses == {case.name for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_address_opens_for_those_who_may_and_for_nobody_else(
    case: Case, world: World, answers: Answers
) -> None:
    """The same answers show that their heads are safe, and that reading writes nothing."""
    wrong, on_trial = [], read_only if case in PAGES and case.name not in NOTE_SOMETHING else world.trial
    for who in Who:
        for headers in (None, HTMX):
            with on_trial():
                response = case.ask(world, who, headers)
            if headers is None:
                answers.keep(case, who, response)
            wrong += complaints(case, who, response)
            wrong += [f"{who}: {missing}" for missing in missing_headers(response)]
        if who not in case.who:
            with world.trial():
                response = world.client(who).post(case.url(world), {})
                if response.status_code != 405:
                    wrong += complaints(case, who, response)
    assert_none(wrong)


@pytest.mark.parametrize("case", [case for case in CASES if case.name in NOTE_SOMETHING], ids=str)
def test_what_notes_something_when_it_is_opened_does_without(case: Case, world: World) -> None:
    for who in Who:
        for headers in (None, HTMX):
            with read_only():
                assert case.ask(world, who, headers).status_code != 500, who


@pytest.mark.parametrize("case", [case for case in CASES if case.method == "POST"], ids=str)
def test_what_changes_something_is_not_done_by_opening_it(case: Case, world: World) -> None:
    for who in case.who or EVERYBODY - {Who.VISITOR}:
        assert world.client(who).get(case.url(world)).status_code == 405


@pytest.mark.parametrize(
    "name",
    [name for name, _pattern in patterns() if is_admin(name) and name not in {"admin:login", "admin:logout"}],
)
def test_admin_opens_for_staff_alone(name: str, world: World) -> None:
    url = admin_url(name, world)
    for who in Who:
        response = world.client(who).get(url)
        if who == Who.STAFF:
            assert response.status_code in {200, 301, 302, 400, 403, 404, 405}
            assert reverse("admin:login") not in response.headers.get("Location", "")
        else:
            assert response.status_code in {302, 403, 404}
            assert not response.content or response.status_code != 200


def test_secrets_exist_so_that_they_could_leak(world: World, answers: Answers) -> None:
    """What the table denies must be there for somebody: the sweep proves nothing otherwise."""
    opened = [(case, who) for case in CASES if case.method == "GET" for who in sorted(case.who)]
    unseen = dict(SECRETS)

    def look_for_the_rest(text_for: Callable[[Case, Who], str]) -> None:
        for case, who in opened:
            wanted = [secret for secret, people in unseen.items() if who in people]
            text = text_for(case, who) if wanted else ""
            for secret in wanted:
                if secret in text:
                    del unseen[secret]

    def page(case: Case, who: Who) -> str:
        return answers.of(case, who).html

    look_for_the_rest(page)
    look_for_the_rest(lambda case, who: page(case, who) or text_of(case.ask(world, who)))  # in files, too
    assert_none(unseen)


def complaints(case: Case, who: Who, response: Answer) -> list[str]:
    """What is wrong with this answer for this person."""
    wrong = []
    if not is_expected(case, who, response):
        wrong.append(f"{who}: {response.status_code} {response.headers.get('Location', '')}")
    content = text_of(response)
    if case in PAGES and who == Who.MANAGER and who in case.who and not is_kept_out_of_caches(response):
        wrong.append(f"{who}: caches may keep it")
    if case.name not in SHOW_SECRETS:
        wrong += [
            f"{who} learns {secret}"
            for secret, knows in SECRETS.items()
            if secret in content and who not in knows
        ]
    return wrong


def is_expected(case: Case, who: Who, response: Answer) -> bool:
    if who in case.who:
        return response.status_code in case.answers and not is_sent_to_login(response)
    if who == Who.VISITOR and not case.is_public and case.who != EVERYBODY:
        return is_sent_to_login(response)
    return response.status_code == (404 if who in case.hidden_from else case.denied)


def is_sent_to_login(response: Answer) -> bool:
    return response.status_code == 302 and response.headers["Location"].startswith(reverse("account_login"))


def text_of(response: Any) -> str:
    """Read to the end, which also closes a file that is served."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace")


def admin_url(name: str, world: World) -> str:
    """An admin page of something that exists, wherever its address wants an id."""
    kind = ContentType.objects.get_for_model(world.published)
    guesses: list[list[Any]] = [[], [world.published.pk], ["accounts"], [kind.pk, world.published.pk]]
    for args in guesses:
        try:
            return reverse(name, args=args)
        except NoReverseMatch:
            continue
    return re.sub(r"[^/\w]", "", f"/admin/{name}/")
