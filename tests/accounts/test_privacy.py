"""Data protection: taking one's data along, and leaving without a trace of the name."""

import json
import uuid
from typing import Any

import pytest
from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY as AUTHENTICATION_METHODS_USER_SESSION_KEY,
)
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.privacy import actions
from cities.models import City, Invitation
from notifications.actions import send_mail
from notifications.models import OutgoingMail
from practices import actions as practices
from practices.contacting.actions import ask
from practices.editing.copies import keep
from practices.enums import Verdict
from practices.models import ImportedDocument, Practice, Presence, Review, WorkingCopy
from practices.reviews.actions import Opinion, give
from tests.factories import (
    PASSWORD,
    logged_in,
    make_city,
    make_coordinator,
    make_leadership,
    make_practice,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db
NAME, EMAIL, PHONE = "Vera Verschwindibus", "vera@verschwindibus.example", "0631 4711081"


@pytest.fixture
def city() -> City:
    return make_city("Landau in der Pfalz")


@pytest.fixture
def person(city: City) -> User:
    return make_user("author", city=city, name=NAME, email=EMAIL, phone=PHONE, password=PASSWORD)


@pytest.fixture
def traces(person: User, city: City) -> Practice:
    """Wherever the portal can hold a person: contacts, steps, opinions, questions, mails, invitations."""
    contact: dict[str, Any] = {
        "contact_user": person,
        "contact_name": NAME,
        "contact_email": EMAIL,
        "contact_phone": PHONE,
    }
    deputy: dict[str, Any] = {
        "deputy_user": person,
        "deputy_name": NAME,
        "deputy_email": EMAIL.upper(),
        "deputy_phone": PHONE,
    }
    practice = make_practice("Bleibt stehen", city=city, created_by=person, updated_by=person, **contact)
    practice.title = "Bleibt wirklich stehen"
    practices.save(practice=practice, by=person, fields=["title"])
    make_practice("Vertreten", city=city, **deputy)
    make_practice("Amt", city=city, contact_name="Amt 1", contact_email=EMAIL, contact_phone="06341 13-0")
    make_leadership(city=city, **contact, **deputy)
    City.objects.filter(pk=city.pk).update(**contact)
    topic = make_topic()
    make_leadership(city=city, topic=topic)
    other = make_practice(topics=[topic])
    give(practice=other, opinion=Opinion(Verdict.CONVINCES, convinced="Gut."), by=person)
    ask(practice=other, text="Wie?", by=person, key=uuid.uuid4())
    Invitation.objects.create(
        email=EMAIL, city=city, role="author", token_hash="x", expires_at=timezone.now(), invited_by=person
    )
    send_mail(to=EMAIL, subject="Hallo", template="practice_answer", context=mail_context(practice))
    practices.confirm(practice=practice, by=person)
    now = timezone.now()
    WorkingCopy.objects.create(
        author=person, practice=practice, section="profil", values={"contact_name": [NAME]}, saved_at=now
    )
    Presence.objects.create(user=person, practice=practice, since=now, seen_at=now)
    person.name = f"{NAME}-Schmidt"
    person.save()
    person.name = NAME
    person.save()
    return practice


def mail_context(practice: Practice) -> dict[str, Any]:
    return {"practice": practice, "person": NAME, "answer": "", "text": "", "url": ""}


def everything() -> str:
    """All rows of all tables as text."""
    texts = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.managed and not model._meta.proxy:
                cursor.execute(f'SELECT t::text FROM "{model._meta.db_table}" t')  # noqa: S608
                texts += [row[0] for row in cursor.fetchall()]
    return "\n".join(texts)


def fresh(user: User) -> Client:
    """Logged in, with the password typed a moment ago."""
    client = logged_in(user)
    client.get("/mein/")
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": timezone.now().timestamp(), "reauthenticated": True}
    ]
    session[AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()
    return client


def test_no_table_names_a_person_who_left(person: User, traces: Practice) -> None:
    for secret in (NAME, EMAIL, PHONE):
        assert secret in everything(), "the test would prove nothing"
    actions.erase(person=person, by=person)
    left = everything().lower()
    for secret in (NAME, "Verschwindibus", EMAIL, PHONE):
        assert secret.lower() not in left


def test_mails_lose_the_name_and_no_part_of_other_words(city: City) -> None:
    person = make_user("author", city=city, name="Rosa O'Neil")
    mail = OutgoingMail.objects.create(
        to="amt@example.org",
        subject="Frage von Rosa O'Neil",
        text="Rosa O'Neil kennt Rosa O'Neilson.",
        html="<p>Rosa O&#x27;Neil kennt Rosa O&#x27;Neilson.</p>",
    )
    actions.erase(person=person, by=person)
    mail.refresh_from_db()
    assert mail.subject == "Frage von ehemaliges Mitglied"
    assert mail.text == "ehemaliges Mitglied kennt Rosa O'Neilson."
    assert mail.html == "<p>ehemaliges Mitglied kennt Rosa O&#x27;Neilson.</p>"


def test_texts_stay_and_show_a_former_member(person: User, traces: Practice, city: City) -> None:
    manager = logged_in(make_user("manager", city=city))
    actions.erase(person=person, by=person)
    traces.refresh_from_db()
    page = manager.get(traces.get_absolute_url()).content.decode()
    assert "Bleibt wirklich stehen" in page
    history = manager.get(f"/praxis/{traces.pk}/verlauf/").content.decode()
    assert "ehemaliges Mitglied" in history
    assert (
        "ehemaliges Mitglied"
        in manager.get(Review.objects.get().practice.get_absolute_url()).content.decode()
    )
    assert traces in Practice.objects.orphaned()
    office = Practice.objects.get(title="Amt")
    assert (office.contact_name, office.contact_email, office.contact_phone) == ("Amt 1", "", "06341 13-0")


def test_the_account_opens_nothing_afterwards(person: User) -> None:
    client = logged_in(person)
    actions.erase(person=person, by=person)
    assert client.get("/mein/").status_code == 302
    assert not Client().login(email=EMAIL, password=PASSWORD)
    person.refresh_from_db()
    assert not person.memberships.exists()
    assert not person.has_usable_password()
    actions.erase(person=person, by=person)
    again = make_user(email=EMAIL)
    assert again.pk != person.pk


def test_erased_accounts_stay_closed() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=make_user().pk).update(erased_at=timezone.now())


def test_people_delete_their_own_account_after_a_second_look(person: User) -> None:
    client = fresh(person)
    assert "Konto löschen" in client.get("/konto/daten/").content.decode()
    assert "ehemaliges Mitglied" in client.get("/konto/daten/loeschen/").content.decode()
    person.refresh_from_db()
    assert person.erased_at is None, "looking deletes nothing"
    assert "Ihr Konto ist gelöscht" in client.post("/konto/daten/loeschen/", follow=True).content.decode()
    person.refresh_from_db()
    assert person.erased_at is not None


def test_deleting_and_exporting_ask_for_the_password_first(person: User) -> None:
    client = logged_in(person)
    for address in ("/konto/daten/loeschen/", "/konto/daten/herunterladen/"):
        response = client.get(address)
        assert response.status_code == 302
        assert "/konto/" in response["Location"]
        assert address not in response["Location"].split("?")[0]


def test_the_coordination_deletes_others_and_nobody_else_does(person: User, city: City) -> None:
    address = f"/konto/personen/{person.pk}/loeschen/"
    assert fresh(make_user("manager", city=city)).post(address).status_code == 403
    coordinator = make_coordinator()
    desk = fresh(coordinator)
    assert address in desk.get(f"/staedte/{city.slug}/personen/").content.decode()
    assert NAME in desk.get(address).content.decode()
    desk.post(address)
    person.refresh_from_db()
    assert person.erased_at is not None
    assert desk.get(address).status_code == 404
    own = fresh(coordinator).get(f"/konto/personen/{coordinator.pk}/loeschen/")
    assert own["Location"] == "/konto/daten/loeschen/"


def test_accounts_without_a_city_are_listed_for_the_coordination(person: User) -> None:
    desk = logged_in(make_coordinator())
    address = f"/konto/personen/{person.pk}/loeschen/"
    assert address not in desk.get("/koordination/personen/koordination/").content.decode()
    person.memberships.all().delete()
    assert address in desk.get("/koordination/personen/koordination/").content.decode()
    actions.erase(person=person, by=person)
    assert address not in desk.get("/koordination/personen/koordination/").content.decode()


def test_the_last_coordinator_hands_over_first() -> None:
    coordinator = make_coordinator()
    client = fresh(coordinator)
    assert "keine Koordination mehr" in client.get("/konto/daten/loeschen/").content.decode()
    assert "keine Koordination mehr" in client.post("/konto/daten/loeschen/", follow=True).content.decode()
    with pytest.raises(actions.NotYetError):
        actions.erase(person=coordinator, by=coordinator)
    make_coordinator()
    actions.erase(person=coordinator, by=coordinator)


def test_the_export_holds_ones_own_and_nothing_of_others(person: User, traces: Practice) -> None:
    make_practice("Fremder Beitrag", created_by=make_user(name="Fremde Person"))
    client = fresh(person)
    with CaptureQueriesContext(connection) as captured:
        response = client.get("/konto/daten/herunterladen/")
    assert len(captured) <= 8, [query["sql"][:100] for query in captured]
    assert response["Content-Disposition"].startswith("attachment")
    text = response.content.decode()
    data = json.loads(text)
    assert data["account"]["account"]["email"] == EMAIL
    assert data["practices"]["written"][0]["title"] == "Bleibt wirklich stehen"
    assert data["practices"]["opinions"][0]["convinced"] == "Gut."
    assert data["cities"]["memberships"][0]["city__name"] == "Landau in der Pfalz"
    assert data["topics"]["answers_for"]
    for secret in ("Fremde Person", "Fremder Beitrag", "pbkdf2", "scrypt", person.password):
        assert secret not in text


def test_what_others_have_not_saved_names_nobody_who_left(person: User, city: City) -> None:
    other = make_user("author", city=city)
    practice = make_practice("Bäume gießen", city=city)
    values = {"contact_name": [NAME], "contact_email": [EMAIL.upper()], "solution": [f"<p>{NAME} half.</p>"]}
    keep(by=other, section="profil", values=values, practice=practice)
    facts = {"contact_name": NAME, "contact_email": EMAIL, "licence": "EUPL-1.2"}
    waits = ImportedDocument.objects.create(name="publiccode.yml", facts=facts, created_by=other)
    own = ImportedDocument.objects.create(name="Eigenes.docx", practice=practice, created_by=person)
    actions.erase(person=person, by=person)
    kept = WorkingCopy.objects.get(author=other).values
    assert (kept["contact_name"], kept["contact_email"]) == ([""], [""])
    assert kept["solution"] == values["solution"], "texts stay, as those of the record do"
    waits.refresh_from_db()
    assert waits.facts == {"licence": "EUPL-1.2"}
    assert not ImportedDocument.objects.filter(pk=own.pk).exists()
