"""Reads that are kept for all readers of a kind give each of them what is theirs."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from cities.enums import NetworkStatus, Role
from cities.models import City, Membership
from cities.permissions import city_ids_of, is_coordinator
from cities.readers import KeptForReaders
from practices.enums import Status
from practices.models import Practice
from tests.factories import make_city, make_coordinator, make_practice, make_user
from topics.permissions import managed_city_ids

pytestmark = pytest.mark.django_db


class Own:
    """The names of a reader's cities, and how often the query was built."""

    def __init__(self) -> None:
        self.kept = KeptForReaders()
        self.built = 0

    def of(self, reader: Any) -> list[str]:
        return [row.name for row in self.kept.rows(reader, (), self._build)]

    def _build(self, reader: User) -> QuerySet[City]:
        self.built += 1
        if is_coordinator(reader):
            return City.objects.order_by("name")
        return City.objects.filter(pk__in=city_ids_of(reader)).order_by("name")


def test_everybody_gets_their_own_by_one_statement() -> None:
    own = Own()
    cities = [make_city(name) for name in ("Aalen", "Bonn", "Celle")]
    people = [make_user(Role.AUTHOR, city=city) for city in cities]
    for _time in range(2):
        assert [own.of(person) for person in people] == [["Aalen"], ["Bonn"], ["Celle"]]
    assert own.built == 1


def test_kinds_of_readers_are_kept_apart() -> None:
    own = Own()
    aalen, bonn = make_city("Aalen"), make_city("Bonn")
    author = make_user(Role.AUTHOR, city=aalen)
    of_both = make_user(Role.AUTHOR, city=bonn)
    Membership.objects.create(user=of_both, city=aalen, role=Role.MANAGER)
    assert own.of(author) == ["Aalen"]
    assert own.of(of_both) == ["Aalen", "Bonn"]
    assert own.of(make_user(Role.LEADER, city=bonn)) == ["Bonn"]
    assert own.of(make_coordinator()) == ["Aalen", "Bonn"]
    assert own.of(make_user()) == []
    assert own.of(AnonymousUser()) == []
    assert own.of(author) == ["Aalen"]


def test_each_city_keeps_the_role_that_one_has_there() -> None:
    kept = KeptForReaders()
    build = lambda reader: City.objects.filter(pk__in=managed_city_ids(reader))  # noqa: E731
    cities = [make_city(f"Stadt {number}") for number in range(4)]
    people = []
    for managed, other in (cities[:2], reversed(cities[2:])):
        person = make_user(Role.AUTHOR, city=other)
        Membership.objects.create(user=person, city=managed, role=Role.MANAGER)
        people.append((person, managed))
    for person, managed in people:
        assert kept.rows(person, (), build) == [managed]


def test_a_city_that_has_left_opens_nothing() -> None:
    own, city = Own(), make_city("Aalen")
    person = make_user(Role.AUTHOR, city=city)
    assert own.of(person) == ["Aalen"]
    City.objects.filter(pk=city.pk).update(status=NetworkStatus.FORMER)
    assert own.of(User.objects.get(pk=person.pk)) == []


def test_visibility_of_one_reader_is_never_that_of_the_next() -> None:
    kept = KeptForReaders()
    ours, theirs = make_city("Aalen"), make_city("Bonn")
    draft = make_practice("Entwurf", city=ours, status=Status.DRAFT)
    build = lambda reader, pk: Practice.objects.visible_to(reader).filter(pk=pk)  # noqa: E731
    colleague, stranger = make_user(Role.AUTHOR, city=ours), make_user(Role.AUTHOR, city=theirs)
    assert kept.rows(colleague, (), build, pk=draft.pk) == [draft]
    assert kept.rows(stranger, (), build, pk=draft.pk) == []
    assert kept.rows(AnonymousUser(), (), build, pk=draft.pk) == []


def test_what_is_not_known_of_somebody_cannot_be_kept() -> None:
    with pytest.raises(AttributeError):
        KeptForReaders().rows(make_user(), (), lambda reader: City.objects.filter(name=reader.email))
