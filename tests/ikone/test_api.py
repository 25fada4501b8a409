"""The API shows what the pages show to the same person, and says in German what it does not understand."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import positive_data_acceptance

from ikone import api
from ikone.finding.api import KindName
from ikone.finding.kinds import KINDS
from ikone.wsgi import application
from practices.enums import Status, Visibility
from search import vocabulary
from tests.factories import logged_in, make_city, make_practice, make_topic, make_user
from tests.support.fitting import make_product_in_use

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    api.COUNTS.clear()


@pytest.fixture
def visitor() -> Client:
    return Client()


@pytest.fixture
def lanterns() -> None:
    city = make_city("Laternenstadt", slug="laternenstadt")
    topic = make_topic("Beleuchtung", slug="beleuchtung")
    for number in range(5):
        make_practice(f"Laterne {number}", city=city, topics=[topic], kind="practice" if number else "lesson")
    make_practice("Geheime Laterne", visibility=Visibility.NETWORK, topics=[topic])
    make_practice("Laterne im Entwurf", status=Status.DRAFT, topics=[topic])
    make_practice("Namenlose Laterne", city=make_city("Verratstadt"), visibility=Visibility.ANONYMOUS)
    vocabulary.learn()


def ask(client: Client, address: str, status: int = 200) -> Any:
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == status, response.content
    return response.json()


def test_list_has_the_hits_numbers_and_order_of_the_page(visitor: Client, lanterns: None) -> None:
    answer = ask(visitor, "practices?q=Laterne")
    page = visitor.get("/praxis/?q=Laterne").context
    assert [row["title"] for row in answer["results"]] == [card.title for card in page["cards"]]
    assert answer["count"] == page["page"].total == 5
    assert {row["value"]: row["count"] for row in answer["facets"]["kind"]} == {"practice": 4, "lesson": 1}
    assert answer["facets"]["topic"] == [{"value": "beleuchtung", "count": 5}]
    assert answer["results"][0]["marked"]["title"].startswith("<mark>Laterne</mark>")


def test_filters_narrow_and_facets_stay_open(visitor: Client, lanterns: None) -> None:
    answer = ask(visitor, "practices?kind=lesson&topic=beleuchtung&state=07&city=laternenstadt")
    assert [row["title"] for row in answer["results"]] == ["Laterne 0"]
    assert {row["value"]: row["count"] for row in answer["facets"]["kind"]} == {"practice": 4, "lesson": 1}
    assert ask(visitor, "practices?city=nirgendwo")["count"] == 0


def test_pages_hold_everything_once(visitor: Client, lanterns: None) -> None:
    for words in ("", "q=Laterne&"):
        seen, after = [], ""
        while after is not None:
            answer = ask(visitor, f"practices?{words}limit=2&after={after}")
            seen += [row["id"] for row in answer["results"]]
            after = answer["next_after"]
        assert len(seen) == len(set(seen)) == 5


def test_members_see_more_and_never_whose_it_is(visitor: Client, lanterns: None) -> None:
    assert "Geheime" not in str(ask(visitor, "practices?q=Laterne")) + str(ask(visitor, "search?q=Laterne"))
    member = logged_in(make_user("author"))
    for address in ("practices?q=Laterne&limit=100", "search?q=Laterne&limit=100"):
        seen = str(ask(member, address))
        assert "Geheime Laterne" in seen
        assert "Namenlose Laterne" in seen
        assert "Entwurf" not in seen
        assert "erratst" not in seen


def test_one_write_up_comes_as_it_is_exchanged(visitor: Client) -> None:
    public = make_practice("Laterne", city=make_city("Ort", ags="07123123"), contact_email="amt@example.org")
    record = ask(visitor, f"practices/{public.pk}")
    assert record["city"]["ags"] == "07123123"
    assert record["sections"]["solution"] == "<p>So wurde es gelöst.</p>"
    assert "amt@example.org" not in str(record)
    assert "amt@example.org" in str(ask(logged_in(make_user("author")), f"practices/{public.pk}"))


@pytest.mark.parametrize(
    "fields", [{"visibility": Visibility.NETWORK}, {"status": Status.DRAFT}, {"status": Status.ARCHIVED}]
)
def test_what_is_hidden_does_not_exist(visitor: Client, fields: dict[str, Any]) -> None:
    practice = make_practice("Geheim", **fields)
    assert ask(visitor, f"practices/{practice.pk}", 404) == {"detail": "Das gibt es nicht."}
    assert ask(visitor, "practices/99999999999999", 404) == {"detail": "Das gibt es nicht."}


def test_search_names_kinds_and_counts_them(visitor: Client, lanterns: None) -> None:
    answer = ask(visitor, "search?q=Laterne")
    assert answer["by_kind"]["practices"] == 5
    assert {row["kind"] for row in answer["results"]} <= {"practices", "topics", "cities"}
    assert ask(visitor, "search?q=Laterne&kind=practices")["count"] == 5
    assert set(answer["by_kind"]) == {kind.source for kind in KINDS} == set(KindName)
    for name, number in answer["by_kind"].items():
        assert ask(visitor, f"search?q=Laterne&kind={name}")["count"] == number


def test_products_are_for_members_alone(visitor: Client) -> None:
    product = make_product_in_use(make_city("Laternenstadt"))
    address = f"search?q={product.name}&kind=products"
    assert ask(visitor, address)["count"] == 0
    (found,) = ask(logged_in(make_user("author")), address)["results"]
    assert found["id"] == product.pk


@pytest.mark.parametrize(
    ("address", "where", "message"),
    [
        ("search", "q", "fehlt"),
        ("search?q=", "q", "darf nicht leer sein"),
        ("practices?kind=gedicht", "kind", "erlaubt ist practice, lesson, stopped oder plan"),
        ("practices?limit=1000", "limit", "ist zu groß, höchstens 100"),
        ("practices?limit=viele", "limit", "ist keine ganze Zahl"),
        (f"practices?q={'x' * 201}", "q", "ist zu lang, höchstens 200"),
        ("practices?topic=nix", "topic", "Das Thema „nix“ gibt es nicht."),
        ("practices?service_field=nix", "service_field", "Das Thema „nix“ gibt es nicht."),
        ("practices?after=nix", "after", "ist nicht aus der Antwort einer Suche"),
        ("search?q=x&after=nix", "after", "ist nicht aus der Antwort einer Suche"),
        ("practices/abc", "practice_id", "ist keine ganze Zahl"),
    ],
)
def test_errors_are_german_and_name_the_field(
    visitor: Client, address: str, where: str, message: str
) -> None:
    response = visitor.get(f"/api/v1/{address}")
    (error,) = response.json()["detail"]
    assert response.status_code == 422
    assert where in error["loc"]
    assert message in error["msg"]


def test_too_many_questions_are_refused_with_a_time(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    throttles: Any = api.api.throttle
    for throttle in throttles:
        monkeypatch.setattr(throttle, "num_requests", 2)
    assert ask(visitor, "practices")["count"] == 0
    ask(visitor, "practices")
    response = visitor.get("/api/v1/practices")
    assert response.status_code == 429
    assert "Zu viele Anfragen" in response.json()["detail"]
    assert int(response["Retry-After"]) > 0
    # Behind the same address everybody with an account has their own count.
    for _person in range(2):
        member = logged_in(make_user())
        assert [member.get("/api/v1/practices").status_code for _time in range(3)] == [200, 200, 429]


def test_description_and_page_for_people_name_every_address(visitor: Client) -> None:
    paths = ask(visitor, "openapi.json")["paths"]
    page = visitor.get("/api/v1/").content.decode()
    assert set(paths) == {"/api/v1/search", "/api/v1/practices", "/api/v1/practices/{practice_id}"}
    assert all(f"GET {path}" in page for path in paths)
    assert visitor.post("/api/v1/practices").status_code == 405


@pytest.fixture
def description(lanterns: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """The operations of the API, asked through WSGI on the test's own connection, which stays open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    for throttle in (api.Visitors, api.Members):
        monkeypatch.setattr(throttle, "allow_request", lambda self, request: True)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    operations: Any = schema.get_all_operations()
    yield [operation.ok() for operation in operations]
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_answers_are_as_described(description: list[Any], data: st.DataObject) -> None:
    operation = data.draw(st.sampled_from(description))
    case = data.draw(operation.as_strategy())
    response = case.call(headers={"Accept-Encoding": "identity"})
    # Which topics there are, and where lists go on, the description does not know.
    detail = response.json()["detail"] if response.status_code == 422 else []
    is_unknown = any({"topic", "service_field", "after"} & set(each["loc"]) for each in detail)
    case.validate_response(response, excluded_checks=[positive_data_acceptance] if is_unknown else [])
