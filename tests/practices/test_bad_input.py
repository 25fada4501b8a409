"""Whatever is typed into the editor or the list's address, the answer is a page."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practices.forms import ProfileForm
from practices.models import Practice
from practices.partial_dates import display, parse
from tests.factories import logged_in, make_city, make_topic, make_user
from tests.practices.write_ups import complete_form
from topics.models import Topic

pytestmark = pytest.mark.django_db

FIELDS = [*ProfileForm.base_fields, "city", "version", "do"]
FILTERS = ["q", "thema", "art", "stand", "stadt", "sortierung", "nach", "vor"]
ODD = ["", "\x00", "99999999999999999999", "-1", "<b>", "%s", "'", '"', "a" * 400, "\u202e", "١٢", "public"]
texts = st.one_of(st.sampled_from(ODD), st.text(max_size=60))
MANY = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    database=None,
)


@pytest.fixture
def manager() -> Client:
    return logged_in(make_user("manager", city=make_city()))


@pytest.fixture
def topic() -> Topic:
    return make_topic()


@MANY
@given(
    st.dictionaries(st.sampled_from(FIELDS), texts, max_size=8),
    st.sampled_from(["draft", "submit", "publish"]),
)
def test_editor_takes_any_input(manager: Client, topic: Topic, changes: dict[str, str], do: str) -> None:
    before = Practice.objects.count()
    response = manager.post("/praxis/neu/", complete_form(topic, do=do) | changes)
    assert response.status_code in {302, 422}
    assert Practice.objects.count() == before + (response.status_code == 302)


@MANY
@given(st.dictionaries(st.sampled_from(FILTERS), st.lists(texts, max_size=3), max_size=5))
def test_list_takes_any_address(query: dict[str, Any]) -> None:
    response = logged_in(None).get("/praxis/", query)
    assert response.status_code in {200, 302}


@given(st.text(max_size=20))
def test_partial_date_is_read_or_refused(text: str) -> None:
    try:
        stored = parse(text)
    except ValidationError:
        return
    assert stored == "" or display(stored)


@pytest.mark.parametrize("pk", [0, 2**31, 2**63, 10**30])
def test_huge_numbers_are_not_found(pk: int) -> None:
    client = logged_in(make_user("author"))
    for address in (
        f"{pk}/",
        f"{pk}-x/",
        f"{pk}/bearbeiten/",
        f"{pk}/bearbeiten/geschichte/",
        f"{pk}/verlauf/",
    ):
        assert client.get(f"/praxis/{address}").status_code == 404
    assert client.post(f"/praxis/{pk}/einreichen/").status_code == 404
