"""Connecting a write-up with another on the pages of the editor."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cities.models import City
from notifications.models import OutgoingMail
from practices.confirming import rounds
from practices.enums import Answer, RelationKind, Status, Visibility
from practices.models import ConfirmationRound, Practice, Relation
from tests.factories import logged_in, make_city, make_practice, make_user
from tests.practices.write_ups import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return make_city("Trier")


@pytest.fixture
def client(city: City) -> Client:
    return logged_in(make_user("manager", city=city))


@pytest.fixture
def practice(city: City) -> Practice:
    return make_practice("Neues Portal", city=city)


def address(practice: Practice, page: str = "beziehungen") -> str:
    return f"/praxis/{practice.pk}/{page}/"


def offered(client: Client, practice: Practice, text: str) -> list[str]:
    page = client.get(address(practice), {"beitrag": text})
    return [candidate.title for candidate in page.context["offered"]]


def test_write_ups_are_found_by_words_number_and_address(
    client: Client, practice: Practice, city: City, settings: Any
) -> None:
    found = published("Mängelmelder im Test")
    draft = make_practice("Mängel im Entwurf", city=city, status=Status.DRAFT)
    published("Ganz anderes")
    assert offered(client, practice, "Mängelmelder") == [found.title]
    assert offered(client, practice, str(found.pk)) == [found.title]
    settings.BASE_URL = "https://ikone.example.org"
    assert offered(client, practice, f"https://ikone.example.org{found.get_absolute_url()}") == [found.title]
    assert offered(client, practice, f"https://evil.example{found.get_absolute_url()}") == []
    assert offered(client, practice, "Mängel im") == [found.title, draft.title]
    assert offered(client, practice, str(practice.pk)) == []
    assert offered(client, practice, "\x00") == []


def test_nothing_hidden_is_offered_or_taken(client: Client, practice: Practice) -> None:
    hidden = make_practice("Fremder Entwurf", status=Status.DRAFT)
    secret = published("Anonymer Fehlschlag", city=make_city("Geheimstadt"), visibility=Visibility.ANONYMOUS)
    assert offered(client, practice, "Fremder Entwurf") == []
    assert offered(client, practice, str(hidden.pk)) == []
    response = client.post(address(practice), {"kind": "related", "target": hidden.pk, "beitrag": "Entwurf"})
    assert response.status_code == 422
    page = client.get(address(practice), {"beitrag": str(secret.pk)}).content.decode()
    assert "Anonymer Fehlschlag" in page
    assert "Geheimstadt" not in page
    assert not Relation.objects.exists()


def test_relation_is_added_and_taken_away(client: Client, practice: Practice) -> None:
    other = published("Mängelmelder")
    data = {"kind": "builds_on", "target": other.pk, "beitrag": "Mängelmelder"}
    page = client.post(address(practice), data, follow=True).content.decode()
    assert "Die Beziehung zu „Mängelmelder“ ist gespeichert." in page
    assert "Baut auf" in page
    relation = practice.relations.get()
    assert "Darauf baut auf" in client.get(other.get_absolute_url()).content.decode()
    client.post(address(practice), {"remove": relation.pk})
    assert not Relation.objects.exists()


def test_what_cannot_be_is_said_at_the_choice(client: Client, practice: Practice) -> None:
    other = published("Mängelmelder")
    Relation.objects.create(source=other, target=practice, kind="builds_on")
    for data, said in (
        ({"kind": "builds_on", "target": other.pk}, "Das gäbe einen Kreis"),
        ({"kind": "builds_on"}, "Bitte wählen Sie einen Beitrag."),
        ({"target": other.pk}, "Bitte wählen Sie, wie die Beiträge zusammenhängen."),
        ({"kind": "x", "target": "x"}, "Diesen Beitrag gibt es nicht."),
    ):
        response = client.post(address(practice), data | {"beitrag": "Mängelmelder"})
        assert response.status_code == 422
        page = response.content.decode()
        assert said in page
        assert 'value="Mängelmelder"' in page


def test_only_own_relations_are_taken_away(client: Client, practice: Practice) -> None:
    foreign = Relation.objects.create(source=make_practice(), target=practice, kind="related")
    for key in (str(foreign.pk), "", "x", "9" * 30):
        assert client.post(address(practice), {"remove": key}).status_code == 404
    assert Relation.objects.get() == foreign


def test_contact_may_say_what_replaces_a_write_up(practice: Practice) -> None:
    contact: User = make_user("author")
    Practice.objects.filter(pk=practice.pk).update(contact_user=contact)
    new = published("Noch neueres Portal")
    client = logged_in(contact)
    assert client.get(address(practice)).status_code == 403
    page = client.get(address(practice, "ersetzen"), {"beitrag": "neueres"}).content.decode()
    assert "Noch neueres Portal" in page
    response = client.post(
        address(practice, "ersetzen"), {"target": new.pk, "beitrag": "neueres"}, follow=True
    )
    assert "Statt dieses Beitrags gilt heute" in response.content.decode()
    assert practice.relations.get().kind == RelationKind.REPLACED_BY
    other = logged_in(make_user("author"))
    assert other.post(address(practice, "ersetzen"), {"target": new.pk}).status_code == 403


def test_replaced_write_up_is_not_asked_about_any_more(city: City) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    old = published("Altes Portal", city=city, next_check_on=yesterday)
    assert list(Practice.objects.due()) == [old]
    assert rounds.ask_next(practice_id=old.pk)
    assert f"/praxis/{old.pk}/ersetzen/" not in OutgoingMail.objects.get().text  # nobody can log in there
    manager = logged_in(make_user("manager", city=city))
    assert "Stimmt das noch?" in manager.get(old.get_absolute_url()).content.decode()
    manager.post(address(old, "ersetzen"), {"target": published("Neues Portal").pk})
    assert ConfirmationRound.objects.get().answer == Answer.REPLACED
    assert not Practice.objects.due().exists()
    assert "Stimmt das noch?" not in manager.get(old.get_absolute_url()).content.decode()


def test_question_leads_its_contact_to_what_replaces_it(city: City) -> None:
    contact = make_user("author", city=city)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    old = published(city=city, next_check_on=yesterday, contact_user=contact, contact_email=contact.email)
    rounds.ask_next(practice_id=old.pk)
    text = OutgoingMail.objects.get().text
    assert f"/praxis/{old.pk}/ersetzen/" in text
    page = re.search(r"/praxis/aktuell/\S+", text)
    assert page
    assert f'href="/praxis/{old.pk}/ersetzen/"' in logged_in(contact).get(page[0]).content.decode()
