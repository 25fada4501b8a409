"""Every address times every role, asked by browser, by htmx and by post."""

import re
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import NoReverseMatch, reverse

from tests.support.reporting import assert_none
from tests.support.transactions import undone
from tests.support.world import EVERYBODY, SECRETS, Who, World
from tests.sweeps.rows import CASES
from tests.sweeps.table import HTMX, Answer, Case, is_admin, patterns

# The outbox stands in for everybody's mailbox; an invitation's link names whom it is for.
SHOW_SECRETS = {"notifications:outbox", "invitation"}


def test_every_address_has_a_row_in_the_table() -> None:
    addresses = {name for name, _pattern in patterns() if not is_admin(name)}
    assert addresses == {case.name for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_address_opens_for_those_who_may_and_for_nobody_else(case: Case, world: World) -> None:
    wrong = []
    for who in Who:
        for headers in (None, HTMX):
            with undone():
                wrong += complaints(case, who, case.ask(world, who, headers))
        if who not in case.who:
            with undone():
                response = world.client(who).post(case.url(world), {})
                if response.status_code != 405:
                    wrong += complaints(case, who, response)
    assert_none(wrong)


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


def test_secrets_exist_so_that_they_could_leak(world: World) -> None:
    """What the table denies must be there for somebody: the sweep proves nothing otherwise."""
    for secret, people in SECRETS.items():
        assert any(
            secret in text_of(case.ask(world, who))
            for case in CASES
            if case.method == "GET"
            for who in case.who & people
        ), f"nobody sees {secret}"


def complaints(case: Case, who: Who, response: Answer) -> list[str]:
    """What is wrong with this answer for this person."""
    wrong = []
    if not is_expected(case, who, response):
        wrong.append(f"{who}: {response.status_code} {response.headers.get('Location', '')}")
    content = text_of(response)
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
