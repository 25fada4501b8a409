"""Security headers stand on every answer, also on odd ones; `test_access` looks at those of the table."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.factories import logged_in
from tests.support.world import Who, World
from tests.sweeps.headers import CSP, HEADERS, is_kept_out_of_caches, missing_headers
from tests.sweeps.table import Answer, is_admin


def test_a_missing_header_is_found() -> None:
    assert len(missing_headers(HttpResponse())) >= len(HEADERS) + len(CSP)
    assert not is_kept_out_of_caches(HttpResponse())


def last_modified(client: Client, url: str) -> str:
    response = client.get(url)
    response.close()
    return response["Last-Modified"]


ODD_ANSWERS: dict[str, tuple[int, Callable[[Client], Answer]]] = {
    "bad host": (400, lambda client: client.get("/", headers={"host": "evil.example"})),
    "not found": (404, lambda client: client.get("/gibt/es/nicht/")),
    "missing slash": (301, lambda client: client.get("/themen")),
    "to the login": (302, lambda client: client.get("/mein/")),
    "wrong method": (405, lambda client: client.post("/")),
    "without token": (403, lambda client: Client(enforce_csrf_checks=True).post(reverse("account_login"))),
    "server error": (500, lambda client: client.get("/kaputt/")),
    "database away": (503, lambda client: client.get("/ohne-datenbank/")),
    "static file": (200, lambda client: client.get("/static/css/portal.css")),
    "missing static file": (404, lambda client: client.get("/static/css/fehlt.css")),
    "unchanged static file": (
        304,
        lambda client: client.get(
            "/static/css/portal.css",
            headers={"if-modified-since": last_modified(client, "/static/css/portal.css")},
        ),
    ),
    "admin": (302, lambda client: client.get("/admin/")),
    "admin's static file": (200, lambda client: client.get("/static/admin/css/base.css")),
}


@pytest.mark.django_db
@pytest.mark.urls("tests.sweeps.failing_urls")
@pytest.mark.parametrize("kind", ODD_ANSWERS)
def test_odd_answers_have_them_too(kind: str) -> None:
    status, ask = ODD_ANSWERS[kind]
    response = ask(Client(raise_request_exception=False))
    response.close()
    assert response.status_code == status
    assert missing_headers(response) == []


@pytest.mark.urls("tests.sweeps.failing_urls")
def test_refused_page_has_them(world: World) -> None:
    response = world.client(Who.AUTHOR).get(reverse("desk"))
    assert response.status_code == 403
    assert missing_headers(response) == []


@pytest.mark.django_db
@pytest.mark.urls("tests.sweeps.failing_urls")
@pytest.mark.parametrize("kind", ["bad host", "not found", "without token", "server error", "database away"])
def test_error_pages_speak_german_and_betray_nothing(kind: str) -> None:
    content = ODD_ANSWERS[kind][1](Client(raise_request_exception=False)).content.decode()
    assert '<html lang="de">' in content
    assert content.count("<h1") == 1
    assert not any(word in content for word in ("Traceback", "Django", "Exception", "ikone/"))


def test_table_of_the_admin_is_a_rule() -> None:
    assert is_admin("admin:index")
    assert not is_admin("desk")


def test_visitors_get_no_cookie_by_reading(world: World) -> None:
    """Only what needs a session or a token sets a cookie (§ 25 TDDDG)."""
    for name in ("home", "topics:list"):
        client = logged_in(None)
        client.get(reverse(name))
        assert list(client.cookies) == []
