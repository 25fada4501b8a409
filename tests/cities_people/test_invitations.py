"""An invitation is the only way in: one address, one use, for a while, never betraying anything."""

import re
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as project
from django.test import Client
from django.utils import timezone
from pghistory.models import Events

from accounts.models import User
from cities.enums import NetworkStatus, Role
from cities.models import City, Invitation, Membership
from cities.people import actions
from ikone.log_privacy import hide_secrets
from notifications.models import OutgoingMail
from tests.factories import PASSWORD, logged_in, make_city, make_coordinator, make_user

ANSWER = {"name": "Amt für Digitales", "office": "Stab", "password": PASSWORD}


def invite(
    email: str = "neu@example.org", role: Role = Role.AUTHOR, city: City | None = None, by: User | None = None
) -> Invitation:
    city = city or make_city("Wallerfangen")
    return actions.invite(email=email, city=city, role=role, by=by or make_user("manager", city=city))


def invite_coordinator(email: str = "neu@example.org") -> Invitation:
    return actions.invite(email=email, city=None, role=None, as_coordinator=True, by=make_coordinator())


def path_in_mail(email: str = "neu@example.org") -> str:
    mail = OutgoingMail.objects.filter(to=email).first()
    assert mail
    link = next(text for text, is_link in mail.paragraphs() if is_link)
    assert link.startswith(project.BASE_URL)
    return link.removeprefix(project.BASE_URL)


@pytest.mark.django_db
def test_a_new_person_comes_in(client: Client) -> None:
    invitation = invite("Neu@Example.org")
    page = client.get(path_in_mail()).content.decode()
    assert "Wallerfangen" in page
    assert invitation.invited_by.name in page  # type: ignore[union-attr]
    answer = client.post(path_in_mail(), ANSWER)
    assert answer["Location"] == "/konto/willkommen/"
    person = User.objects.get(email="neu@example.org")
    assert person.check_password(PASSWORD)
    assert (person.name, person.office) == ("Amt für Digitales", "Stab")
    address = EmailAddress.objects.get(user=person)
    assert (address.verified, address.primary) == (True, True)
    assert Membership.objects.get(user=person).role == Role.AUTHOR
    assert client.get("/konto/willkommen/").status_code == 200
    assert client.get("/konto/zweiter-faktor/app/").status_code == 200, "the password was typed a moment ago"


@pytest.mark.django_db
def test_a_new_coordinator_comes_in_and_needs_a_second_factor(client: Client) -> None:
    invite_coordinator()
    client.post(path_in_mail(), ANSWER)
    assert User.objects.get(email="neu@example.org").is_coordinator
    assert "Noch ein Schritt" in client.get("/konto/willkommen/").content.decode()
    assert client.get("/mein/")["Location"] == "/konto/zweiter-faktor/"


@pytest.mark.django_db
def test_only_the_hash_of_the_token_is_kept(client: Client) -> None:
    invitation = invite()
    token = path_in_mail().split("/")[2]
    assert len(token) >= 43
    invitation.refresh_from_db()
    assert invitation.token_hash == sha256(token.encode()).hexdigest()
    client.post(path_in_mail(), ANSWER)
    assert not [event for event in Events.objects.all() if token in str(event.pgh_data)]
    assert not [event for event in Events.objects.all() if token in str(event.pgh_context)]


def test_tokens_are_kept_out_of_logs() -> None:
    token = "7etqLxT2bsEjAeYhUUWTljeV-wCX9M285X0HJXEzQk0"
    for text in (
        f"GET /einladung/{token}/",
        f"Not Found: /einladung/{token}/",
        f"GET /konto/anmelden/?next=%2Feinladung%2F{token}%2F",
        f"GET /konto/passwort/neu/1-{token}/",
        f"GET /konto/e-mail/{token}:1a2b/",
    ):
        assert token not in hide_secrets(None, "", {"event": text, "code": 1})["event"]


@pytest.mark.django_db
def test_the_page_leaks_nothing_to_others(client: Client) -> None:
    invite()
    page = client.get(path_in_mail())
    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" in page["Cache-Control"]
    assert not re.findall(r'(?:src|href)="https?://', page.content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("logged", [False, True])
@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"accepted_at": timezone.now()}, 410),
        ({"revoked_at": timezone.now()}, 410),
        ({"expires_at": timezone.now() - timedelta(seconds=1)}, 410),
        ({"token_hash": "0" * 64}, 404),
    ],
)
def test_what_is_no_longer_open_lets_nobody_in(changes: dict[str, Any], status: int, logged: bool) -> None:
    invitation = invite()
    Invitation.objects.filter(pk=invitation.pk).update(**changes)
    client = logged_in(make_user(email="neu@example.org")) if logged else Client()
    for answer in (client.get(path_in_mail()), client.post(path_in_mail(), ANSWER)):
        assert answer.status_code == status
        text = answer.content.decode()
        main = text[text.index("<main") : text.index("</main>")]
        assert "Einladung" in main
        assert "Wallerfangen" not in main
        assert "neu@example.org" not in main
    assert not Membership.objects.filter(user__email="neu@example.org").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["x", "a" * 5000, "%00", "Ä", "..%2f..", "' OR 1=1"])
def test_tampered_tokens_get_a_clear_page(client: Client, token: str) -> None:
    answer = client.get(f"/einladung/{token}/")
    assert answer.status_code == 404


@pytest.mark.django_db
def test_a_city_that_left_the_network_lets_nobody_in(client: Client) -> None:
    invitation = invite()
    City.objects.filter(invitations=invitation).update(status=NetworkStatus.OUTSIDE)
    assert client.post(path_in_mail(), ANSWER).status_code == 410
    assert not User.objects.filter(email="neu@example.org").exists()


@pytest.mark.django_db
def test_sending_again_kills_the_old_link(client: Client) -> None:
    invitation = invite()
    old = path_in_mail()
    manager = invitation.invited_by
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert isinstance(manager, User)
    logged_in(manager).post(
        f"/staedte/{invitation.city.slug}/personen/einladungen/{invitation.pk}/erneut/"  # type: ignore[union-attr]
    )
    assert path_in_mail() != old
    assert client.get(old).status_code == 404
    assert client.get(path_in_mail()).status_code == 200


@pytest.mark.django_db
def test_a_known_person_logs_in_first_and_comes_back(client: Client) -> None:
    person = make_user(email="neu@example.org", password=PASSWORD)
    invite(role=Role.MANAGER)
    path = path_in_mail()
    page = client.get(path).content.decode()
    assert f"/konto/anmelden/?next={path.replace('/', '%2F')}" in page
    assert 'name="password"' not in page
    client.post(path, ANSWER)
    assert not Membership.objects.filter(user=person).exists(), "a password from a link is not a login"
    back = client.post("/konto/anmelden/", {"login": person.email, "password": PASSWORD, "next": path})
    assert back["Location"] == path
    assert "Einladung annehmen" in client.get(path).content.decode()
    client.post(path)
    assert Membership.objects.get(user=person).role == Role.MANAGER
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


@pytest.mark.django_db
def test_somebody_else_is_told_and_cannot_accept() -> None:
    other = make_user(email="andere@example.org")
    invite()
    client = logged_in(other)
    for answer in (client.get(path_in_mail()), client.post(path_in_mail(), ANSWER)):
        assert "Sie sind als andere@example.org angemeldet" in answer.content.decode()
    assert not Membership.objects.filter(user=other).exists()
    with pytest.raises(actions.NoLongerValidError):
        actions.accept(token=path_in_mail().split("/")[2], by=other)


@pytest.mark.django_db
def test_a_second_invitation_changes_the_role() -> None:
    city = make_city()
    person = make_user("author", city=city, email="neu@example.org")
    manager = make_user("manager", city=city)
    actions.invite(email=person.email, city=city, role=Role.MANAGER, by=manager)
    logged_in(person).post(path_in_mail())
    assert Membership.objects.get(user=person).role == Role.MANAGER


@pytest.mark.django_db
@pytest.mark.parametrize(
    "bad",
    [
        {"name": ""},
        {"name": "x" * 121},
        {"name": "a\x00b"},
        {"office": "x" * 161},
        {"password": ""},
        {"password": "kurz"},
        {"password": "Amt für Digitales"},
        {"password": "neu@example.org"},
        {"password": "x" * 200},
    ],
)
def test_bad_answers_are_explained_and_the_link_stays_good(client: Client, bad: dict[str, str]) -> None:
    invite()
    answer = client.post(path_in_mail(), ANSWER | bad)
    assert answer.status_code == 200
    assert "kern-error" in answer.content.decode()
    assert client.post(path_in_mail(), ANSWER).status_code == 302


@pytest.mark.django_db
def test_the_email_of_the_invitation_cannot_be_changed_by_the_answer(client: Client) -> None:
    invite()
    client.post(
        path_in_mail(), ANSWER | {"email": "chef@example.org", "is_coordinator": "on", "role": "manager"}
    )
    person = User.objects.get(email="neu@example.org")
    assert not person.is_coordinator
    assert Membership.objects.get(user=person).role == Role.AUTHOR


@pytest.mark.django_db
def test_the_mail_speaks_the_language_of_a_known_person_and_escapes_names() -> None:
    make_user(email="neu@example.org", language="en")
    city = make_city("Stadt <b>fett</b>")
    invite(city=city, by=make_user("manager", city=city, name="<script>x</script>\r\nBcc: a@example.org"))
    mail = OutgoingMail.objects.get(to="neu@example.org")
    assert '<html lang="en">' in mail.html
    assert "<script>" not in mail.html
    assert "<b>" not in mail.html
    assert "<b>fett</b>" in mail.text
    assert "\n" not in mail.subject
