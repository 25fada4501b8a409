"""Logging in: by e-mail, throttled for everybody together, betraying nobody."""

import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.core.cache.backends.db import DatabaseCache
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from notifications.models import OutgoingMail
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_throttles() -> None:
    cache.clear()


def log_in(client: Client, email: str, password: str = PASSWORD, **extra: str) -> HttpResponse:
    return client.post("/konto/anmelden/", {"login": email, "password": password}, **extra)  # type: ignore[arg-type, return-value]


def without_tokens(response: HttpResponse) -> str:
    text = response.content.decode()
    start, end = text.index("<main"), text.index("</main>")
    return "\n".join(line for line in text[start:end].splitlines() if "csrfmiddlewaretoken" not in line)


def test_a_person_logs_in_by_address_however_it_is_written(client: Client) -> None:
    make_user(email="amt@example.org", password=PASSWORD)
    answer = log_in(client, " AMT@example.org ")
    assert answer.status_code == 302
    assert answer["Location"] == "/mein/"


def test_after_login_one_comes_back_but_never_to_another_site(client: Client) -> None:
    make_user(email="amt@example.org", password=PASSWORD)
    data = {"login": "amt@example.org", "password": PASSWORD}
    assert client.post("/konto/anmelden/", data | {"next": "/konto/"})["Location"] == "/konto/"
    other = Client()
    assert (
        other.post("/konto/anmelden/", data | {"next": "https://fremd.example.com/"})["Location"] == "/mein/"
    )


def test_a_wrong_password_and_an_unknown_address_look_the_same(client: Client) -> None:
    make_user(email="amt@example.org", password=PASSWORD)
    known = without_tokens(log_in(client, "amt@example.org", "falsch-falsch-falsch"))
    unknown = without_tokens(log_in(client, "niemand@example.org", "falsch-falsch-falsch"))
    assert "E-Mail-Adresse oder Passwort stimmen nicht." in known
    assert known.replace("amt@example.org", "niemand@example.org") == unknown


def test_an_unknown_address_costs_as_much_hashing_as_a_known_one(client: Client, settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
    make_user(email="amt@example.org", password=PASSWORD)
    times = {}
    for email in ("amt@example.org", "niemand@example.org"):
        begun = time.process_time()
        log_in(client, email, "falsch-falsch-falsch")
        times[email] = time.process_time() - begun
    assert min(times.values()) > max(times.values()) / 2, times


def test_five_failures_close_the_account_for_every_process() -> None:
    make_user(email="amt@example.org", password=PASSWORD)
    for number in range(5):
        log_in(Client(), "amt@example.org", "falsch-falsch-falsch", REMOTE_ADDR=f"192.0.2.{number}")
    # What the others counted is in the database and not in this process's memory.
    assert isinstance(cache._connections[cache._alias], DatabaseCache)  # type: ignore[attr-defined]
    answer = log_in(Client(), "amt@example.org", PASSWORD, REMOTE_ADDR="192.0.2.99")
    assert answer.status_code == 200
    assert "Zu viele Versuche." in answer.content.decode()


def test_one_network_address_cannot_try_many_accounts() -> None:
    for number in range(10):
        log_in(Client(), f"person{number}@example.org", "falsch-falsch-falsch")
    make_user(email="amt@example.org", password=PASSWORD)
    assert "Zu viele Versuche." in log_in(Client(), "amt@example.org").content.decode()


def test_too_many_posts_get_a_clear_page() -> None:
    for _number in range(30):
        Client().post("/konto/anmelden/", {})
    answer = Client().post("/konto/anmelden/", {})
    assert answer.status_code == 429
    assert "Zu viele Versuche" in answer.content.decode()


def test_reset_says_the_same_for_everybody_and_mails_both(client: Client) -> None:
    make_user(email="amt@example.org", password=PASSWORD)
    answers = {
        email: client.post("/konto/passwort/vergessen/", {"email": email})
        for email in ("amt@example.org", "niemand@example.org")
    }
    assert {answer["Location"] for answer in answers.values()} == {"/konto/passwort/vergessen/gesendet/"}
    mails = {mail.to: mail.text for mail in OutgoingMail.objects.all()}
    assert "/konto/passwort/neu/" in mails["amt@example.org"]
    assert "kein Konto" in mails["niemand@example.org"]


def test_a_reset_link_works_once_and_leaves_the_address_bar(client: Client, settings) -> None:
    person = make_user(email="amt@example.org", password=PASSWORD)
    client.post("/konto/passwort/vergessen/", {"email": person.email}, HTTP_HOST="localhost")
    link = next(text for text, is_link in OutgoingMail.objects.get().paragraphs() if is_link)
    assert link.startswith(settings.BASE_URL), "not from the request's Host"
    path = link.removeprefix(settings.BASE_URL)
    form = client.get(path)
    assert form.status_code == 302
    assert form["Location"].endswith("-set-password/")
    saved = client.post(form["Location"], {"password1": "Ganz-neuer-Zaun-77"})
    assert saved["Location"] == "/konto/passwort/neu/fertig/"
    assert "gilt nicht mehr" in Client().get(path).content.decode()
    assert log_in(Client(), person.email, "Ganz-neuer-Zaun-77").status_code == 302


@pytest.mark.parametrize(
    ("password", "complaint"),
    [
        ("kurz-12", "mindestens 12 Zeichen"),
        ("123456789012345", "nur aus Ziffern|numerisch|Ziffern"),
        ("password12345", "allgemein üblich|zu üblich|häufig|common"),
        ("Stabsstelle-Digitales", "zu ähnlich"),
        ("a-" * 65, "128 Zeichen"),
        ("mit\x00Nullzeichen", "Nullzeichen|Null characters"),
    ],
)
def test_weak_passwords_are_refused_at_the_field(client: Client, password: str, complaint: str) -> None:
    person = make_user(email="amt@example.org", password=PASSWORD, office="Stabsstelle Digitales")
    client.force_login(person)
    answer = client.post("/konto/passwort/", {"oldpassword": PASSWORD, "password1": password})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert any(part in text for part in complaint.split("|"))
    assert User.objects.get(pk=person.pk).check_password(PASSWORD)


@pytest.mark.parametrize("field", ["login", "password"])
@pytest.mark.parametrize("value", ["", "x" * 10_000, "a\x00b", "<b>"])
def test_bad_input_is_answered_by_the_form(client: Client, field: str, value: str) -> None:
    answer = client.post("/konto/anmelden/", {"login": "a@example.org", "password": "b"} | {field: value})
    assert answer.status_code == 200


def test_a_stilled_account_does_not_get_in(client: Client) -> None:
    make_user(email="amt@example.org", password=PASSWORD, is_active=False)
    assert log_in(client, "amt@example.org")["Location"] == "/konto/anmelden/stillgelegt/"
    assert client.get("/konto/anmelden/stillgelegt/").status_code == 200
    assert "_auth_user_id" not in client.session


def test_with_an_app_the_password_alone_does_not_let_in(client: Client) -> None:
    person = make_user(email="amt@example.org", password=PASSWORD)
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    assert log_in(client, person.email)["Location"] == "/konto/anmelden/zweiter-faktor/"
    assert client.get("/konto/").status_code == 302
    assert (
        "Der Code stimmt nicht"
        in client.post("/konto/anmelden/zweiter-faktor/", {"code": "000000"}).content.decode()
    )
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    assert client.post("/konto/anmelden/zweiter-faktor/", {"code": code})["Location"] == "/mein/"
    assert client.get("/konto/").status_code == 200


def test_nobody_can_sign_up(client: Client) -> None:
    for method in (client.get, client.post):
        assert method("/konto/signup/").status_code == 404
    assert "auf Einladung" in client.get("/konto/nur-auf-einladung/").content.decode()
    assert client.post("/konto/nur-auf-einladung/", {"email": "a@example.org"}).status_code == 405


def test_the_admin_uses_the_same_door(client: Client) -> None:
    answer = client.get("/admin/login/?next=/admin/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/konto/anmelden/")
