"""Whatever is sent to any form or filter, the answer is a page and never a crash."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from tests.support.world import Who, World
from tests.sweeps.answers import Answers
from tests.sweeps.documents import Form
from tests.sweeps.forms import (
    BAD_VALUES,
    DISTINCT,
    GOOD_ANSWERS,
    PEOPLE,
    PLAIN_PAGE,
    WORST_VALUES,
    Shape,
    forms_of,
    names_in,
    shape_of,
)
from tests.sweeps.table import Answer, Case


def send(world: World, who: Who, url: str, method: str, data: dict[str, Any]) -> Answer:
    """Send and take back whatever it did."""
    client = world.client(who)
    with world.trial():
        response = (client.post if method == "post" else client.get)(url, data)
        assert not connection.needs_rollback
    return response


def assert_answered(response: Answer, url: str, data: dict[str, Any]) -> None:
    assert response.status_code in GOOD_ANSWERS, f"{url}: {response.status_code} for {data}"
    assert "<script>alert(1)" not in response.content.decode(errors="replace"), (
        f"{url} shows markup that was typed"
    )


@pytest.mark.parametrize("case", DISTINCT, ids=str)
def test_no_form_crashes_on_bad_input(
    case: Case, world: World, answers: Answers, frame: frozenset[Shape]
) -> None:
    """Every field gets every bad value, all at once; the worst also alone, the rest as it was."""
    seen = set()
    for who in PEOPLE:
        for url, form in forms_of(case, answers, who):
            if (shape := shape_of(url, form)) in seen:
                continue
            seen.add(shape)
            # The same around every page but for where it leads back to: once with all of it is enough.
            bad = () if shape in frame else bad_input(form)
            for data in (form.filled(), *bad):
                assert_answered(send(world, who, url, form.method, data), url, data)


@pytest.mark.parametrize("who", PEOPLE)
def test_no_form_around_the_pages_crashes_on_bad_input(
    who: Who, world: World, answers: Answers, frame: frozenset[Shape]
) -> None:
    found = {shape_of(url, form): (url, form) for url, form in forms_of(PLAIN_PAGE, answers, who)}
    for url, form in (found[shape] for shape in frame):
        for data in (form.filled(), *bad_input(form)):
            assert_answered(send(world, who, url, form.method, data), url, data)


def bad_input(form: Form) -> Iterator[dict[str, Any]]:
    yield from all_at_once(names_in(form))
    yield from one_at_a_time(names_in(form), form.filled())


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
