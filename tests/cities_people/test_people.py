"""Who may see and change the people of a city."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cities.enums import NetworkStatus, Role
from cities.models import City, Invitation, Membership
from cities.people import actions
from notifications.models import OutgoingMail
from tests.factories import logged_in, make_city, make_coordinator, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return make_city("Wallerfangen")


@pytest.fixture
def manager(city: City) -> User:
    return make_user("manager", city=city)


def as_role(role: str, city: City) -> Client:
    people: dict[str, Callable[[], User | None]] = {
        "visitor": lambda: None,
        "author": lambda: make_user("author", city=city),
        "leader": lambda: make_user("leader", city=city),
        "manager": lambda: make_user("manager", city=city),
        "other manager": lambda: make_user("manager"),
        "member of none": make_user,
        "coordinator": make_coordinator,
    }
    return logged_in(people[role]())


ALLOWED = {"manager", "coordinator"}
ROLES = ["visitor", "author", "leader", "manager", "other manager", "member of none", "coordinator"]


def people_path(city: City, rest: str = "") -> str:
    return f"/staedte/{city.slug}/personen/{rest}"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", ["list", "invite", "invite again", "revoke", "change role", "remove"])
def test_managers_of_the_city_and_coordinators_manage_its_people(
    role: str, action: str, city: City, manager: User
) -> None:
    make_user("manager", city=city)
    invitation = actions.invite(email="offen@example.org", city=city, role=Role.AUTHOR, by=manager)
    membership = Membership.objects.create(user=make_user(), city=city, role=Role.AUTHOR)
    old_hash = invitation.token_hash
    client = as_role(role, city)
    paths = {
        "list": "",
        "invite": "einladen/",
        "invite again": f"einladungen/{invitation.pk}/erneut/",
        "revoke": f"einladungen/{invitation.pk}/zurueckziehen/",
        "change role": f"{membership.pk}/rolle/",
        "remove": f"{membership.pk}/entfernen/",
    }
    path = people_path(city, paths[action])
    if action == "list":
        answer = client.get(path)
        may = answer.status_code == 200
        assert may == ("offen@example.org" in answer.content.decode())
    else:
        answer = client.post(path, {"email": "neu@example.org", "role": "leader"})
        invitation.refresh_from_db()
        may = {
            "invite": Invitation.objects.filter(email="neu@example.org").exists(),
            "invite again": invitation.token_hash != old_hash,
            "revoke": invitation.revoked_at is not None,
            "change role": Membership.objects.filter(pk=membership.pk, role="leader").exists(),
            "remove": not Membership.objects.filter(pk=membership.pk).exists(),
        }[action]
    assert may == (role in ALLOWED)
    if role == "visitor":
        assert answer["Location"].startswith("/konto/anmelden/")
    elif not may:
        assert answer.status_code == 403


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("path", ["", "einladen/", "einladungen/1/erneut/", "1/entfernen/"])
def test_only_coordinators_manage_the_coordination(role: str, path: str, city: City) -> None:
    client = as_role(role, city)
    posts = "erneut" in path
    answer = (client.post if posts else client.get)(f"/koordination/personen/{path}")
    if role == "coordinator":
        assert answer.status_code in {200, 404}
    else:
        assert answer.status_code == (302 if role == "visitor" else 403)


def test_people_and_invitations_of_another_city_are_out_of_reach(city: City, manager: User) -> None:
    other = make_city()
    membership = Membership.objects.create(user=make_user(), city=other, role=Role.AUTHOR)
    invitation = actions.invite(
        email="neu@example.org", city=other, role=Role.AUTHOR, by=make_user("manager", city=other)
    )
    client = logged_in(manager)
    for rest in (
        f"einladungen/{invitation.pk}/erneut/",
        f"einladungen/{invitation.pk}/zurueckziehen/",
        f"{membership.pk}/rolle/",
        f"{membership.pk}/entfernen/",
        f"{10**30}/entfernen/",
    ):
        assert client.post(people_path(city, rest), {"role": "leader"}).status_code == 404
    assert Membership.objects.filter(pk=membership.pk, role=Role.AUTHOR).exists()


def test_the_form_does_not_betray_accounts(city: City, manager: User) -> None:
    make_user("author", email="konto@example.org")
    client = logged_in(manager)
    answers = [
        client.post(people_path(city, "einladen/"), {"email": email, "role": "author"})
        for email in ("konto@example.org", "niemand@example.org")
    ]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, people_path(city))}
    texts = [
        mail.text.replace(mail.text.split("/einladung/")[1].split("/")[0], "…")
        for mail in OutgoingMail.objects.all()
    ]
    assert len(set(texts)) == 1
    page = client.get(people_path(city)).content.decode()
    assert page.count("offen bis") == 2


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ({"email": "", "role": "author"}, "email"),
        ({"email": "kein-at", "role": "author"}, "email"),
        ({"email": "a@example.org\nBcc: b@example.org", "role": "author"}, "email"),
        ({"email": "a\x00@example.org", "role": "author"}, "email"),
        ({"email": f"{'x' * 250}@example.org", "role": "author"}, "email"),
        ({"email": "offen@example.org", "role": "author"}, "schon eine Einladung offen"),
        ({"email": "MITGLIED@example.org", "role": "author"}, "arbeitet schon"),
        ({"email": "a@example.org", "role": "chef"}, "role"),
        ({"email": "a@example.org"}, "role"),
    ],
)
def test_bad_invitations_are_explained(
    city: City, manager: User, data: dict[str, str], complaint: str
) -> None:
    make_user("author", city=city, email="mitglied@example.org")
    actions.invite(email="offen@example.org", city=city, role=Role.AUTHOR, by=manager)
    answer = logged_in(manager).post(people_path(city, "einladen/"), data)
    assert answer.status_code == 200
    assert complaint in answer.content.decode()
    assert Invitation.objects.count() == 1


def test_a_city_outside_the_network_invites_nobody() -> None:
    city = make_city(status=NetworkStatus.OUTSIDE)
    client = logged_in(make_coordinator())
    assert "Noch nicht im Netzwerk" in client.get(people_path(city)).content.decode()
    assert (
        client.post(people_path(city, "einladen/"), {"email": "a@example.org", "role": "author"}).status_code
        == 403
    )


def test_the_last_manager_stays_unless_the_coordination_says_so(city: City, manager: User) -> None:
    membership = Membership.objects.get(user=manager)
    make_user("manager", city=city, is_active=False)
    client = logged_in(manager)
    assert "letzte Person" in client.get(people_path(city, f"{membership.pk}/entfernen/")).content.decode()
    client.post(people_path(city, f"{membership.pk}/entfernen/"))
    refused = client.post(people_path(city, f"{membership.pk}/rolle/"), {"role": "author"})
    assert "letzte Person" in refused.content.decode()
    assert Membership.objects.filter(pk=membership.pk, role=Role.MANAGER).exists()
    coordinator = logged_in(make_coordinator())
    assert (
        "letzte Person" in coordinator.get(people_path(city, f"{membership.pk}/entfernen/")).content.decode()
    )
    coordinator.post(people_path(city, f"{membership.pk}/entfernen/"))
    assert not Membership.objects.filter(pk=membership.pk).exists()


def test_a_manager_who_gives_up_the_role_lands_on_the_city(city: City, manager: User) -> None:
    make_user("manager", city=city)
    membership = Membership.objects.get(user=manager)
    answer = logged_in(manager).post(people_path(city, f"{membership.pk}/rolle/"), {"role": "author"})
    assert answer["Location"] == city.get_absolute_url()


def test_removing_keeps_the_account(city: City, manager: User) -> None:
    person = make_user("author", city=city)
    membership = Membership.objects.get(user=person)
    assert logged_in(manager).get(people_path(city, f"{membership.pk}/entfernen/")).status_code == 200
    assert Membership.objects.filter(pk=membership.pk).exists(), "reading removes nothing"
    logged_in(manager).post(people_path(city, f"{membership.pk}/entfernen/"))
    assert User.objects.filter(pk=person.pk, is_active=True).exists()


def test_what_was_answered_meanwhile_is_said(city: City, manager: User) -> None:
    invitation = actions.invite(email="neu@example.org", city=city, role=Role.AUTHOR, by=manager)
    Invitation.objects.update(accepted_at=timezone.now())
    for act in (actions.invite_again, actions.revoke):
        with pytest.raises(actions.NoLongerValidError):
            act(invitation=invitation, by=manager)


def test_coordinators_invite_and_remove_each_other_but_not_themselves() -> None:
    me, other = make_coordinator(), make_coordinator()
    client = logged_in(me)
    client.post("/koordination/personen/einladen/", {"email": "neu@example.org"})
    invitation = Invitation.objects.get(as_coordinator=True)
    again = client.post("/koordination/personen/einladen/", {"email": "neu@example.org"})
    assert "schon eine Einladung offen" in again.content.decode()
    known = client.post("/koordination/personen/einladen/", {"email": other.email})
    assert "gehört schon zur Koordination" in known.content.decode()
    client.post(f"/koordination/personen/einladungen/{invitation.pk}/erneut/")
    client.post(f"/koordination/personen/einladungen/{invitation.pk}/zurueckziehen/")
    invitation.refresh_from_db()
    assert invitation.revoked_at
    client.post(f"/koordination/personen/{me.pk}/entfernen/")
    client.post(f"/koordination/personen/{other.pk}/entfernen/")
    assert list(User.objects.filter(is_coordinator=True)) == [me]
    for person in (me, other):
        path = f"/koordination/personen/{person.pk}/entfernen/"
        assert client.get(path).status_code == (200 if person == me else 404)


@pytest.mark.parametrize("count", [1, 50])
def test_the_lists_cost_the_same_however_long(
    city: City, manager: User, count: int, django_assert_num_queries
) -> None:
    for number in range(count):
        make_user("author", city=city)
        actions.invite(email=f"neu{number}@example.org", city=city, role=Role.AUTHOR, by=manager)
    client = logged_in(manager)
    client.get("/konto/")
    with django_assert_num_queries(5):
        assert client.get(people_path(city)).status_code == 200


@pytest.mark.parametrize("count", [1, 50])
def test_the_coordinations_list_costs_the_same_however_long(count: int, django_assert_num_queries) -> None:
    me = make_coordinator()
    for number in range(count):
        make_coordinator()
        actions.invite(email=f"n{number}@example.org", city=None, role=None, as_coordinator=True, by=me)
    client = logged_in(me)
    client.get("/konto/")
    with django_assert_num_queries(5):
        assert client.get("/koordination/personen/koordination/").status_code == 200


def test_of_a_city_outside_the_network_others_learn_nothing(manager: User) -> None:
    outside = make_city(status="outside")
    assert logged_in(manager).get(people_path(outside)).status_code == 404
