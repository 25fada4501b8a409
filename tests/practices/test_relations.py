"""Relations between write-ups: read from both sides, never in circles, and never telling too much."""

import threading
from collections.abc import Iterator

import pytest
from django.db import IntegrityError, connections, transaction
from django.test import Client

from accounts.models import User
from cities.models import City
from practices.enums import RelationKind, Status, Visibility
from practices.models import Practice, Relation
from practices.relations.actions import RelationNotPossibleError, relate, replace, separate
from tests.factories import logged_in, make_city, make_coordinator, make_practice, make_user

pytestmark = pytest.mark.django_db
DIRECTED = [RelationKind.REPLACED_BY, RelationKind.BUILDS_ON, RelationKind.PART_OF]


def link(source: Practice, target: Practice, kind: str = "builds_on") -> Relation:
    return Relation.objects.create(source=source, target=target, kind=kind)


def text_of(practice: Practice, client: Client) -> str:
    return client.get(practice.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("kind", "there", "back"),
    [
        ("replaced_by", "Ersetzt durch", "Ersetzt"),
        ("builds_on", "Baut auf", "Darauf baut auf"),
        ("part_of", "Teil von", "Dazu gehört"),
        ("related", "Verwandt", "Verwandt"),
    ],
)
def test_relation_reads_from_both_sides(kind: str, there: str, back: str) -> None:
    first, second = make_practice("Erster Beitrag"), make_practice("Zweiter Beitrag")
    link(first, second, kind)
    visitor = logged_in(None)
    for practice, label, other in ((first, there, second), (second, back, first)):
        page = text_of(practice, visitor)
        assert f">{label}</dt>" in page
        assert f'href="{other.get_absolute_url()}"' in page


def test_replaced_write_up_leads_to_its_successor() -> None:
    old, new = make_practice("Altes Portal"), make_practice("Neues Portal")
    link(old, new, "replaced_by")
    visitor = logged_in(None)
    assert "Statt dieses Beitrags gilt heute" in text_of(old, visitor)
    assert "Statt dieses Beitrags gilt heute" not in text_of(new, visitor)


def test_database_refuses_what_cannot_be() -> None:
    first, second, third = (make_practice() for _n in range(3))
    link(first, second, "related")
    link(first, second, "replaced_by")
    for bad in (
        Relation(source=first, target=first, kind="related"),
        Relation(source=first, target=second, kind="related"),
        Relation(source=second, target=first, kind="related"),
        Relation(source=first, target=third, kind="replaced_by"),
        Relation(source=first, target=third, kind="married_to"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            bad.save()
    link(first, third, "related")


@pytest.mark.parametrize("kind", DIRECTED)
def test_directed_kinds_close_no_circle(kind: str) -> None:
    first, second, third = (make_practice() for _n in range(3))
    link(first, second, kind)
    link(second, third, kind)
    for source, target in ((second, first), (third, first)):
        with pytest.raises(IntegrityError), transaction.atomic():
            link(source, target, kind)
    other_kind = next(other for other in DIRECTED if other != kind)
    turned = link(third, first, other_kind)
    with pytest.raises(IntegrityError), transaction.atomic():
        Relation.objects.filter(pk=turned.pk).update(kind=kind)


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_close_no_circle() -> None:
    first, second = make_practice(), make_practice()
    by = make_user()
    start, results = threading.Barrier(2), []

    def connect(source: Practice, target: Practice) -> None:
        start.wait()
        try:
            relate(practice=source, to=target, kind=RelationKind.BUILDS_ON, by=by)
            results.append("connected")
        except RelationNotPossibleError:
            results.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=connect, args=ends) for ends in ((first, second), (second, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["connected", "refused"]
    assert Relation.objects.count() == 1


def test_each_refusal_says_why() -> None:
    first, second, third = (make_practice() for _n in range(3))
    by = make_user()
    relate(practice=first, to=second, kind=RelationKind.BUILDS_ON, by=by)
    relate(practice=first, to=second, kind=RelationKind.REPLACED_BY, by=by)
    for practice, to, kind, said in (
        (first, first, RelationKind.RELATED, "derselbe Beitrag"),
        (first, second, RelationKind.BUILDS_ON, "gibt es schon"),
        (second, first, RelationKind.BUILDS_ON, "Kreis"),
        (first, third, RelationKind.REPLACED_BY, "schon ersetzt"),
    ):
        with pytest.raises(RelationNotPossibleError, match=said):
            relate(practice=practice, to=to, kind=kind, by=by)


def test_change_is_one_version_of_the_write_up_that_says_so() -> None:
    first, second = make_practice(), make_practice()
    by = make_user()
    relation = relate(practice=first, to=second, kind=RelationKind.RELATED, by=by)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.version, first.updated_by, second.version) == (2, by, 1)
    separate(relation=relation, by=by)
    separate(relation=relation, by=by)
    first.refresh_from_db()
    assert first.version == 3
    assert not Relation.objects.exists()


def test_replace_takes_the_place_of_an_earlier_successor() -> None:
    old, middle, new = (make_practice() for _n in range(3))
    by = make_user()
    replace(practice=old, by_practice=middle, by=by)
    replace(practice=old, by_practice=new, by=by)
    replace(practice=old, by_practice=new, by=by)
    old.refresh_from_db()
    assert old.relations.get().target == new
    with pytest.raises(RelationNotPossibleError):
        replace(practice=new, by_practice=old, by=by)
    with pytest.raises(RelationNotPossibleError):
        replace(practice=old, by_practice=old, by=by)
    assert old.relations.get().target == new


@pytest.fixture
def city() -> City:
    return make_city("Geheimstadt")


@pytest.fixture
def stranger() -> User:
    return make_user("manager", city=make_city("Nachbarstadt"))


def test_what_a_reader_may_not_see_is_not_there(city: City, stranger: User) -> None:
    practice = make_practice(city=city)
    link(practice, make_practice("Nur fürs Netz", visibility=Visibility.NETWORK), "replaced_by")
    link(make_practice("Noch ein Entwurf", city=city, status=Status.DRAFT), practice)
    visitor, member, own = (logged_in(user) for user in (None, stranger, make_user("author", city=city)))
    page = text_of(practice, visitor)
    for hidden in ("Nur fürs Netz", "Noch ein Entwurf", "Hängt zusammen mit", "Statt dieses Beitrags"):
        assert hidden not in page
    assert "Nur fürs Netz" in text_of(practice, member)
    assert "Noch ein Entwurf" not in text_of(practice, member)
    assert "Noch ein Entwurf" in text_of(practice, own)


def pairs(city: City) -> Iterator[tuple[Practice, Practice, RelationKind, bool]]:
    """An anonymous write-up with another, how they are connected, and whether strangers may know of it."""
    for kind in RelationKind:
        for other_city in (city, make_city()):
            anonymous = make_practice("Anonymer Fehlschlag", city=city, visibility=Visibility.ANONYMOUS)
            known = make_practice("Bekannter Beitrag", city=other_city)
            yield anonymous, known, kind, kind == RelationKind.RELATED and other_city != city


def test_relations_do_not_betray_an_anonymous_city(city: City, stranger: User) -> None:
    insiders = [logged_in(make_user("author", city=city)), logged_in(make_coordinator())]
    member = logged_in(stranger)
    for anonymous, known, kind, may_be_known in pairs(city):
        for source, target in ((anonymous, known), (known, anonymous)):
            relation = link(source, target, kind)
            for practice, other in ((source, target), (target, source)):
                assert (other.get_absolute_url() in text_of(practice, member)) == may_be_known
                for insider in insiders:
                    assert other.get_absolute_url() in text_of(practice, insider)
            relation.delete()


def test_far_end_that_is_anonymous_names_no_city(city: City, stranger: User) -> None:
    anonymous = make_practice("Anonymer Fehlschlag", city=city, visibility=Visibility.ANONYMOUS)
    known = make_practice(city=stranger.memberships.get().city)
    link(known, anonymous, "related")
    page = text_of(known, logged_in(stranger))
    assert "Anonymer Fehlschlag" in page
    assert "eine Stadt im Netzwerk" in page
    assert "Geheimstadt" not in page
    assert "Anonymer Fehlschlag" not in text_of(known, logged_in(None))


def test_strangers_tie_nothing_but_kinship_to_an_anonymous_write_up(city: City, stranger: User) -> None:
    anonymous = make_practice(city=city, visibility=Visibility.ANONYMOUS)
    known = make_practice(city=stranger.memberships.get().city)
    for kind in DIRECTED:
        with pytest.raises(RelationNotPossibleError, match="anonymen"):
            relate(practice=known, to=anonymous, kind=kind, by=stranger)
    relate(practice=known, to=anonymous, kind=RelationKind.RELATED, by=stranger)
