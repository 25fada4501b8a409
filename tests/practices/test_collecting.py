"""Collections: kept, ordered, shared, and never more than the reader may see."""

import io
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.forms import ModelForm
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from accounts.privacy.reading import everything_of
from cities.enums import Role
from documents.models import Build
from notifications.models import OutgoingMail
from practices.collecting import actions
from practices.collecting.contents import Contents
from practices.collecting.privacy import COLLECTIONS
from practices.enums import Status, Visibility
from practices.models import Collection, CollectionItem, Practice
from practices.models.collecting import Audience
from tests.documents.accessible import pages_of
from tests.factories import logged_in, make_city, make_practice, make_topic, make_user
from tests.practices.blocks.rows import make_block

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return make_user(Role.LEADER, city=make_city("Eigenstadt"), name="Büro Eigenstadt")


def collected(owner: User, *things: Any, audience: Audience = Audience.OWNER) -> Collection:
    collection = actions.begin(title="Für den Rat", by=owner)
    for thing in things:
        actions.keep(thing=thing, collection=collection, by=owner, note=f"Notiz zu {thing}")
    actions.share(collection=collection, audience=audience, by=owner)
    return collection


def titles(collection: Collection, reader: User) -> list[str]:
    return [entry.title for entry in Contents.of(collection, reader).entries]


def made(build: Build) -> bytes:
    with build.file.open() as file:
        return bytes(file.read())


def url(name: str, *args: object) -> str:
    return reverse(f"collections:{name}", args=args)


def test_write_up_block_and_topic_are_kept_from_their_pages(owner: User) -> None:
    things: list[Any] = [make_practice("Beitrag"), make_block("Leitfaden"), make_topic("Thema")]
    client = logged_in(owner)
    for name, thing in zip(("praxis", "baustein", "thema"), things, strict=True):
        link = f"{url('keep')}?{name}={thing.pk}"
        assert link in client.get(thing.get_absolute_url()).content.decode()
        assert link not in Client().get(thing.get_absolute_url()).content.decode()
        form = client.get(link)
        assert form.status_code == 200
        choice = Collection.objects.values_list("pk", flat=True).first() or "neu"
        sent = {"collection": choice, "title": "Merkliste", "note": "Wichtig"}
        assert client.post(link, sent)["Location"] == thing.get_absolute_url()
    [collection] = Collection.objects.all()
    assert titles(collection, owner) == ["Beitrag", "Leitfaden", "Thema"]
    assert "Gemerkt in:" in client.get(things[0].get_absolute_url()).content.decode()
    assert "Wichtig" in client.get(collection.get_absolute_url()).content.decode()


def test_what_cannot_be_kept_says_why_and_keeps_what_was_typed(owner: User) -> None:
    practice = make_practice()
    collection = collected(owner, practice)
    client = logged_in(owner)
    link = f"{url('keep')}?praxis={practice.pk}"
    twice = client.post(link, {"collection": collection.pk, "note": "Getippt"})
    assert twice.status_code == 422
    assert "Getippt" in twice.content.decode()
    nameless = client.post(link, {"collection": "neu", "title": "", "note": "Getippt"})
    assert "Bitte geben Sie der neuen Sammlung einen Namen." in nameless.content.decode()
    others = collected(make_user())
    assert client.post(link, {"collection": others.pk}).status_code == 422
    assert collection.items.count() == 1
    assert not others.items.exists()


@pytest.mark.parametrize("query", ["", "?praxis=", "?praxis=0", "?praxis=x", "?thema=99999999999999999999"])
def test_nothing_is_kept_that_is_not_there(query: str, owner: User) -> None:
    assert logged_in(owner).get(f"{url('keep')}{query}").status_code == 404


def test_what_one_may_not_read_cannot_be_kept(owner: User) -> None:
    draft = make_practice(status=Status.DRAFT)
    assert logged_in(owner).post(f"{url('keep')}?praxis={draft.pk}", {"collection": "neu"}).status_code == 404


def test_order_is_changed_with_buttons_and_closes_gaps(owner: User) -> None:
    collection = collected(owner, *(make_practice(name) for name in "ABCD"))
    client = logged_in(owner)
    first, _second, third, last = collection.items.all()

    def press(item: CollectionItem, where: str) -> None:
        client.post(url("move", collection.pk, item.pk), {"wohin": where})

    press(third, "hoch")
    assert titles(collection, owner) == ["A", "C", "B", "D"]
    press(first, "runter")
    assert titles(collection, owner) == ["C", "A", "B", "D"]
    press(last, "runter")
    press(third, "hoch")
    press(last, "anfang")
    assert titles(collection, owner) == ["D", "C", "A", "B"]
    press(last, "quer")
    client.post(url("take_out", collection.pk, third.pk))
    assert titles(collection, owner) == ["D", "A", "B"]
    assert list(collection.items.values_list("position", flat=True)) == [0, 1, 2]
    Practice.objects.filter(title="D").delete()
    actions.keep(thing=make_practice("E"), collection=collection, by=owner)
    assert titles(collection, owner) == ["A", "B", "E"]


def test_the_owner_alone_changes_it(owner: User) -> None:
    collection = collected(owner, make_practice(), audience=Audience.NETWORK)
    [item] = collection.items.all()
    member = logged_in(make_user(Role.MANAGER, city=make_city()))
    assert member.get(collection.get_absolute_url()).status_code == 200
    for name, *args in (
        *(("edit",), ("delete",), ("sharing",), ("name_reader",)),
        *(("note", item.pk), ("move", item.pk), ("take_out", item.pk)),
    ):
        assert member.post(url(name, collection.pk, *args), {"title": "X"}).status_code == 403
    assert Collection.objects.get().title == "Für den Rat"
    assert collection.items.exists()


def test_only_those_with_whom_it_is_shared_open_it(owner: User) -> None:
    collection = collected(owner, make_practice())
    named, member, guest = make_user(), make_user(Role.AUTHOR, city=make_city()), make_user()
    client = logged_in(owner)
    client.post(url("name_reader", collection.pk), {"email": named.email.upper()})
    assert OutgoingMail.objects.get().to == named.email

    def readers() -> list[User]:
        everybody = [named, member, guest]
        addresses = [url("detail", collection.pk), url("table", collection.pk)]
        return [
            person
            for person in everybody
            if {logged_in(person).get(address).status_code for address in addresses} == {200}
        ]

    assert readers() == [named]
    assert "Für den Rat" in logged_in(named).get(url("own")).content.decode()
    assert "Für den Rat" not in logged_in(guest).get(url("own")).content.decode()
    client.post(url("sharing", collection.pk), {"audience": "network"})
    assert readers() == [member]
    client.post(url("sharing", collection.pk), {"audience": "owner"})
    assert readers() == []
    assert Client().get(collection.get_absolute_url()).status_code == 302


@pytest.mark.parametrize("email", ["", "niemand@example.org", "kein-adresse", "x" * 400])
def test_addresses_of_nobody_are_refused_beside_the_field(email: str, owner: User) -> None:
    collection = collected(owner)
    answer = logged_in(owner).post(url("name_reader", collection.pk), {"email": email})
    assert answer.status_code == 422
    assert "kern-error" in answer.content.decode()
    assert not collection.readers.exists()


def test_readers_see_only_what_they_may_read(owner: User) -> None:
    city = owner.memberships.get().city
    draft = make_practice("Heimlicher Entwurf", city=city, status=Status.DRAFT)
    network = make_practice("Nur fürs Netz", visibility=Visibility.NETWORK)
    anonymous = make_practice("Ohne Stadt", city=make_city("Geheimstadt"), visibility=Visibility.ANONYMOUS)
    collection = collected(owner, make_practice("Offen"), draft, network, anonymous, audience=Audience.NAMED)
    reader = make_user()
    actions.name_reader(collection=collection, person=reader, by=owner)
    assert titles(collection, owner) == ["Offen", "Heimlicher Entwurf", "Nur fürs Netz", "Ohne Stadt"]
    client = logged_in(reader)
    page = client.get(collection.get_absolute_url()).content.decode()
    sheet = load_workbook(io.BytesIO(client.get(url("table", collection.pk)).content)).active
    folder = " ".join(pages_of(client.post(url("folder", collection.pk)).content))
    for text in (page, str([cell.value for row in sheet.rows for cell in row]), folder):
        assert "Offen" in text
        for secret in ("Heimlicher", "fürs Netz", "Ohne Stadt", "Geheimstadt"):
            assert secret not in text
    member = make_user(Role.AUTHOR, city=make_city())
    actions.share(collection=collection, audience=Audience.NETWORK, by=owner)
    page = logged_in(member).get(collection.get_absolute_url()).content.decode()
    assert "Ohne Stadt" in page
    assert "Geheimstadt" not in page
    assert "Heimlicher" not in page


def test_the_owner_is_told_what_has_gone_and_takes_it_out(owner: User) -> None:
    practice = make_practice("Zurückgezogen")
    collection = collected(owner, practice)
    Practice.objects.update(status=Status.DRAFT)
    client = logged_in(owner)
    page = client.get(collection.get_absolute_url()).content.decode()
    assert "nicht mehr zu lesen" in page
    assert "Zurückgezogen" not in page
    client.post(url("take_out", collection.pk, collection.items.get().pk))
    assert not collection.items.exists()


def test_caps_hold(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_ITEMS", 1)
    monkeypatch.setattr(actions, "MOST_COLLECTIONS", 1)
    collection = collected(owner, make_practice())
    client = logged_in(owner)
    link = f"{url('keep')}?praxis={make_practice().pk}"
    assert "kein Platz mehr" in client.post(link, {"collection": collection.pk}).content.decode()
    full = client.post(link, {"collection": "neu", "title": "Noch eine"})
    assert "Mehr als 1 Sammlungen gehen nicht" in full.content.decode()
    assert client.post(url("new"), {"title": "Noch eine"}).status_code == 422
    assert Collection.objects.count() == 1


def wrong_items() -> list[dict[str, Any]]:
    practice, topic = make_practice(), make_topic()
    both = {"practice": practice, "topic": topic, "position": 1}
    return [both, {"position": 1}, {"topic": topic, "position": 100}]


def test_the_database_keeps_items_in_shape(owner: User) -> None:
    practice = make_practice()
    collection = collected(owner, practice)
    for wrong in [*wrong_items(), {"practice": practice, "position": 1}]:
        with pytest.raises(IntegrityError), transaction.atomic():
            CollectionItem.objects.create(collection=collection, **wrong)


def test_who_leaves_takes_the_collections_along(owner: User) -> None:
    collected(owner, make_practice("Beitrag"))
    shared = collected(make_user())
    actions.name_reader(collection=shared, person=owner, by=shared.owner)
    exported = everything_of(owner)["collections"]
    assert [row["title"] for row in exported["own"]] == ["Für den Rat"]
    assert exported["items"][0]["note"] == "Notiz zu Beitrag"
    assert len(exported["shared_with_you"]) == 1
    COLLECTIONS.erase(owner)
    assert list(Collection.objects.all()) == [shared]
    assert not shared.readers.exists()


def test_it_is_deleted_after_a_question(owner: User) -> None:
    collection = collected(owner, make_practice())
    client = logged_in(owner)
    assert "1 Eintrag" in client.get(url("delete", collection.pk)).content.decode()
    assert Collection.objects.exists()
    client.post(url("delete", collection.pk))
    assert not Collection.objects.exists()
    assert Practice.objects.exists()


@pytest.mark.parametrize("what", ["edit", "note"])
def test_what_another_tab_deletes_in_this_moment_does_not_come_back(
    owner: User, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    collection = collected(owner, make_practice())
    item = collection.items.get()
    address = url("edit", collection.pk) if what == "edit" else url("note", collection.pk, item.pk)
    sent = {"title": "Neu", "intro": ""} if what == "edit" else {"note": "Neu"}
    is_valid = ModelForm.is_valid

    def valid_and_deleted(form: ModelForm) -> bool:
        Collection.objects.all().delete()
        return is_valid(form)

    monkeypatch.setattr(ModelForm, "is_valid", valid_and_deleted)
    assert logged_in(owner).post(address, sent).status_code == 404
    assert not Collection.objects.exists()


def test_a_page_costs_the_same_for_one_and_for_many(owner: User, django_assert_num_queries: Any) -> None:
    collection = collected(owner, make_practice(), make_block("Leitfaden"), make_topic())
    Contents.of(collection, owner)  # reads the person's roles once
    for _round in range(2):
        with django_assert_num_queries(3):
            Contents.of(collection, owner)
        for thing in (make_practice(), make_block("Noch einer"), make_topic()):
            actions.keep(thing=thing, collection=collection, by=owner)
