"""Two people who press the same button in the same moment."""

import threading

import pytest
from django.db import connections

from accounts.models import User
from cities.enums import Role
from cities.models import Membership
from cities.people import actions
from notifications.models import OutgoingMail
from tests.factories import PASSWORD, make_city, make_user


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
def test_two_managers_inviting_the_same_address_make_one_invitation() -> None:
    city = make_city()
    managers = [make_user("manager", city=city) for _number in range(2)]
    start, results = threading.Barrier(2), []

    def send(by: User) -> None:
        start.wait()
        try:
            actions.invite(email="neu@example.org", city=city, role=Role.AUTHOR, by=by)
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
