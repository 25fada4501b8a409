"""What people mistype in the editor: a message at the field, and everything else stays."""

from typing import Any

import pytest
from django.test import Client

from practices.models import Practice
from tests.factories import logged_in, make_topic, make_user
from tests.practices.write_ups import complete_form
from topics.models import Topic

pytestmark = pytest.mark.django_db

NEW = "/praxis/neu/"


@pytest.fixture
def client() -> Client:
    return logged_in(make_user("author"))


@pytest.fixture
def topic() -> Topic:
    return make_topic("Stadtgrün")


def errors_of(response: Any) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


def test_topic_that_was_deleted_meanwhile_is_said(client: Client, topic: Topic) -> None:
    gone = make_topic()
    key = gone.pk
    gone.delete()
    response = client.post(
        NEW, complete_form(topic, primary_topic=str(key), further_topics=[str(key)], do="draft")
    )
    message = "Dieses Thema gibt es nicht mehr. Bitte wählen Sie ein anderes."
    assert errors_of(response) == {"primary_topic": [message], "further_topics": [message]}


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
        ({"further_topics": ["x"]}, "further_topics", "gibt es nicht mehr"),
        ({"starts": "2024-13"}, "starts", "Jahr oder einen Monat"),
        ({"starts": "31.02.2024"}, "starts", "Tag gibt es nicht"),
        ({"starts": "2023-02-29"}, "starts", "Tag gibt es nicht"),
        ({"ends": "gestern"}, "ends", "Jahr oder einen Monat"),
        ({"starts": "03/2024", "ends": "2/2024"}, "ends", "nicht vor dem Beginn"),
        ({"source_url": "javascript:alert(1)"}, "source_url", "gültige Adresse"),
        ({"source_url": "https://example.org/" + "x" * 500}, "source_url", "500"),
        ({"contact_email": "keine-adresse"}, "contact_email", "E-Mail"),
        ({"contact_name": ""}, "contact_name", "wer dort zu erreichen ist"),
        ({"deputy_phone": "06341 1"}, "deputy_name", "wer dort zu erreichen ist"),
        ({"contact_phone": "1" * 41}, "contact_phone", "40"),
        ({"contact_phone": "nachmittags 0651 1"}, "contact_phone", "Telefonnummer"),
        ({"contact_phone": "- 12 -"}, "contact_phone", "Telefonnummer"),
        ({"deputy_name": "Hauptamt", "deputy_phone": "<115>"}, "deputy_phone", "Telefonnummer"),
        ({"keywords": ", ".join(f"wort{n}" for n in range(13))}, "keywords", "12"),
        ({"keywords": "x" * 61}, "keywords", "60"),
        ({"solution": "<p>" + "x" * 20_001 + "</p>"}, "solution", "20001"),
        ({"legal": "x" * 200_000}, "legal", "zu lang"),
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


def test_year_and_month_are_compared_as_far_as_known(client: Client, topic: Topic) -> None:
    client.post(NEW, complete_form(topic, starts="März 2022", ends="2022", do="draft"))
    practice = Practice.objects.get()
    assert (practice.starts, practice.ends) == ("2022-03", "2022")


def test_too_many_further_topics_are_refused(client: Client, topic: Topic) -> None:
    topics = [str(make_topic().pk) for _n in range(6)]
    response = client.post(NEW, complete_form(topic, further_topics=topics, do="draft"))
    assert set(errors_of(response)) == {"further_topics"}


@pytest.mark.parametrize("typed", ["29.02.2024", "29. 2.2024", "2024-02-29"])
def test_a_day_that_exists_keeps_its_month(client: Client, topic: Topic, typed: str) -> None:
    client.post(NEW, complete_form(topic, starts=typed, do="draft"))
    assert Practice.objects.get().starts == "2024-02"


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
