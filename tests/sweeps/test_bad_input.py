"""Whatever is sent to any form or filter, the answer is a page and never a crash."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client

from tests.support.transactions import undone
from tests.support.world import Who, World
from tests.sweeps.documents import Document, Form
from tests.sweeps.rows import PAGES
from tests.sweeps.table import Answer, Case

PEOPLE = (Who.VISITOR, Who.AUTHOR, Who.MANAGER, Who.COORDINATOR)
BAD_VALUES = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "x" * 20_000,
    "ä" * 300,
    "-1",
    "0",
    "99999999999999999999999999",
    "1e999",
    "NaN",
    "٣",
    "gibt-es-nicht",
    "<script>alert(1)</script>",
    "{{ 7 }}",
    "%",
    "'; --",
    "../../etc/passwd",
    "\u202e\ud7ff\uffff",
    "32.13.2026",
    "0000-00-00",
    "http://[",
    "javascript:alert(1)",
    "a@b",
    "null",
]
WORST_VALUES = ["a\x00b", "x" * 20_000, "99999999999999999999999999", "gibt-es-nicht"]
# One page of each view, and of the write-up's in each of its states only the one that is still written.
DISTINCT = [case for case in PAGES if not case.label or case.label == "draft"]
# The form's own answer, a redirect, a refusal, or too much of something.
GOOD_ANSWERS = {200, 302, 303, 400, 401, 403, 404, 405, 409, 422, 429}


def forms_of(case: Case, world: World, who: Who) -> Iterator[tuple[str, Form]]:
    """The forms on a page, with the address that each is sent to; another host's are left alone."""
    response = case.ask(world, who)
    if response.streaming:
        list(response)  # read to its end, or the file stays open
        return
    if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
        return
    here = case.url(world)
    for form in Document(response.content.decode()).forms:
        target = form.action or here
        if not urlsplit(target).netloc and not target.endswith("/abmelden/"):
            yield target, form


def send(client: Client, url: str, method: str, data: dict[str, Any]) -> Answer:
    """Send and take back whatever it did."""
    with undone():
        response = (client.post if method == "post" else client.get)(url, data)
        assert not connection.needs_rollback
    return response


def assert_answered(response: Answer, url: str, data: dict[str, Any]) -> None:
    assert response.status_code in GOOD_ANSWERS, f"{url}: {response.status_code} for {data}"
    assert "<script>alert(1)" not in response.content.decode(errors="replace"), (
        f"{url} shows markup that was typed"
    )


@pytest.mark.parametrize("case", DISTINCT, ids=str)
def test_no_form_crashes_on_bad_input(case: Case, world: World) -> None:
    """Every field gets every bad value, all at once; the worst also alone, the rest as it was."""
    seen = set()
    for who in PEOPLE:
        for url, form in forms_of(case, world, who):
            names = sorted({entry.name for entry in form.fields})
            if (shape := (url, form.method, *names)) in seen:
                continue
            seen.add(shape)
            client, untouched = world.client(who), form.filled()
            for data in [untouched, *all_at_once(names), *one_at_a_time(names, untouched)]:
                assert_answered(send(client, url, form.method, data), url, data)


def all_at_once(names: list[str]) -> Iterator[dict[str, Any]]:
    """As many turns as there are bad values; in each every field has another one."""
    for turn in range(len(BAD_VALUES)):
        yield {name: [BAD_VALUES[(turn + at) % len(BAD_VALUES)]] for at, name in enumerate(names)}


def one_at_a_time(names: list[str], untouched: dict[str, list[str]]) -> Iterator[dict[str, Any]]:
    for name in names:
        yield from ({**untouched, name: [value]} for value in WORST_VALUES)
        yield {other: value for other, value in untouched.items() if other != name}


def test_addresses_with_bad_parts_are_not_found(world: World) -> None:
    for url in (
        "/praxis/99999999999999999999-x/",
        "/themen/%00/",
        "/staedte/" + "x" * 3_000 + "/",
        "/%ff/",
    ):
        response = world.client(Who.VISITOR).get(url)
        assert response.status_code in {301, 302, 400, 404, 414}, url
