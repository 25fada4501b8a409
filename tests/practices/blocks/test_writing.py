"""Offering a building block, keeping it up to date and taking it out of service."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from cities.models import City
from practices.blocks import actions
from practices.blocks.enums import BlockStatus
from practices.models import BlockPart, BuildingBlock, PracticeBlock, StoredFile
from search.models import Entry
from tests.factories import logged_in, make_city, make_coordinator, make_practice, make_topic, make_user
from tests.practices.blocks.rows import add_file, form_data, make_block, upload
from tests.practices.files import samples
from topics.models import Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return make_city()


@pytest.fixture
def topic() -> Topic:
    return make_topic()


@pytest.fixture
def author(city: City) -> User:
    return make_user("author", city=city)


@pytest.fixture
def manager(city: City) -> Client:
    return logged_in(make_user("manager", city=city))


def errors(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 422
    return dict(response.context["form"].errors)


def test_a_block_grows_from_draft_through_two_versions_to_retirement(
    city: City, topic: Topic, author: User, manager: Client
) -> None:
    writer = logged_in(author)
    file = SimpleUploadedFile("LV.pdf", samples.PDF)
    made: Any = writer.post("/bausteine/neu/", form_data(topic=topic.pk, upload=file, url="example.org/code"))
    block = BuildingBlock.objects.get()
    assert made.url == block.get_absolute_url()
    assert (block.status, block.city, block.created_by) == (BlockStatus.DRAFT, city, author)
    assert "Veröffentlichen" not in writer.get(block.get_absolute_url()).content.decode()
    assert writer.post(f"/bausteine/{block.pk}/veroeffentlichen/").status_code == 403
    assert block.title in manager.get("/mein/").content.decode()
    for _twice in range(2):
        assert manager.post(f"/bausteine/{block.pk}/veroeffentlichen/").status_code == 302
    page = logged_in(None).get(block.get_absolute_url()).content.decode()
    assert "LV.pdf" in page
    assert 'href="https://example.org/code"' in page
    assert "nennen sie dabei die stadt" in page.lower()

    newer = {"label": "2.0", "date": "2030-01-01", "changes": "Kürzer", "url": "https://example.org/neu"}
    assert writer.post(f"/bausteine/{block.pk}/fassungen/neu/", newer).status_code == 302
    page = logged_in(None).get(block.get_absolute_url()).content.decode()
    assert page.index("Fassung 2.0 vom 01.01.2030") < page.index("Ältere Fassungen") < page.index("LV.pdf")

    better = make_block("Der bessere", city=city)
    retired = manager.post(f"/bausteine/{block.pk}/ausser-dienst/", {"replaced_by": "der BESSERE"})
    assert retired.status_code == 302
    page = logged_in(None).get(block.get_absolute_url()).content.decode()
    assert "wird nicht mehr gepflegt" in page
    assert better.get_absolute_url() in page
    assert not Entry.objects.filter(source=4, object_id=block.pk).exists()
    manager.post(f"/bausteine/{block.pk}/veroeffentlichen/")
    block.refresh_from_db()
    assert (block.status, block.replaced_by) == (BlockStatus.PUBLISHED, None)


def test_a_form_sent_twice_makes_one_block(topic: Topic, author: User) -> None:
    data = form_data(topic=topic.pk, key=str(uuid.uuid4()))
    answers: list[Any] = [logged_in(author).post("/bausteine/neu/", data) for _twice in range(2)]
    assert answers[0].url == answers[1].url
    assert BuildingBlock.objects.count() == 1


def test_a_block_made_for_a_write_up_stands_in_it(topic: Topic, author: User, city: City) -> None:
    practice = make_practice(city=city, created_by=author, topics=[topic])
    address = f"/bausteine/neu/?beitrag={practice.pk}"
    assert logged_in(author).get(address).context["form"].initial["topic"] == topic.pk
    logged_in(author).post(address, form_data(topic=topic.pk))
    assert practice.building_blocks.get().title == "Leistungsbeschreibung"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"kind": "weapon"}, "kind"),
        ({"topic": "0"}, "topic"),
        ({"licence": "other"}, "licence_note"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "ftp://example.org"}, "url"),
    ],
)
def test_bad_input_stays_in_its_field(
    author: User, topic: Topic, changes: dict[str, str], field: str
) -> None:
    data = {"topic": topic.pk} | form_data() | changes
    response = logged_in(author).post("/bausteine/neu/", data)
    assert field in errors(response)
    assert "Was im Vergabeverfahren stand." in response.content.decode()
    assert not BuildingBlock.objects.exists()


def test_a_bad_file_is_refused_at_its_field_and_nothing_is_stored(author: User, topic: Topic) -> None:
    file = SimpleUploadedFile("LV.docm", samples.with_macros())
    response = logged_in(author).post("/bausteine/neu/", form_data(topic=topic.pk, upload=file))
    assert "enthält Makros" in errors(response)["upload"][0]
    assert not BuildingBlock.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_version_needs_a_new_name_and_something_to_get(manager: Client, city: City) -> None:
    block = make_block(city=city)
    empty = manager.post(f"/bausteine/{block.pk}/fassungen/neu/", {"label": "2.0", "date": "2030-01-01"})
    assert "Datei oder geben Sie einen Link" in errors(empty)["upload"][0]
    taken = {"label": "1.0", "date": "2030-01-01", "url": "https://example.org"}
    response = manager.post(f"/bausteine/{block.pk}/fassungen/neu/", taken)
    assert errors(response)["__all__"] == ["Diese Fassung gibt es schon."]


def test_files_and_links_come_and_go(manager: Client, city: City) -> None:
    block = make_block(city=city)
    version = block.versions.get()
    address = f"/bausteine/{block.pk}/fassungen/{version.pk}/"
    assert "upload" in errors(manager.post(address, {"title": "Nichts"}))
    file = SimpleUploadedFile("Plan.pdf", samples.PDF)
    manager.post(address, {"title": "Der Plan", "upload": file})
    part = version.parts.get()
    assert (part.title, part.original_name) == ("Der Plan", "Plan.pdf")
    for _twice in range(2):
        answer = manager.post(f"/bausteine/{block.pk}/dateien/{part.pk}/entfernen/")
        assert answer.status_code == 302
    assert not version.parts.exists()


def test_two_people_editing_do_not_overwrite_each_other(manager: Client, city: City, topic: Topic) -> None:
    block = make_block(city=city, topic=topic)
    form = manager.get(f"/bausteine/{block.pk}/bearbeiten/").context["form"]
    opened = {"version": form["version"].value(), "base": form["base"].value()}
    mine = form_data(topic=topic.pk, **opened)
    manager.post(f"/bausteine/{block.pk}/bearbeiten/", mine | {"title": "Ihr Titel"})
    response = manager.post(f"/bausteine/{block.pk}/bearbeiten/", mine | {"title": "Mein Titel"})
    assert response.status_code == 422
    block.refresh_from_db()
    assert (block.title, block.version) == ("Ihr Titel", 2)
    assert Entry.objects.filter(source=4, object_id=block.pk).count() == 1


def test_a_used_block_is_not_deleted_and_an_unused_one_goes_with_its_files(
    manager: Client, city: City
) -> None:
    practice = make_practice()
    block = make_block(city=city, practice=practice)
    add_file(block)
    assert "lässt er sich nicht löschen" in manager.get(f"/bausteine/{block.pk}/loeschen/").content.decode()
    manager.post(f"/bausteine/{block.pk}/loeschen/")
    assert BuildingBlock.objects.filter(pk=block.pk).exists()
    PracticeBlock.objects.all().delete()
    assert manager.post(f"/bausteine/{block.pk}/loeschen/").status_code == 302
    assert not BuildingBlock.objects.exists()
    assert not BlockPart.objects.exists()
    assert not Entry.objects.filter(source=4).exists()
    assert logged_in(None).get(practice.get_absolute_url()).status_code == 200


def test_using_a_block_that_was_just_deleted_says_so(city: City) -> None:
    block, by = make_block(city=city), make_user()
    stale = BuildingBlock.objects.get()
    actions.delete(block=block, by=by)
    with pytest.raises(actions.BlockGoneError):
        actions.use(block=stale, practice=make_practice(), by=by)


def test_adding_to_and_taking_from_a_block_that_was_just_deleted_is_a_404(
    city: City, manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    block, touch = make_block(city=city), actions._touch
    version, part = block.versions.get(), add_file(block)

    def just_deleted(block: BuildingBlock, by: User) -> None:
        actions.delete(block=block, by=by)
        touch(block, by)

    monkeypatch.setattr(actions, "_touch", just_deleted)
    about = f"/bausteine/{block.pk}/"
    for address, sent in (
        (f"{about}fassungen/neu/", {"label": "2.0", "date": "2030-01-01", "url": "example.org/neu"}),
        (f"{about}fassungen/{version.pk}/", {"url": "example.org/neu"}),
        (f"{about}dateien/{part.pk}/entfernen/", {}),
    ):
        assert manager.post(address, sent).status_code == 404, address
        assert BuildingBlock.objects.get().versions.get().parts.get() == part  # all was taken back


def test_history_knows_who_changed_what(city: City) -> None:
    block, by = make_block(city=city, status=BlockStatus.DRAFT), make_user()
    actions.publish(block=block, by=by)
    event = BuildingBlock.pgh_event_model.objects.filter(pgh_obj=block).last()  # type: ignore[attr-defined]
    assert (event.status, event.pgh_context.metadata["user"]) == ("published", by.pk)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"licence": "other"}, "names_other_licence"),
        ({"status": "published", "published_at": None}, "published_when"),
        ({"summary": ""}, "named"),
    ],
)
def test_impossible_blocks_are_refused_by_the_database(fields: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_block(**fields)


def test_a_part_is_a_file_or_a_link(city: City) -> None:
    block = make_block(city=city)
    part = add_file(block)
    for fields in ({"stored": None}, {"url": "https://example.org"}):
        with pytest.raises(IntegrityError, match="file_or_link"), transaction.atomic():
            BlockPart.objects.filter(pk=part.pk).update(**fields)


def test_only_a_retired_block_is_replaced(city: City) -> None:
    block = make_block(city=city)
    with pytest.raises(IntegrityError, match="replaced_when_retired"), transaction.atomic():
        BuildingBlock.objects.filter(pk=block.pk).update(replaced_by=make_block("Anderer"))
    with pytest.raises(actions.StepNotPossibleError):
        actions.retire(block=make_block(status=BlockStatus.DRAFT), by=make_user())


def test_same_file_in_two_blocks_is_stored_once_and_stays_while_used(city: City) -> None:
    first, second = add_file(make_block("Eins")), add_file(make_block("Zwei"))
    assert first.stored == second.stored
    actions.delete(block=first.version.block, by=make_user())
    assert StoredFile.objects.get().block_parts.get() == second
    version = second.version
    actions.add_part(version=version, by=make_user(), upload=upload(), url="", title="noch einmal")
    assert version.parts.get() == second


MANY = settings(
    max_examples=25,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
ODD = ["", "\x00", "99999999999999999999", "-1", "<b>", "\u202e", "a" * 600, "/bausteine/1-x/", "#1", "()"]
texts = st.one_of(st.sampled_from(ODD), st.text(max_size=60))


@MANY
@given(st.dictionaries(st.sampled_from([*form_data(), "topic", "url", "key", "licence_note"]), texts))
def test_the_form_takes_any_input(author: User, topic: Topic, changes: dict[str, str]) -> None:
    before = BuildingBlock.objects.count()
    response = logged_in(author).post("/bausteine/neu/", form_data(topic=topic.pk) | changes)
    assert response.status_code in {302, 422}
    assert BuildingBlock.objects.count() == before + (response.status_code == 302)


@MANY
@given(texts, texts)
def test_naming_a_block_and_filtering_take_any_text(author: User, city: City, text: str, other: str) -> None:
    practice = make_practice(city=city, created_by=author)
    client = logged_in(author)
    response = client.post(f"/praxis/{practice.pk}/bausteine/", {"block": text})
    assert response.status_code in {302, 422}
    assert client.get("/bausteine/vorschlaege/", {"block": text}).status_code == 200
    query = {"q": text, "art": other, "thema": text, "stadt": other, "nach": text, "lizenz": text}
    assert client.get("/bausteine/", query).status_code == 200


def test_coordinators_offer_blocks_for_a_named_city(topic: Topic, city: City) -> None:
    client = logged_in(make_coordinator())
    assert "city" in errors(client.post("/bausteine/neu/", form_data(topic=topic.pk)))
    assert client.post("/bausteine/neu/", form_data(topic=topic.pk, city=city.name)).status_code == 302
    assert BuildingBlock.objects.get().city == city
