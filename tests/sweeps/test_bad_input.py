"""Whatever is sent to any form or filter, the answer is a page and never a crash."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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
values = st.one_of(st.sampled_from(BAD_VALUES), st.text(max_size=80), st.integers().map(str))
# The form's own answer, a redirect, a refusal, or too much of something.
GOOD_ANSWERS = {200, 302, 303, 400, 403, 404, 405, 409, 422, 429}


def forms_of(case: Case, world: World, who: Who) -> Iterator[tuple[str, Form]]:
    """The forms on a page, with the address that each is sent to; another host's are left alone."""
    response = case.ask(world, who)
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


@pytest.mark.parametrize("case", PAGES, ids=str)
def test_no_form_crashes_on_bad_input(case: Case, world: World) -> None:
    """Each bad value in each field alone, the others as the page filled them."""
    seen = set()
    for who in PEOPLE:
        for url, form in forms_of(case, world, who):
            shape = (url, form.method, tuple(sorted({entry.name for entry in form.fields})))
            if shape in seen:
                continue
            seen.add(shape)
            client, untouched = world.client(who), form.filled()
            assert_answered(send(client, url, form.method, untouched), url, untouched)
            for entry in {entry.name: entry for entry in form.fields}.values():
                for value in BAD_VALUES:
                    data = {**untouched, entry.name: [value]}
                    assert_answered(send(client, url, form.method, data), url, data)
                without = {name: value for name, value in untouched.items() if name != entry.name}
                assert_answered(send(client, url, form.method, without), url, without)
                twice = {**untouched, entry.name: ["1", "1"]}
                assert_answered(send(client, url, form.method, twice), url, twice)


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_no_form_crashes_on_combinations(
    data: st.DataObject, world: World, forms: list[tuple[Who, str, Form]]
) -> None:
    who, url, form = data.draw(st.sampled_from(forms))
    names = sorted({entry.name for entry in form.fields})
    if not names:
        return
    sent = data.draw(st.fixed_dictionaries({name: st.lists(values, max_size=2) for name in names}))
    assert_answered(send(world.client(who), url, form.method, sent), url, sent)


@pytest.fixture
def forms(world: World) -> list[tuple[Who, str, Form]]:
    """Every form of the site, once for each person who sees it."""
    found = {}
    for case in PAGES:
        for who in PEOPLE:
            for url, form in forms_of(case, world, who):
                found[who, url, form.method, len(form.fields)] = (who, url, form)
    return list(found.values())


def test_addresses_with_bad_parts_are_not_found(world: World) -> None:
    for url in (
        "/praxis/99999999999999999999-x/",
        "/themen/%00/",
        "/staedte/" + "x" * 3_000 + "/",
        "/\udcff/",
        "/%ff/",
    ):
        response = world.client(Who.VISITOR).get(url)
        assert response.status_code in {301, 302, 400, 404, 414}, url
