"""Coordinators and operators need a second factor; without it they see what visitors see."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from accounts.sealing import unseal
from practices.enums import Visibility
from tests.factories import PASSWORD, give_second_factor, make_coordinator, make_practice, make_user

pytestmark = pytest.mark.django_db


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("right", ["is_coordinator", "is_staff"])
def test_without_one_only_the_set_up_opens(right: str) -> None:
    person = make_user()
    User.objects.update(**{right: True})
    person.refresh_from_db()
    client = client_of(person)
    for path in ("/konto/", "/mein/", "/admin/", "/koordination/personen/", "/konto/sitzungen/"):
        assert client.get(path)["Location"] == "/konto/zweiter-faktor/", path
    for path in ("/konto/zweiter-faktor/", "/konto/willkommen/", "/konto/abmelden/"):
        assert client.get(path).status_code == 200, path
    assert client.post("/konto/abmelden/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_public_pages_show_no_more_than_to_visitors() -> None:
    practice = make_practice(title="Nur im Netzwerk lesbar", visibility=Visibility.NETWORK)
    client = client_of(make_user(is_coordinator=True))
    assert practice.title not in client.get("/praxis/").content.decode()
    assert client.get(practice.get_absolute_url()).status_code in {302, 404}


def test_with_one_everything_opens_and_it_is_asked_once(django_assert_num_queries) -> None:
    client = client_of(make_coordinator())
    assert client.get("/konto/").status_code == 200
    assert client.session["has_second_factor"]
    with django_assert_num_queries(2):
        client.get("/konto/")


def test_members_may_do_without() -> None:
    assert client_of(make_user("author")).get("/konto/").status_code == 200


def test_the_demo_can_let_coordinators_do_without(settings) -> None:
    settings.COORDINATORS_NEED_SECOND_FACTOR = False
    assert client_of(make_user(is_coordinator=True)).get("/konto/").status_code == 200


def test_a_coordinator_sets_up_an_app_and_goes_on() -> None:
    cache.clear()
    person = make_user(is_coordinator=True, password=PASSWORD)
    client = Client()
    client.post("/konto/anmelden/", {"login": person.email, "password": PASSWORD})
    asked = client.get("/konto/zweiter-faktor/app/")
    assert asked["Location"].startswith("/konto/bestaetigen/passwort/")
    assert client.get(asked["Location"]).status_code == 200
    assert client.post(asked["Location"], {"password": PASSWORD})["Location"] == "/konto/zweiter-faktor/app/"
    page = client.get("/konto/zweiter-faktor/app/")
    assert "data:image/svg+xml;base64," in page.content.decode()
    secret = page.context["form"].secret
    wrong = client.post("/konto/zweiter-faktor/app/", {"code": "000000"})
    assert "Der Code stimmt nicht" in wrong.content.decode()
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    done = client.post("/konto/zweiter-faktor/app/", {"code": code})
    assert done["Location"] == "/konto/zweiter-faktor/ersatzcodes/"
    codes = client.get(done["Location"]).context["unused_codes"]
    assert len(codes) == 10
    assert codes[0] in client.get("/konto/zweiter-faktor/ersatzcodes/datei/").content.decode()
    assert client.get("/konto/").status_code == 200
    for path in ("/konto/zweiter-faktor/", "/konto/zweiter-faktor/ersatzcodes/neu/", "/konto/passkeys/"):
        assert client.get(path).status_code == 200, path


def reauthenticated(person: User) -> Client:
    cache.clear()
    client = Client()
    client.force_login(person)
    client.post("/konto/bestaetigen/passwort/", {"password": PASSWORD})
    return client


def test_the_last_one_of_a_coordinator_stays() -> None:
    person = make_coordinator(password=PASSWORD)
    client = reauthenticated(person)
    kept = client.post("/konto/zweiter-faktor/app/entfernen/")
    assert "Richten Sie zuerst einen anderen ein" in kept.content.decode()
    assert Authenticator.objects.filter(user=person).exists()


def test_the_last_passkey_of_a_coordinator_stays() -> None:
    person = make_user(is_coordinator=True, password=PASSWORD)
    passkey = Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "P"})
    client = reauthenticated(person)
    assert client.post(f"/konto/passkeys/{passkey.pk}/entfernen/")["Location"] == "/konto/passkeys/"
    assert Authenticator.objects.filter(pk=passkey.pk).exists()


def test_a_member_may_remove_it() -> None:
    person = make_user(password=PASSWORD)
    give_second_factor(person)
    client = reauthenticated(person)
    assert client.get("/konto/zweiter-faktor/app/entfernen/").status_code == 200
    assert client.post("/konto/zweiter-faktor/app/entfernen/").status_code == 302
    assert not Authenticator.objects.filter(user=person).exists()


def test_nobody_touches_anothers_passkey() -> None:
    passkey = Authenticator.objects.create(
        user=make_user(), type=Authenticator.Type.WEBAUTHN, data={"name": "P"}
    )
    client = reauthenticated(make_user(password=PASSWORD))
    for what in ("entfernen", "umbenennen"):
        assert client.post(f"/konto/passkeys/{passkey.pk}/{what}/", {"name": "x"}).status_code == 404


def test_passkey_pages_open_and_refuse_nonsense() -> None:
    person = make_user(password=PASSWORD)
    client = reauthenticated(person)
    assert "publicKey" in client.get("/konto/passkeys/neu/").content.decode()
    for credential in ("", "kein json", "{}", "[]", '{"id": 1}', "\x00"):
        answer = client.post("/konto/passkeys/neu/", {"name": "x", "credential": credential})
        assert answer.status_code == 200, credential
    visitor = Client()
    options = visitor.get("/konto/anmelden/passkey/", headers={"Accept": "application/json"})
    assert options.json()["request_options"]["publicKey"]["userVerification"] == "required"
    for credential in ("", "kein json", "{}", '{"id": 1}'):
        assert visitor.post("/konto/anmelden/passkey/", {"credential": credential}).status_code == 302


def test_the_secret_is_sealed_in_the_database(settings) -> None:
    person = make_user()
    stored = TOTP.activate(person, generate_totp_secret()).instance.data["secret"]
    assert len(unseal(stored)) == 32
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "x" * 50
    assert unseal(stored) == unseal(stored), "an exchanged key still opens"
    settings.SECRET_KEY_FALLBACKS = []
    assert unseal(stored) != unseal(stored), "without it no code ever fits, and nothing breaks"
