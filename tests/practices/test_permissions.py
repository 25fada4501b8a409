"""Every role, every step, by asking the portal as a browser would."""

import pytest
from django.urls import reverse

from accounts.models import User
from cities.models import City
from practices.enums import Status
from tests.factories import logged_in, make_city, make_coordinator, make_practice, make_user

pytestmark = pytest.mark.django_db

ROLES = ["author", "colleague", "manager", "leader", "stranger", "coordinator"]
MANAGEMENT = {"manager", "coordinator"}


def person(role: str, city: City) -> User:
    match role:
        case "colleague":
            return make_user("author", city=city)
        case "stranger":
            return make_user("manager")
        case "coordinator":
            return make_coordinator()
    return make_user(role, city=city)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("address", "status", "may", "reached"),
    [
        ("einreichen", Status.DRAFT, {"author", *MANAGEMENT}, Status.IN_REVIEW),
        ("veroeffentlichen", Status.IN_REVIEW, MANAGEMENT, Status.PUBLISHED),
        ("zurueckgeben", Status.IN_REVIEW, MANAGEMENT, Status.DRAFT),
        ("archivieren", Status.PUBLISHED, MANAGEMENT, Status.ARCHIVED),
        ("wieder-oeffnen", Status.ARCHIVED, MANAGEMENT, Status.DRAFT),
        ("bestaetigen", Status.PUBLISHED, {"author", *MANAGEMENT}, Status.PUBLISHED),
    ],
)
def test_step_by_role(role: str, address: str, status: Status, may: set[str], reached: Status) -> None:
    city = make_city()
    user = person(role, city)
    practice = make_practice(city=city, status=status, created_by=user if role == "author" else None)
    response = logged_in(user).post(f"/praxis/{practice.pk}/{address}/", {"remark": "Darum."})
    practice.refresh_from_db()
    if role in may:
        assert response.status_code == 302
        assert practice.status == reached
    else:
        is_hidden = role == "stranger" and status in {Status.DRAFT, Status.IN_REVIEW}
        assert response.status_code == (404 if is_hidden else 403)
        assert practice.status == status
        assert not practice.steps.exists()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("status", Status)
def test_editor_by_role(role: str, status: Status) -> None:
    city = make_city()
    user = person(role, city)
    practice = make_practice(city=city, status=status, created_by=user if role == "author" else None)
    editors = MANAGEMENT if status == Status.ARCHIVED else {"author", *MANAGEMENT}
    hidden = role == "stranger" and status in {Status.DRAFT, Status.IN_REVIEW}
    expected = 200 if role in editors else 404 if hidden else 403
    client = logged_in(user)
    assert client.get(reverse("practices:edit", args=[practice.pk])).status_code == expected
    assert client.get(reverse("practices:history", args=[practice.pk])).status_code == expected


@pytest.mark.parametrize("address", ["neu/", "meine/", "pruefung/", "1/bearbeiten/", "1/verlauf/"])
def test_visitor_is_asked_to_log_in(address: str) -> None:
    response = logged_in(None).get(f"/praxis/{address}")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/konto/")


@pytest.mark.parametrize(
    ("role", "writes", "decides"),
    [
        ("author", True, False),
        ("manager", True, True),
        ("leader", True, False),
        ("coordinator", True, True),
        ("nobody", False, False),
    ],
)
def test_who_writes_and_who_decides(role: str, writes: bool, decides: bool) -> None:
    user = make_user() if role == "nobody" else person(role, make_city())
    client = logged_in(user)
    assert client.get("/praxis/neu/").status_code == (200 if writes else 403)
    assert client.get("/praxis/pruefung/").status_code == (200 if decides else 403)


def test_contact_may_confirm_without_editing() -> None:
    contact = make_user("author")
    practice = make_practice(contact_user=contact)
    client = logged_in(contact)
    assert client.get(f"/praxis/{practice.pk}/bearbeiten/").status_code == 403
    assert client.post(f"/praxis/{practice.pk}/bestaetigen/").status_code == 302
    assert practice.steps.get().step == "confirmed"


def test_step_pressed_twice_is_taken_once_and_says_so_once() -> None:
    practice = make_practice(status=Status.IN_REVIEW)
    client = logged_in(make_coordinator())
    for _time in range(2):
        client.post(f"/praxis/{practice.pk}/veroeffentlichen/")
    page = client.get(practice.get_absolute_url()).content.decode()
    assert practice.steps.count() == 1
    assert page.count("Der Beitrag ist veröffentlicht.") == 1
    assert "Das geht jetzt nicht" not in page


def test_who_decides_second_is_told() -> None:
    practice = make_practice(status=Status.PUBLISHED)
    client = logged_in(make_coordinator())
    response = client.post(f"/praxis/{practice.pk}/zurueckgeben/", {"remark": "Bitte ergänzen."}, follow=True)
    assert "Das geht jetzt nicht: Der Beitrag ist veröffentlicht." in response.content.decode()


@pytest.mark.parametrize(
    ("address", "begins"),
    [
        ("zurueckgeben", Status.IN_REVIEW),
        ("archivieren", Status.PUBLISHED),
        ("wieder-oeffnen", Status.ARCHIVED),
    ],
)
def test_remark_is_asked_for_only_where_the_step_begins(address: str, begins: Status) -> None:
    client = logged_in(make_coordinator())
    for status in Status:
        practice = make_practice(status=status)
        response = client.get(f"/praxis/{practice.pk}/{address}/")
        if status == begins:
            assert response.status_code == 200
            continue
        assert response["Location"] == practice.get_absolute_url()
        page = client.get(practice.get_absolute_url()).content.decode()
        assert page.count("Das geht jetzt nicht: Der Beitrag") == 1


def test_return_without_remark_is_asked_for_one() -> None:
    practice = make_practice(status=Status.IN_REVIEW)
    response = logged_in(make_coordinator()).post(f"/praxis/{practice.pk}/zurueckgeben/", {"remark": " "})
    assert response.status_code == 422
    assert "Bitte schreiben Sie, was noch fehlt" in response.content.decode()
