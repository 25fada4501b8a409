"""A search that takes too long is stopped by the database and answered in plain words."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client

from ikone import api
from practices.islands.finding import look_for_islands
from practices.models import IslandLook, Practice
from search import reading, vocabulary
from tests.factories import logged_in, make_practice, make_user

# Outside a transaction, as in production: the limit goes along with each statement.
pytestmark = pytest.mark.django_db(transaction=True)

SLOW = """
    CREATE FUNCTION pg_temp.slowly(vector tsvector) RETURNS boolean LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_sleep(5); RETURN true; END $$;
    ALTER TABLE search_entry RENAME TO kept_entry;
    CREATE VIEW search_entry AS SELECT * FROM kept_entry WHERE pg_temp.slowly(words);
"""
AS_BEFORE = "DROP VIEW search_entry; ALTER TABLE kept_entry RENAME TO search_entry"
MESSAGE = "Diese Suche dauert zu lange"


@pytest.fixture
def practice(monkeypatch: pytest.MonkeyPatch) -> Iterator[Practice]:
    """Each look at an entry sleeps longer than a statement may take."""
    found = [make_practice(f"Smarte Laternen {number}") for number in range(2)]
    vocabulary.learn()
    monkeypatch.setattr(reading, "TIMEOUT", 100)
    api.COUNTS.clear()
    with connection.cursor() as cursor:
        cursor.execute(SLOW)
    yield found[0]
    with connection.cursor() as cursor:
        cursor.execute(AS_BEFORE)


def test_pages_and_api_say_so_and_go_on(practice: Practice) -> None:
    visitor, member = Client(), logged_in(make_user("author"))
    for client in (visitor, member):
        for address in ("/suche/?q=Laternen", "/praxis/?q=Laternen", "/praxis/?q=Laternen&land=07"):
            response = client.get(address)
            text = response.content.decode()
            assert response.status_code == 200
            assert MESSAGE in text
            assert 'value="Laternen"' in text, "what was typed is kept"
    for address in ("search?q=Laternen", "practices?q=Laternen"):
        response = visitor.get(f"/api/v1/{address}")
        assert response.status_code == 422
        assert MESSAGE in response.json()["detail"]
    assert "option" not in visitor.get("/suche/vorschlaege/?q=lat").content.decode()
    typed = "title=Laternen+am+Weg&summary=Smarte+Laternen"
    assert "Macht das" not in member.get(f"/praxis/aehnliche/?{typed}").content.decode()
    assert member.get(f"/praxis/{practice.pk}/aehnliche/").status_code == 200
    with connection.cursor() as cursor:  # the limit ended with its statement
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)


def test_what_resembles_a_slow_one_is_not_found_and_not_waited_for_again(practice: Practice) -> None:
    assert look_for_islands() == 0
    assert set(IslandLook.objects.values_list("practice", flat=True)) == set(
        Practice.objects.values_list("pk", flat=True)
    )


def test_what_is_typed_to_connect_write_ups_still_finds_by_number_and_own_title(practice: Practice) -> None:
    other = Practice.objects.exclude(pk=practice.pk).get()
    manager = make_user("manager", city=practice.city)

    def offered(text: str) -> list[int]:
        response = logged_in(manager).get(f"/praxis/{practice.pk}/beziehungen/", {"beitrag": text})
        assert response.status_code == 200
        return [one.pk for one in response.context["offered"]]

    assert offered("Laternen") == []
    assert offered(str(other.pk)) == [other.pk]
    Practice.objects.filter(pk=other.pk).update(city=practice.city)
    assert offered("Laternen") == [other.pk]


def test_the_same_search_in_time_finds(db: None) -> None:
    make_practice("Smarte Laternen")
    vocabulary.learn()
    text = Client().get("/praxis/?q=Laternen").content.decode()
    assert MESSAGE not in text
    assert "Smarte <mark>Laternen</mark>" in text
