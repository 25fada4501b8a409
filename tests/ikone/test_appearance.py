"""Language and theme work without JavaScript and for everybody."""

import pytest
from django.test import Client

from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("wish", "attribute"), [("dunkel", 'data-kern-theme="dark"'), ("hell", '"light"')])
def test_a_theme_is_kept_in_a_cookie(wish: str, attribute: str) -> None:
    client = Client()
    response = client.post("/darstellung/", {"theme": wish, "next": "/impressum/"})
    assert response["Location"] == "/impressum/"
    assert attribute in client.get("/impressum/").content.decode()


def test_the_automatic_theme_leaves_the_choice_to_the_device() -> None:
    client = Client()
    client.post("/darstellung/", {"theme": "automatisch"})
    assert "data-kern-theme" not in client.get("/impressum/").content.decode()


def test_an_unknown_theme_changes_nothing() -> None:
    client = Client()
    assert client.post("/darstellung/", {"theme": "<b>"}).status_code == 302
    assert not client.cookies
    client.cookies["theme"] = "unsinn"
    assert client.get("/impressum/").status_code == 200


@pytest.mark.parametrize("target", ["https://example.com/", "//example.com", "javascript:alert(1)", ""])
def test_the_way_back_never_leaves_the_portal(target: str) -> None:
    assert Client().post("/sprache/", {"language": "en", "next": target})["Location"] == "/"


def test_a_visitor_reads_english_after_choosing_it() -> None:
    client = Client()
    client.post("/sprache/", {"language": "en"})
    assert '<html lang="en">' in client.get("/impressum/").content.decode()


def test_a_persons_language_is_kept_with_the_account() -> None:
    user = make_user("author")
    client = Client()
    client.force_login(user)
    client.post("/sprache/", {"language": "en"})
    user.refresh_from_db()
    assert user.language == "en"


def test_looking_at_these_addresses_changes_nothing() -> None:
    assert Client().get("/sprache/").status_code == 405
    assert Client().get("/darstellung/").status_code == 405
