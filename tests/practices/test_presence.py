"""Who else has a write-up open."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from cities.models import City
from practices.editing import presence
from practices.enums import Status
from practices.models import Practice, Presence
from practices.tasks import forget_what_was_left_in_the_editor
from tests.factories import logged_in, make_city, make_practice, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return make_city("Trier")


@pytest.fixture
def author(city: City) -> User:
    return make_user("author", city=city, name="Anna Autorin")


@pytest.fixture
def manager(city: City) -> User:
    return make_user("manager", city=city, name="Verena Verwaltung")


@pytest.fixture
def draft(city: City, author: User) -> Practice:
    return make_practice(city=city, created_by=author, status=Status.DRAFT)


def sign_of_life(user: User, practice: Practice, section: str = "profil") -> str:
    address = f"/praxis/{practice.pk}/bearbeiten/{section}/sichern/"
    return str(logged_in(user).post(address, {}, content_type="application/json").json()["people"])


def test_each_sees_the_other_and_nobody_sees_themselves(author: User, manager: User, draft: Practice) -> None:
    assert sign_of_life(author, draft) == ""
    told = sign_of_life(manager, draft, "geschichte")
    assert told.startswith("Gerade auch hier: Anna Autorin, seit ")
    assert told.endswith(" Uhr")
    assert "Verena Verwaltung" in sign_of_life(author, draft)


def test_the_page_says_so_without_a_script(author: User, manager: User, draft: Practice) -> None:
    sign_of_life(manager, draft)
    for address in (f"/praxis/{draft.pk}/bearbeiten/", f"/praxis/{draft.pk}/bearbeiten/profil/"):
        page = logged_in(author).get(address).text
        assert "Gerade auch hier: Verena Verwaltung" in page
        assert "Anna Autorin, seit" not in page


def test_who_has_gone_is_no_longer_here_and_comes_anew(author: User, manager: User, draft: Practice) -> None:
    sign_of_life(manager, draft)
    gone = timezone.now() - timedelta(minutes=2)
    Presence.objects.update(seen_at=gone, since=gone)
    assert sign_of_life(author, draft) == ""
    sign_of_life(manager, draft)
    assert Presence.objects.get(user=manager).since > gone
    assert Presence.objects.count() == 2


def test_opening_a_page_is_not_noted(author: User, draft: Practice) -> None:
    logged_in(author).get(f"/praxis/{draft.pk}/bearbeiten/profil/")
    assert not Presence.objects.exists()


def test_another_write_up_is_another_room(author: User, manager: User, draft: Practice, city: City) -> None:
    other = make_practice(city=city, status=Status.DRAFT)
    presence.note(user=manager, practice=other)
    assert sign_of_life(author, draft) == ""


def test_old_rows_go(manager: User, draft: Practice) -> None:
    presence.note(user=manager, practice=draft)
    Presence.objects.update(seen_at=timezone.now() - timedelta(days=2))
    forget_what_was_left_in_the_editor()
    assert not Presence.objects.exists()
