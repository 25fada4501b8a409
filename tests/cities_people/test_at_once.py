"""Two people who press the same button in the same moment."""

import threading

import pytest
from django.db import connections

from accounts.models import User
from cities.enums import Role
from cities.models import Membership
from cities.people import actions, views
from notifications.models import OutgoingMail
from tests.factories import PASSWORD, logged_in, make_city, make_coordinator, make_user


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("known", [False, True])
def test_of_two_at_once_one_gets_in(known: bool) -> None:
    city = make_city()
    actions.invite(email="neu@example.org", city=city, role=Role.AUTHOR, by=make_user("manager", city=city))
    token = OutgoingMail.objects.get().text.split("/einladung/")[1].split("/")[0]
    person = make_user(email="neu@example.org") if known else None
    start, results = threading.Barrier(2), []

    def accept() -> None:
        start.wait()
        try:
            if person:
                actions.accept(token=token, by=person)
            else:
                actions.accept_as_new_person(
                    token=token, name="Neu", office="", password=PASSWORD, language="de"
                )
            results.append("in")
        except actions.NoLongerValidError:
            results.append("too late")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=accept) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["in", "too late"]
    assert Membership.objects.filter(user__email="neu@example.org").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_for_city", [True, False])
def test_two_who_invite_the_same_address_make_one_invitation(is_for_city: bool) -> None:
    city = make_city() if is_for_city else None
    managers = [make_user("manager", city=city) for _number in range(2)]
    role = Role.AUTHOR if is_for_city else None
    start, results = threading.Barrier(2), []

    def send(by: User) -> None:
        start.wait()
        try:
            actions.invite(
                email="neu@example.org", city=city, role=role, as_coordinator=not is_for_city, by=by
            )
            results.append("sent")
        except actions.AlreadyInvitedError:
            results.append("there already")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=[manager]) for manager in managers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["sent", "there already"]


@pytest.mark.django_db(transaction=True)
def test_two_managers_cannot_remove_each_other_at_once() -> None:
    city = make_city()
    managers = [make_user("manager", city=city) for _number in range(2)]
    start, results = threading.Barrier(2), []

    def remove(by: User, victim: User) -> None:
        membership = Membership.objects.get(user=victim)
        start.wait()
        try:
            actions.remove(membership=membership, by=by)
            results.append("removed")
        except (actions.LastManagerError, Membership.DoesNotExist):
            results.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=remove, args=pair) for pair in (managers, reversed(managers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["refused", "removed"]
    assert Membership.objects.filter(city=city).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_invitations_accepted_at_once_make_one_account() -> None:
    tokens = []
    for _number in range(2):
        city = make_city()
        actions.invite(
            email="neu@example.org", city=city, role=Role.AUTHOR, by=make_user("manager", city=city)
        )
        tokens.append(OutgoingMail.objects.latest("pk").text.split("/einladung/")[1].split("/")[0])
    start, results = threading.Barrier(2), []

    def accept(token: str) -> None:
        start.wait()
        try:
            actions.accept_as_new_person(token=token, name="Neu", office="", password=PASSWORD, language="de")
            results.append("in")
        except actions.NoLongerValidError:
            results.append("too late")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=accept, args=[token]) for token in tokens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["in", "too late"]
    assert User.objects.filter(email="neu@example.org").count() == 1


@pytest.mark.django_db
def test_who_was_removed_meanwhile_removes_nobody() -> None:
    first, second = make_coordinator(), make_coordinator()
    actions.leave_coordination(person=second, by=first)
    with pytest.raises(actions.LastCoordinatorError):
        actions.leave_coordination(person=first, by=second)
    assert list(User.objects.filter(is_coordinator=True)) == [first]


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["rolle", "entfernen"])
def test_a_person_who_is_gone_meanwhile_is_told(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    city = make_city()
    membership = make_user("author", city=city).memberships.get()
    client = logged_in(make_user("manager", city=city))
    monkeypatch.setattr(views, "_membership", lambda _city, _pk: membership)
    Membership.objects.filter(pk=membership.pk).delete()
    path = f"/staedte/{city.slug}/personen/{membership.pk}/{step}/"
    answer = client.post(path, {"role": "leader"}, follow=True)
    assert answer.status_code == 200
    assert "inzwischen nicht mehr" in answer.text
