"""The editor: drafts, the whole profile, two people at once, the same form twice, and what people mistype."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from cities.enums import NetworkStatus
from cities.models import City
from practices.enums import Status, Visibility
from practices.models import Practice
from search.models import Entry
from tests.factories import (
    logged_in,
    make_city,
    make_coordinator,
    make_practice,
    make_topic,
    make_user,
)
from tests.practices.write_ups import complete_form, form_of, published
from topics.models import Topic

pytestmark = pytest.mark.django_db

NEW = "/praxis/neu/"


@pytest.fixture
def city() -> City:
    return make_city("Trier", contact_name="Hauptamt", contact_email="hauptamt@example.org")


@pytest.fixture
def author(city: City) -> User:
    return make_user("author", city=city, office="Grünflächenamt", phone="0651 1")


@pytest.fixture
def client(author: User) -> Client:
    return logged_in(author)


@pytest.fixture
def topic() -> Topic:
    return make_topic("Stadtgrün")


def errors_of(response: Any) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


def test_new_form_offers_the_city_s_office_as_contact(client: Client) -> None:
    form = client.get(NEW).context["form"]
    assert form["contact_name"].value() == "Hauptamt"
    assert form["contact_email"].value() == "hauptamt@example.org"
    assert not form["contact_phone"].value()
    assert "city" not in form.fields


def test_author_is_offered_with_a_hint_where_the_city_has_no_office(
    client: Client, author: User, city: City
) -> None:
    City.objects.filter(pk=city.pk).update(contact_name="", contact_email="", contact_phone="")
    page = client.get(NEW)
    form = page.context["form"]
    assert form["contact_name"].value() == "Grünflächenamt"
    assert form["contact_email"].value() == author.email
    assert "Vorgeschlagen sind Ihre eigenen Angaben" in page.content.decode()


def test_draft_needs_its_title_alone(client: Client, city: City, author: User) -> None:
    response = client.post(NEW, {"title": "Nur ein Titel", "kind": "practice", "phase": "live",
                                 "visibility": "public", "do": "draft"})  # fmt: skip
    practice = Practice.objects.get()
    assert response.headers["Location"] == f"/praxis/{practice.pk}/bearbeiten/"
    assert (practice.status, practice.city, practice.created_by) == (Status.DRAFT, city, author)


def test_draft_without_title_is_told_and_keeps_the_rest(client: Client) -> None:
    response = client.post(NEW, {"title": "", "summary": "Das soll bleiben.", "kind": "practice",
                                 "phase": "live", "visibility": "public", "do": "draft"})  # fmt: skip
    assert response.status_code == 422
    assert errors_of(response) == {"title": ["Bitte geben Sie dem Beitrag einen Titel."]}
    assert "Das soll bleiben." in response.content.decode()
    assert not Practice.objects.exists()


def test_submitting_an_incomplete_profile_names_all_that_is_missing(client: Client) -> None:
    data = {"title": "Zu wenig", "kind": "stopped", "phase": "ended", "visibility": "public", "do": "submit"}
    response = client.post(NEW, data)
    assert response.status_code == 422
    assert set(errors_of(response)) == {
        *("summary", "primary_topic", "starting_point", "solution", "lessons", "stop_reason"),
        *("contact_name", "contact_email"),
    }
    assert not Practice.objects.exists()


def test_author_submits_in_one_go(client: Client, topic: Topic) -> None:
    response = client.post(NEW, complete_form(topic, do="submit"))
    practice = Practice.objects.get()
    assert response.headers["Location"] == practice.get_absolute_url()
    assert practice.status == Status.IN_REVIEW
    assert dict(practice.topic_links.values_list("topic_id", "is_primary")) == {topic.pk: True}


def test_author_cannot_publish_by_asking_for_it(client: Client, topic: Topic) -> None:
    client.post(NEW, complete_form(topic, do="publish"))
    assert Practice.objects.get().status == Status.IN_REVIEW


def test_manager_publishes_in_one_go(city: City, topic: Topic) -> None:
    logged_in(make_user("manager", city=city)).post(NEW, complete_form(topic, do="publish"))
    practice = Practice.objects.get()
    assert practice.status == Status.PUBLISHED
    assert Entry.objects.get().object_id == practice.pk


def test_same_form_sent_twice_makes_one_record(client: Client, topic: Topic) -> None:
    data = complete_form(topic, key=str(uuid.uuid4()), do="submit")
    first, second = client.post(NEW, data), client.post(NEW, data)
    practice = Practice.objects.get()
    assert first.headers["Location"] == second.headers["Location"] == practice.get_absolute_url()
    assert practice.version == 1
    assert practice.steps.count() == 2


def test_form_changed_after_going_back_shows_both_and_saves_then(client: Client, topic: Topic) -> None:
    data = complete_form(topic, key=str(uuid.uuid4()), do="draft")
    client.post(NEW, data)
    response = client.post(NEW, data | {"title": "Ein anderer Titel"})
    practice = Practice.objects.get()
    assert response.status_code == 422
    assert practice.title == data["title"]
    again = response.context["form"]["version"].value()
    client.post(
        f"/praxis/{practice.pk}/bearbeiten/profil/", data | {"title": "Ein anderer Titel", "version": again}
    )
    practice.refresh_from_db()
    assert (practice.title, Practice.objects.count()) == ("Ein anderer Titel", 1)


def test_somebody_elses_key_opens_nothing(city: City, topic: Topic) -> None:
    key = str(uuid.uuid4())
    logged_in(make_user("author", city=city)).post(NEW, complete_form(topic, key=key, do="draft"))
    response = logged_in(make_user("author")).post(NEW, complete_form(topic, key=key, do="draft"))
    assert response.status_code == 404
    assert Practice.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_double_click_makes_one_record(city: City, author: User, topic: Topic) -> None:
    data = complete_form(topic, key=str(uuid.uuid4()), do="draft")

    def send(client: Client) -> int:
        try:
            return client.post(NEW, data).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        codes = list(pool.map(send, [logged_in(author), logged_in(author)]))
    assert codes == [302, 302]
    assert Practice.objects.count() == 1


def test_saving_without_a_change_makes_no_version(
    client: Client, city: City, author: User, topic: Topic
) -> None:
    practice = make_practice(city=city, created_by=author, topics=[topic], status=Status.DRAFT)
    data = form_of(practice, topic, title="Neuer Titel", do="draft")
    address = f"/praxis/{practice.pk}/bearbeiten/profil/"
    assert client.post(address, data).status_code == 302
    assert client.post(address, data).status_code == 302
    practice.refresh_from_db()
    assert (practice.title, practice.version) == ("Neuer Titel", 2)


def test_published_write_up_stays_complete(client: Client, city: City, author: User, topic: Topic) -> None:
    practice = published(city=city, created_by=author, topics=[topic])
    address = f"/praxis/{practice.pk}/bearbeiten/profil/"
    response = client.post(address, form_of(practice, topic, lessons="", do="save"))
    assert set(errors_of(response)) == {"lessons"}
    assert client.post(address, form_of(practice, topic, summary="Neuer Satz.", do="save")).status_code == 302
    practice.refresh_from_db()
    assert practice.summary == "Neuer Satz."
    assert practice.status == Status.PUBLISHED


def test_edit_reaches_the_search_in_the_same_moment(city: City, topic: Topic) -> None:
    practice = published("Vorher", city=city, topics=[topic])
    manager = logged_in(make_user("manager", city=city))
    data = form_of(practice, topic, title="Zaunkönigzählung", visibility="network", do="save")
    assert manager.post(f"/praxis/{practice.pk}/bearbeiten/profil/", data).status_code == 302
    assert "Zaunkönigzählung" in manager.get("/praxis/?q=Zaunkönigzählung").content.decode()
    assert Practice.objects.get().visibility == Visibility.NETWORK
    assert logged_in(None).get("/praxis/?q=Zaunkönigzählung").context["page"].total == 0


def test_author_cannot_widen_who_reads_a_published_write_up(
    client: Client, city: City, author: User, topic: Topic
) -> None:
    practice = published(city=city, created_by=author, topics=[topic], visibility=Visibility.NETWORK)
    data = form_of(practice, topic, visibility="public", summary="Neu.", do="save")
    client.post(f"/praxis/{practice.pk}/bearbeiten/profil/", data)
    practice.refresh_from_db()
    assert (practice.summary, practice.visibility) == ("Neu.", Visibility.NETWORK)


def test_text_is_sanitised(client: Client, topic: Topic) -> None:
    data = complete_form(topic, solution="<p onclick='x()'>Gut<script>alert(1)</script></p>", do="draft")
    client.post(NEW, data)
    assert Practice.objects.get().solution == "<p>Gut</p>"


def test_city_is_one_of_the_own(topic: Topic) -> None:
    user = make_user("author", city=make_city("Speyer"))
    user.memberships.create(city=make_city("Andernach"), role="author")
    foreign = make_city("Pirmasens")
    client = logged_in(user)
    response = client.post(NEW, complete_form(topic, city=str(foreign.pk), do="draft"))
    assert errors_of(response) == {"city": ["Bitte wählen Sie eine der angebotenen Städte."]}
    response = client.post(NEW, complete_form(topic, do="draft"))
    assert errors_of(response) == {"city": ["Bitte wählen Sie die Stadt, für die Sie schreiben."]}


def test_foreign_city_cannot_be_sneaked_in(client: Client, city: City, topic: Topic) -> None:
    client.post(NEW, complete_form(topic, city=str(make_city().pk), do="draft"))
    assert Practice.objects.get().city == city


def test_coordinator_writes_for_every_city_of_the_network(city: City, topic: Topic) -> None:
    client = logged_in(make_coordinator())
    outside = make_city("Fernstadt", status=NetworkStatus.OUTSIDE)
    response = client.post(NEW, complete_form(topic, city=outside.name, do="draft"))
    assert set(errors_of(response)) == {"city"}
    assert client.post(NEW, complete_form(topic, city="trier", do="publish")).status_code == 302
    assert Practice.objects.get().city == city


def test_an_incomplete_draft_sent_in_as_it_is_is_told_at_the_fields(client: Client, author: User) -> None:
    client.post(NEW, {"title": "Nur ein Titel", "kind": "practice", "phase": "live",
                      "visibility": "public", "do": "draft"})  # fmt: skip
    practice = Practice.objects.get()
    response = client.post(f"/praxis/{practice.pk}/bearbeiten/profil/", {
        "title": practice.title, "kind": "practice", "phase": "live", "visibility": "public",
        "version": practice.version, "do": "submit",
    })  # fmt: skip
    assert response.status_code == 422
    assert "summary" in errors_of(response)


def test_a_title_is_one_line(client: Client) -> None:
    client.post(NEW, {"title": "Bäume\n\nhttps://example.org/", "kind": "practice", "phase": "live",
                      "visibility": "public", "do": "draft"})  # fmt: skip
    assert Practice.objects.get().title == "Bäume https://example.org/"
