"""What people mistype in the editor: a message at the field, and everything else stays."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from practices.enums import Status
from practices.models import Practice
from tests.factories import logged_in, make_practice, make_topic, make_user
from tests.practices.write_ups import complete_form
from topics.models import Topic

pytestmark = pytest.mark.django_db

NEW = "/praxis/neu/"


@pytest.fixture
def author() -> User:
    return make_user("author")


@pytest.fixture
def client(author: User) -> Client:
    return logged_in(author)


@pytest.fixture
def draft(author: User) -> Practice:
    city = author.memberships.get().city
    return make_practice(city=city, created_by=author, status=Status.DRAFT)


def save(client: Client, practice: Practice, section: str, data: dict[str, Any]) -> Any:
    address = f"/praxis/{practice.pk}/bearbeiten/{section}/"
    return client.post(address, {"version": practice.version, **data})


@pytest.fixture
def topic() -> Topic:
    return make_topic("Stadtgrün")


def errors_of(response: Any) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


def test_topic_that_was_deleted_meanwhile_is_said(client: Client, draft: Practice) -> None:
    gone = make_topic()
    key = str(gone.pk)
    gone.delete()
    message = ["Dieses Thema gibt es nicht mehr. Bitte wählen Sie ein anderes."]
    response = client.post(NEW, complete_form(gone, primary_topic=key, do="draft"))
    assert errors_of(response) == {"primary_topic": message}
    assert errors_of(save(client, draft, "einordnung", {"further_topics": [key]})) == {
        "further_topics": message
    }


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"title": "x" * 121}, "title", "120"),
        ({"title": "a\x00b"}, "title", "Null"),
        ({"summary": "x" * 281}, "summary", "280"),
        ({"kind": "gedicht"}, "kind", "Möglichkeiten"),
        ({"phase": ""}, "phase", ""),
        ({"visibility": "geheim"}, "visibility", "Möglichkeiten"),
        ({"primary_topic": "999999999999999999999"}, "primary_topic", "gibt es nicht mehr"),
        ({"contact_email": "keine-adresse"}, "contact_email", "E-Mail"),
        ({"contact_name": ""}, "contact_name", "wer dort zu erreichen ist"),
        ({"contact_phone": "1" * 41}, "contact_phone", "40"),
        ({"contact_phone": "nachmittags 0651 1"}, "contact_phone", "Telefonnummer"),
        ({"contact_phone": "- 12 -"}, "contact_phone", "Telefonnummer"),
        ({"solution": "<p>" + "x" * 20_001 + "</p>"}, "solution", "20001"),
    ],
)
def test_bad_input_gets_a_message_at_its_field(
    client: Client, topic: Topic, changes: dict[str, Any], field: str, message: str
) -> None:
    response = client.post(NEW, complete_form(topic, do="draft") | changes)
    assert response.status_code == 422
    assert set(errors_of(response)) == {field}
    assert message in errors_of(response)[field][0]
    assert "Früher mit den Gärtnern sprechen." in response.content.decode()
    assert not Practice.objects.exists()


@pytest.mark.parametrize(
    ("section", "changes", "field", "message"),
    [
        ("einordnung", {"further_topics": ["x"]}, "further_topics", "gibt es nicht mehr"),
        ("einordnung", {"starts": "2024-13"}, "starts", "Jahr oder einen Monat"),
        ("einordnung", {"starts": "31.02.2024"}, "starts", "Tag gibt es nicht"),
        ("einordnung", {"starts": "2023-02-29"}, "starts", "Tag gibt es nicht"),
        ("einordnung", {"ends": "gestern"}, "ends", "Jahr oder einen Monat"),
        ("einordnung", {"starts": "03/2024", "ends": "2/2024"}, "ends", "nicht vor dem Beginn"),
        ("vertrauen", {"source_url": "javascript:alert(1)"}, "source_url", "gültige Adresse"),
        ("vertrauen", {"source_url": "https://example.org/" + "x" * 500}, "source_url", "500"),
        ("vertrauen", {"deputy_phone": "06341 1"}, "deputy_name", "wer dort zu erreichen ist"),
        ("vertrauen", {"deputy_name": "Hauptamt", "deputy_phone": "<115>"}, "deputy_phone", "Telefonnummer"),
        ("einordnung", {"keywords": ", ".join(f"wort{n}" for n in range(13))}, "keywords", "12"),
        ("einordnung", {"keywords": "x" * 61}, "keywords", "60"),
        ("geschichte", {"legal": "x" * 200_000}, "legal", "zu lang"),
    ],
)
def test_bad_input_in_a_section_gets_a_message_at_its_field(
    client: Client, draft: Practice, section: str, changes: dict[str, Any], field: str, message: str
) -> None:
    response = save(client, draft, section, changes)
    assert response.status_code == 422
    assert set(errors_of(response)) == {field}
    assert message in errors_of(response)[field][0]
    draft.refresh_from_db()
    assert draft.version == 1


def test_year_and_month_are_compared_as_far_as_known(client: Client, draft: Practice) -> None:
    save(client, draft, "einordnung", {"starts": "März 2022", "ends": "2022"})
    draft.refresh_from_db()
    assert (draft.starts, draft.ends) == ("2022-03", "2022")


def test_too_many_further_topics_are_refused(client: Client, draft: Practice) -> None:
    topics = [str(make_topic().pk) for _n in range(6)]
    response = save(client, draft, "einordnung", {"further_topics": topics})
    assert set(errors_of(response)) == {"further_topics"}


@pytest.mark.parametrize("typed", ["29.02.2024", "29. 2.2024", "2024-02-29"])
def test_a_day_that_exists_keeps_its_month(client: Client, draft: Practice, typed: str) -> None:
    save(client, draft, "einordnung", {"starts": typed})
    draft.refresh_from_db()
    assert draft.starts == "2024-02"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("+49 (0) 6341 13-0", "+49 (0) 6341 13-0"),
        ("06341/130 ", "06341/130"),
        ("06341\u00a013–0", "06341 13-0"),
    ],
)
def test_numbers_are_kept_as_people_write_them(client: Client, topic: Topic, typed: str, stored: str) -> None:
    client.post(NEW, complete_form(topic, contact_phone=typed, do="draft"))
    assert Practice.objects.get().contact_phone == stored
