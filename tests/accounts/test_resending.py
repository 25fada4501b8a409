"""A form that is sent after the session has ended loses no word, also without a script."""

import re

import pytest
from django.conf import settings
from django.test import Client

from practices.enums import Status
from tests.factories import PASSWORD, make_city, make_practice, make_user

pytestmark = pytest.mark.django_db
TEXT = "<p>Ein langer Text über „Bäume“ & Wasser, den niemand zweimal tippen will.</p>\nZweite Zeile"


def token_of(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found
    return found[1]


def test_a_text_outlives_the_session_and_is_saved_after_logging_in_again() -> None:
    city = make_city("Trier")
    author = make_user("author", city=city, password=PASSWORD)
    draft = make_practice(city=city, created_by=author, status=Status.DRAFT)
    address = f"/praxis/{draft.pk}/bearbeiten/geschichte/"
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    token = token_of(client.get(address).text)
    client.session.flush()

    form = {"approach": TEXT, "version": str(draft.version), "do": "save", "csrfmiddlewaretoken": token}
    ended = client.post(address, form)
    assert ended.status_code == 401
    assert ended.headers["Cache-Control"] == "no-store"
    kept = dict(ended.context["values"])
    assert kept == {"approach": TEXT, "version": str(draft.version), "do": "save"}
    assert f'action="{address}"' in ended.text

    window = client.get("/konto/anmelden/").text
    login = {"login": author.email, "password": PASSWORD, "csrfmiddlewaretoken": token_of(window)}
    client.post("/konto/anmelden/", login)
    again = client.post(address, kept | {"csrfmiddlewaretoken": token_of(ended.text)})
    assert again.status_code == 403, "logging in has changed the token; the text is there still"
    assert "Bitte noch einmal abschicken" in again.text
    saved = client.post(
        address, dict(again.context["values"]) | {"csrfmiddlewaretoken": token_of(again.text)}
    )
    assert saved.status_code == 302
    draft.refresh_from_db()
    assert "niemand zweimal tippen" in draft.approach


@pytest.mark.parametrize(
    ("data", "origin"),
    [
        ({}, None),
        ({"text": "Hallo"}, "https://elsewhere.example"),
        ({"text": "Hallo", "new_password": "Streng geheim"}, None),
        ({"text": "x" * 1_000_001}, None),
    ],
)
def test_nothing_is_given_back_that_another_site_sent_or_that_is_secret(
    data: dict[str, str], origin: str | None
) -> None:
    client = Client(headers={"Origin": origin} if origin else None)
    client.cookies[settings.CSRF_COOKIE_NAME] = "x" * 32
    answer = client.post("/praxis/neu/", data)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/konto/anmelden/")
