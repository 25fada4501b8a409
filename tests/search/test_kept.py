"""Reads whose SQL is worked out once give what their querysets give."""

from typing import Any

import psycopg
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.test.utils import CaptureQueriesContext

from cities.models import City
from ikone.embedded_postgres import with_database
from search.kept import Ahead, IsOneOf, KeptSelect
from search.models import Entry
from tests.factories import make_city, make_practice, make_topic, make_user
from tests.support.databases import TestDatabases
from topics.models import Topic

pytestmark = pytest.mark.django_db


def test_models_come_with_what_was_selected_along() -> None:
    first = make_practice("Eins")
    second = make_practice("Zwei")
    kept = KeptSelect()
    asked: list[int] = []

    def build(pk: int) -> QuerySet[Any]:
        asked.append(pk)
        return type(first).objects.select_related("city").for_cards().filter(pk=pk)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = [kept.rows((), build, pk=one.pk)[0] for one in (first, second)]
        assert [(one.title, one.city.name) for one in found] == [
            (one.title, one.city.name) for one in (first, second)
        ]
        assert [one.topic_names for one in found] == [
            [topic.name for topic in one.topics.all()] for one in (first, second)
        ]
    assert len(asked) == 1
    assert first.pk not in asked
    assert len(queries) == 2 + 2  # one each, and one each for the topics to compare with


def test_tuples_texts_and_arrays_work_too() -> None:
    city, topic = make_city("Musterstadt", slug="muster"), make_topic("Akten")
    practice = make_practice("Eins", city=city, topics=[topic])
    names = KeptSelect()
    for slug, expected in (("muster", [("Musterstadt",)]), ("fehlt", [])):
        assert (
            names.rows((), lambda slug: City.objects.filter(slug=slug).values_list("name"), slug=slug)
            == expected
        )
    entries = KeptSelect()
    for pk, number in ((topic.pk, 1), (topic.pk + 1_000_000, 0)):
        found = entries.rows(
            (),
            lambda topic: Entry.objects.filter(topics__contains=[topic], source=1).values("object_id"),
            topic=pk,
        )
        assert [row["object_id"] for row in found] == [practice.pk] * number


def test_shapes_are_kept_apart() -> None:
    make_city("A", slug="a")
    kept = KeptSelect()
    assert kept.rows("none", lambda slug: City.objects.none().filter(slug=slug), slug="a") == []
    assert len(kept.rows("all", lambda slug: City.objects.filter(slug=slug), slug="a")) == 1


def test_a_value_that_is_no_parameter_is_refused() -> None:
    with pytest.raises(ValueError, match="not all of"):
        KeptSelect().rows((), lambda pk: City.objects.filter(pk__gt=1), pk=5)


def test_a_column_that_cannot_hold_a_stand_in_is_refused_instead_of_giving_nothing() -> None:
    make_practice("Eins")
    with pytest.raises(ValueError, match="too narrow"):
        KeptSelect().rows((), lambda audience: Entry.objects.filter(audience=audience), audience=0)


def test_numbers_are_never_put_in_elsewhere() -> None:
    """A stand-in that happens to be a value of the statement itself would be replaced as well."""
    user = make_user()
    kept = KeptSelect()
    build = lambda pk: type(user).objects.filter(pk=pk, is_active=True)  # noqa: E731
    assert kept.rows((), build, pk=user.pk) == [user]
    assert kept.rows((), build, pk=user.pk + 1) == []


def test_broken_numbers_and_spare_values() -> None:
    near = make_city("Nah", latitude="48.0", longitude="8.0")
    far = make_city("Fern", latitude="54.0", longitude="8.0")
    kept = KeptSelect()

    def build(z: float, city: int, unused: int) -> QuerySet[City]:
        return City.objects.filter(place_z__lt=z).exclude(pk=city)

    for z, city, expected in ((0.78, far.pk, [near]), (0.78, near.pk, []), (0.1, far.pk, [])):
        values = {"z": z, "city": city, "unused": city}
        assert kept.rows_with((), build, values, spare=["unused"]) == expected
    with pytest.raises(ValueError, match="not all of"):
        kept.rows_with((), build, {"z": 0.9, "city": 1, "unused": 1})


def test_what_stands_ahead_may_change_each_time() -> None:
    """The statement is kept, while the part that it names brings its own values."""
    first, second = make_topic("Akten"), make_topic("Netze")
    asked: list[str] = []

    def build(name: str) -> QuerySet[Any]:
        asked.append(name)
        ids = RawSQL("SELECT id FROM chosen", ())
        return Topic.objects.filter(pk__in=ids, name=name).values_list("pk", "name")

    kept = KeptSelect()
    for chosen, name, expected in (
        ([first.pk, second.pk], "Akten", [(first.pk, "Akten")]),
        ([first.pk, second.pk], "Netze", [(second.pk, "Netze")]),
        ([first.pk], "Netze", []),
    ):
        ahead = Ahead("WITH chosen AS (SELECT unnest(%s::bigint[]) AS id)", [chosen])
        assert kept.rows((), build, ahead, name=name) == expected
    assert len(asked) == 1


def test_a_statement_is_parsed_once_for_its_connection() -> None:
    """Values come apart from the statement; texts that do not change stand in it as they are."""
    name = "100 % „O'Neil's“ %s"
    make_city(name, slug="a")
    make_city(name, slug="b")
    kept = KeptSelect()
    build = lambda slug: City.objects.filter(name=name, slug=slug).values_list("slug")  # noqa: E731
    for slug, expected in (("a", [("a",)]), ("b", [("b",)]), ("c", [])):
        assert kept.rows((), build, slug=slug) == expected
    with connection.cursor() as cursor:
        cursor.execute("SELECT generic_plans + custom_plans, statement FROM pg_prepared_statements")
        [(times, statement)] = cursor.fetchall()
    assert times == 3
    assert "100 % „O''Neil''s“ %s" in statement


def test_any_number_of_ids_is_one_statement() -> None:
    cities = [make_city(name) for name in ("A", "B", "C")]
    kept = KeptSelect()
    build = lambda ids: City.objects.filter(IsOneOf("pk", ids)).order_by("name")  # noqa: E731
    for chosen in (cities[:1], cities):
        assert kept.rows((), build, ids=[city.pk for city in chosen]) == chosen
    assert kept.rows((), build, ids=[cities[0].pk, 2**40]) == cities[:1]
    with connection.cursor() as cursor:
        cursor.execute("SELECT parameter_types::text[] FROM pg_prepared_statements")
        assert cursor.fetchall() == [(["bigint[]"],)]
    assert kept.rows((), build, ids=[]) == []


@pytest.mark.django_db(transaction=True)
def test_a_column_that_a_migration_changes_meanwhile_is_no_error(test_databases: TestDatabases) -> None:
    kept = KeptSelect()
    build = lambda model: ContentType.objects.filter(model=model).values_list("app_label")  # noqa: E731
    assert kept.rows((), build, model="topic") == [("topics",)]
    url = with_database(test_databases.url, connection.settings_dict["NAME"])
    with psycopg.connect(url, autocommit=True) as migrating:
        for length in (101, 100):
            migrating.execute(
                f"ALTER TABLE django_content_type ALTER COLUMN app_label TYPE varchar({length})"
            )
            assert kept.rows((), build, model="topic") == [("topics",)]
