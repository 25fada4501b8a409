"""What people see when something went wrong."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError
from django.test import Client, RequestFactory

from ikone.views import errors
from tests.factories import logged_in, make_coordinator, make_practice


@pytest.mark.django_db
def test_a_missing_page_shows_the_ways_on() -> None:
    response = Client().get("/gibt/es/nicht/")
    assert response.status_code == 404
    assert 'href="/praxis/"' in response.content.decode()


@pytest.mark.django_db
def test_an_address_that_only_takes_what_a_button_sends_leads_back_to_its_page() -> None:
    client = logged_in(make_coordinator())
    practice = make_practice()
    for address, back in (
        ("/uebernahmen/7/bestaetigen/", "/uebernahmen/7/"),
        (f"/praxis/{practice.pk}/einreichen/", f"/praxis/{practice.pk}/"),
    ):
        response = client.get(address)
        assert response.status_code == 405
        assert response["Allow"] == "POST"
        assert f'href="{back}">Zur Seite davor' in response.content.decode()
        assert client.delete(address).content == b""


def test_pages_for_failures_need_no_database() -> None:
    request = RequestFactory().get("/")
    assert errors.database_away(request).status_code == 503
    assert errors.server_error(request).status_code == 500
    assert errors.bad_request(request, ValueError()).status_code == 400


def test_the_page_for_an_absent_database_tries_again_by_itself() -> None:
    response = errors.database_away(RequestFactory().get("/"))
    assert response["Retry-After"] == "10"
    assert response["Refresh"] == "10"


def test_an_absent_database_is_told_to_those_who_are_logged_in_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_store: SessionStore) -> None:
        raise OperationalError("the connection is closed")

    monkeypatch.setattr(SessionStore, "load", fail)
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "a" * 32
    response = client.get("/konto/")
    assert response.status_code == 503
    assert response["Refresh"] == "10"
    assert "default-src 'none'" in response["Content-Security-Policy"]


@pytest.mark.django_db
def test_an_expired_form_says_what_to_do() -> None:
    response = Client(enforce_csrf_checks=True).post("/konto/anmelden/", {"login": "x"})
    assert response.status_code == 403
    assert "noch einmal abschicken" in response.content.decode()
