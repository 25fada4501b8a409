"""Sessions end on the server, and reading pages writes nothing."""

import time
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    cache.clear()
    return make_user(password=PASSWORD)


def log_in(person: User, browser: str = "") -> Client:
    client = Client(headers={"User-Agent": browser})
    client.post("/konto/anmelden/", {"login": person.email, "password": PASSWORD})
    return client


def is_logged_in(client: Client) -> bool:
    return client.get("/konto/").status_code == 200


def change(client: Client, **values: int) -> None:
    session = client.session
    session.update(values)
    session.save()


def test_a_session_left_alone_is_dead_on_the_server(person: User, settings) -> None:
    client = log_in(person)
    row = Session.objects.get(session_key=client.session.session_key)
    idle = row.expire_date - timezone.now()
    assert timedelta(seconds=settings.SESSION_COOKIE_AGE - 60) < idle
    assert idle <= timedelta(seconds=settings.SESSION_COOKIE_AGE)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not is_logged_in(client)


def test_use_prolongs_it_at_most_every_five_minutes(person: User, settings) -> None:
    client = log_in(person)
    change(client, active_at=int(time.time()) - settings.SESSION_ACTIVITY_STEP - 1)
    Session.objects.update(expire_date=timezone.now() + timedelta(seconds=10))
    assert is_logged_in(client)
    assert Session.objects.get().expire_date > timezone.now() + timedelta(hours=3)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert is_logged_in(client)
    assert not [query for query in queries if not query["sql"].startswith("SELECT")]


def test_after_a_days_work_it_ends_however_busy(person: User, settings) -> None:
    client = log_in(person)
    key = client.session.session_key
    change(client, begun_at=int(time.time()) - settings.SESSION_ABSOLUTE_AGE - 1)
    assert not is_logged_in(client)
    assert not Session.objects.filter(session_key=key).exists()


def test_a_person_sees_and_ends_single_sessions(person: User) -> None:
    here, elsewhere = log_in(person, "Firefox/128 Windows"), log_in(person, "Chrome/130 Safari/5 Android")
    page = here.get("/konto/sitzungen/").content.decode()
    assert "Firefox auf Windows" in page
    assert "Chrome auf Android" in page
    other = UserSession.objects.get(session_key=elsewhere.session.session_key)
    assert here.get(f"/konto/sitzungen/{other.pk}/beenden/").status_code == 405
    here.post(f"/konto/sitzungen/{other.pk}/beenden/")
    assert not is_logged_in(elsewhere)
    assert is_logged_in(here)


def test_a_person_ends_all_others_at_once(person: User) -> None:
    here, elsewhere = log_in(person), log_in(person)
    here.post("/konto/sitzungen/")
    assert not is_logged_in(elsewhere)
    assert is_logged_in(here)


def test_nobody_ends_anothers_session(person: User) -> None:
    theirs = log_in(person)
    session = UserSession.objects.get(user=person)
    mine = log_in(make_user(password=PASSWORD))
    assert mine.post(f"/konto/sitzungen/{session.pk}/beenden/").status_code == 404
    assert is_logged_in(theirs)


def test_a_new_password_ends_the_other_sessions(person: User) -> None:
    here, elsewhere = log_in(person), log_in(person)
    here.post("/konto/passwort/", {"oldpassword": PASSWORD, "password1": "Ganz-neuer-Zaun-77"})
    assert is_logged_in(here)
    assert not is_logged_in(elsewhere)


@pytest.mark.parametrize("count", [1, 50])
def test_the_list_costs_the_same_however_long(person: User, django_assert_num_queries, count: int) -> None:
    client = log_in(person)
    for _number in range(count - 1):
        session = Session.objects.create(
            session_key=f"{_number:032}", session_data="", expire_date=timezone.now() + timedelta(hours=1)
        )
        UserSession.objects.create(user=person, ip="192.0.2.1", session_key=session.session_key)
    with django_assert_num_queries(3):
        client.get("/konto/sitzungen/")


def test_a_cookie_with_forbidden_signs_is_no_session() -> None:
    response = Client(headers={"Cookie": 'sessionid="abcdefghijkl\\000mnop"'}).get("/konto/")
    assert response.status_code == 302


def test_throttling_remembers_more_than_a_few_hundred() -> None:
    cache.clear()
    for number in range(400):
        cache.set(f"counter{number}", number)
    assert all(cache.get(f"counter{number}") == number for number in range(400))
