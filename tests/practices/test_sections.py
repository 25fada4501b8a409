"""Sections of the editor: each saved on its own, and the task list that leads through them."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from cities.enums import NetworkStatus
from cities.models import City
from practices.editing.overview import tasks_of
from practices.editing.states import State
from practices.enums import Status
from practices.models import Practice
from tests.factories import logged_in, make_city, make_practice, make_topic, make_user
from topics.models import Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return make_city("Trier", contact_name="Hauptamt", contact_email="hauptamt@example.org")


@pytest.fixture
def author(city: City) -> User:
    return make_user("author", city=city)


@pytest.fixture
def client(author: User) -> Client:
    return logged_in(author)


@pytest.fixture
def topic() -> Topic:
    return make_topic("Stadtgrün")


@pytest.fixture
def draft(city: City, author: User, topic: Topic) -> Practice:
    return make_practice(city=city, created_by=author, status=Status.DRAFT, topics=[topic])


def address(practice: Practice, section: str) -> str:
    return f"/praxis/{practice.pk}/bearbeiten/{section}/"


def save(client: Client, practice: Practice, section: str, **data: Any) -> Any:
    practice.refresh_from_db()
    return client.post(address(practice, section), {"version": practice.version, **data})


def states(client: Client, practice: Practice) -> dict[str, State]:
    tasks = client.get(f"/praxis/{practice.pk}/bearbeiten/").context["tasks"]
    return {task.section.slug: task.state for task in tasks}


def test_a_section_saves_its_own_fields_and_leaves_the_rest(client: Client, draft: Practice) -> None:
    before = draft.solution
    response = save(client, draft, "geschichte", approach="<p>Zuerst zwei Ämter.</p>")
    assert response.headers["Location"] == f"/praxis/{draft.pk}/bearbeiten/"
    draft.refresh_from_db()
    assert (draft.approach, draft.solution, draft.version) == ("<p>Zuerst zwei Ämter.</p>", before, 2)


def test_save_and_go_on_leads_to_the_next_section(client: Client, draft: Practice) -> None:
    response = save(client, draft, "geschichte", do="next")
    assert response.headers["Location"] == address(draft, "einordnung")


def test_unknown_sections_are_not_there(client: Client, draft: Practice) -> None:
    assert client.get(address(draft, "gibt-es-nicht")).status_code == 404
    assert client.post(address(draft, "gibt-es-nicht")).status_code == 404


def test_task_list_says_how_far_each_section_is_and_what_comes_next(client: Client, draft: Practice) -> None:
    assert states(client, draft) | {"profil": State.COMPLETE, "geschichte": State.EMPTY} == states(
        client, draft
    )
    save(client, draft, "geschichte", approach="<p>Zuerst zwei Ämter.</p>")
    save(client, draft, "einordnung", starts="2024", keywords="Bäume")
    found = states(client, draft)
    assert found["geschichte"] == State.STARTED
    assert found["einordnung"] == State.COMPLETE
    assert found["vertrauen"] == State.EMPTY
    tasks = client.get(f"/praxis/{draft.pk}/bearbeiten/").context["tasks"]
    assert [task.section.slug for task in tasks if task.is_next] == ["geschichte"]


def test_only_partners_are_a_beginning(client: Client, draft: Practice) -> None:
    make_city("Speyer")
    save(client, draft, "einordnung", partner_cities="Speyer")
    assert states(client, draft)["einordnung"] == State.STARTED


def test_an_incomplete_profile_is_begun(client: Client, author: User, city: City) -> None:
    bare = make_practice(city=city, created_by=author, status=Status.DRAFT, lessons="")
    assert states(client, bare)["profil"] == State.STARTED


def test_tasks_cost_no_query(django_assert_num_queries: Any, client: Client, draft: Practice) -> None:
    client.get(f"/praxis/{draft.pk}/bearbeiten/")
    practice = client.get(f"/praxis/{draft.pk}/bearbeiten/").context["practice"]
    with django_assert_num_queries(0):
        assert tasks_of(practice, {})


def test_deputy_is_suggested_but_not_the_contact_itself(client: Client, draft: Practice, city: City) -> None:
    form = client.get(address(draft, "vertrauen")).context["form"]
    assert form["deputy_name"].value() == "Hauptamt"
    draft.contact_email = city.contact_email
    draft.save()
    assert not client.get(address(draft, "vertrauen")).context["form"]["deputy_name"].value()


def test_partner_may_be_any_municipality(client: Client, draft: Practice) -> None:
    partner = make_city("Fernstadt", status=NetworkStatus.OUTSIDE)
    response = save(client, draft, "einordnung", partner_cities="Fernstadt\nAtlantis")
    assert response.status_code == 422
    assert "Atlantis" in response.context["form"].errors["partner_cities"][0]
    save(client, draft, "einordnung", partner_cities="fernstadt\n")
    assert list(draft.partner_cities.all()) == [partner]


def test_topics_of_both_sections_stay_apart(client: Client, draft: Practice, topic: Topic) -> None:
    more, other = make_topic(), make_topic()
    save(client, draft, "einordnung", further_topics=[str(more.pk), str(topic.pk)])
    links = dict(draft.topic_links.values_list("topic_id", "is_primary"))
    assert links == {topic.pk: True, more.pk: False}
    data = {"title": draft.title, "kind": "practice", "phase": "live", "visibility": "public"}
    save(client, draft, "profil", primary_topic=str(other.pk), do="draft", **data)
    assert dict(draft.topic_links.values_list("topic_id", "is_primary")) == {other.pk: True, more.pk: False}
    save(client, draft, "profil", primary_topic=str(more.pk), do="draft", **data)
    assert dict(draft.topic_links.values_list("topic_id", "is_primary")) == {more.pk: True}


def test_a_published_write_up_leads_back_to_its_page(client: Client, author: User, city: City) -> None:
    practice = make_practice(city=city, created_by=author)
    response = save(client, practice, "geschichte", legal="<p>Vertrag mit dem Anbieter.</p>")
    assert response.headers["Location"] == Practice.objects.get(pk=practice.pk).get_absolute_url()
