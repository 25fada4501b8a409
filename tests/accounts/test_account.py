"""The person's own page."""

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from notifications.models import OutgoingMail
from tests.factories import PASSWORD, logged_in, make_coordinator, make_user

pytestmark = pytest.mark.django_db

PAGES = [
    "/konto/",
    "/konto/willkommen/",
    "/konto/e-mail/",
    "/konto/passwort/",
    "/konto/passkeys/",
    "/konto/zweiter-faktor/",
    "/konto/sitzungen/",
    "/konto/abmelden/",
    "/konto/bestaetigen/passwort/",
]


@pytest.mark.parametrize("path", PAGES)
def test_account_pages_need_few_queries(path: str, django_assert_max_num_queries) -> None:
    client = logged_in(make_user(password=PASSWORD))
    client.get("/konto/")
    with django_assert_max_num_queries(8):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", [path for path in PAGES if path != "/konto/abmelden/"])
def test_account_pages_are_for_people_who_are_logged_in(path: str, client: Client) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/konto/anmelden/?next=")


def test_name_office_phone_and_language_are_saved_and_the_language_holds_at_once() -> None:
    person = make_user()
    client = logged_in(person)
    client.post(
        "/konto/", {"name": "  Amt für\nDigitales ", "office": "Stab", "phone": "0631 1", "language": "en"}
    )
    person.refresh_from_db()
    assert (person.name, person.office, person.phone) == ("Amt für Digitales", "Stab", "0631 1")
    assert client.get("/konto/")["Content-Language"] == "en"


@pytest.mark.parametrize(
    "bad",
    [
        {"name": ""},
        {"name": "x" * 121},
        {"name": "a\x00b"},
        {"office": "x" * 161},
        {"phone": "1" * 41},
        {"phone": "12"},
        {"phone": "nach Vereinbarung 123"},
        {"language": "fr"},
    ],
)
def test_bad_input_is_kept_and_explained(bad: dict[str, str]) -> None:
    person = make_user(name="Stelle")
    data = {"name": "Neu", "office": "Amt", "phone": "115", "language": "de"} | bad
    answer = logged_in(person).post("/konto/", data)
    assert answer.status_code == 200
    assert "kern-error" in answer.content.decode()
    assert User.objects.get(pk=person.pk).name == "Stelle"


def test_rights_cannot_be_slipped_in() -> None:
    person = make_user()
    logged_in(person).post(
        "/konto/", {"name": "Neu", "language": "de", "is_coordinator": "on", "email": "x@example.org"}
    )
    person.refresh_from_db()
    assert person.name == "Neu"
    assert not person.is_coordinator
    assert person.email != "x@example.org"


def reauthenticated(person: User) -> Client:
    cache.clear()
    client = logged_in(person)
    client.post("/konto/bestaetigen/passwort/", {"password": PASSWORD})
    return client


def test_a_new_address_holds_once_it_is_confirmed(settings) -> None:
    person = make_user(email="alt@example.org", password=PASSWORD)
    client = reauthenticated(person)
    client.post("/konto/e-mail/", {"email": "Neu@example.org", "action_add": "1"})
    person.refresh_from_db()
    assert person.email == "alt@example.org"
    assert "wartet auf Bestätigung" in client.get("/konto/e-mail/").content.decode()
    mail = OutgoingMail.objects.get(to="neu@example.org")
    link = next(text for text, is_link in mail.paragraphs() if is_link).removeprefix(settings.BASE_URL)
    assert client.get(link).status_code == 200
    client.post(link)
    person.refresh_from_db()
    assert person.email == "neu@example.org"
    assert OutgoingMail.objects.filter(to="alt@example.org", text__contains="neu@example.org").exists()
    assert "gilt nicht mehr" in Client().get(link).content.decode()


def test_anothers_address_is_neither_betrayed_nor_taken(settings) -> None:
    make_user(email="besetzt@example.org")
    person = make_user(email="alt@example.org", password=PASSWORD)
    client = reauthenticated(person)
    answers = [
        client.post("/konto/e-mail/", {"email": email, "action_add": "1"})
        for email in ("frei@example.org", "besetzt@example.org")
    ]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, "/konto/e-mail/")}
    mail = OutgoingMail.objects.get(to="besetzt@example.org")
    link = next(text for text, is_link in mail.paragraphs() if is_link).removeprefix(settings.BASE_URL)
    client.post(link)
    person.refresh_from_db()
    assert person.email == "alt@example.org"


@pytest.mark.parametrize("key", ["kaputt", "Mg:1a2b3c:xyz", "x" * 500])
def test_a_broken_confirmation_link_says_so(client: Client, key: str) -> None:
    for answer in (client.get(f"/konto/e-mail/{key}/"),):
        assert "gilt nicht mehr" in answer.content.decode()
    assert client.post(f"/konto/e-mail/{key}/").status_code == 404


def test_an_operator_makes_an_account_in_the_admin() -> None:
    client = logged_in(make_coordinator(is_staff=True, is_superuser=True))
    assert client.get("/admin/accounts/user/").status_code == 200
    client.post(
        "/admin/accounts/user/add/",
        {
            "email": "Neu@Example.org",
            "name": "Neu",
            "office": "",
            "usable_password": "true",
            "password1": "Ganz-neuer-Zaun-77",
            "password2": "Ganz-neuer-Zaun-77",
        },
    )
    person = User.objects.get(email="neu@example.org")
    assert person.check_password("Ganz-neuer-Zaun-77")
    assert EmailAddress.objects.get(user=person).verified
    assert client.get(f"/admin/accounts/user/{person.pk}/change/").status_code == 200
    assert client.get("/admin/notifications/outgoingmail/").status_code == 200


def test_notices_speak_the_persons_language() -> None:
    person = make_user(password=PASSWORD, language="en")
    reauthenticated(person).post(
        "/konto/passwort/", {"oldpassword": PASSWORD, "password1": "Ganz-neuer-Zaun-77"}
    )
    assert OutgoingMail.objects.filter(to=person.email).exists()
