"""The address that load balancers ask."""

from typing import Any

from django.test import Client


def test_healthy_portal_says_ok_to_everybody_and_nothing_else(db: None, client: Client) -> None:
    response = client.get("/gesund/")
    assert response.status_code == 200
    assert response.content == b"ok\n"
    assert "no-store" in response["Cache-Control"]


def test_odd_questions_get_the_same_answer(db: None, client: Client) -> None:
    assert client.get("/gesund/?format=json", headers={"accept": "nonsense"}).content == b"ok\n"


def test_portal_without_its_cache_table_is_not_healthy(db: None, client: Client, settings: Any) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "no_such_table"}
    }
    response = client.get("/gesund/")
    assert response.status_code == 503
    assert response.content == b"unavailable\n"
