"""Answering requests, and pointing to write-ups."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from cities.enums import NetworkStatus
from cities.models import City, Membership
from cities.standing.ties import ties_of
from exchange.actions import AnswerGoneError, change_answer
from exchange.enums import RequestVisibility
from exchange.models import Answer, AnswerPractice, Request
from notifications.models import OutgoingMail
from practices.enums import Status, Visibility
from practices.models import Practice
from tests.exchange.rows import make_answer, make_request
from tests.factories import logged_in, make_city, make_coordinator, make_practice, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return make_city("Trier")


def send(client: Client, request: Request, **sent: Any) -> Any:
    return client.post(f"/gesuche/{request.pk}/antworten/", {"text": "Wir haben so etwas."} | sent)


def test_member_answers_with_a_write_up_and_the_asker_hears_of_it(city: City) -> None:
    asker = make_user("author", city=(asking := make_city("Speyer")), email="asker@speyer.example")
    request = make_request(city=asking, asked_by=asker)
    helpful = make_practice("Unsere Anweisung")
    internal = make_practice("Intern", visibility=Visibility.NETWORK)
    colleague = make_user("leader", city=city, name="Rita Rat")
    assert send(logged_in(colleague), request, linked=[helpful.pk, internal.pk]).status_code == 302
    answer = Answer.objects.get()
    assert (answer.city, answer.author, list(answer.practices.order_by("pk"))) == (
        city,
        colleague,
        [helpful, internal],
    )
    [mail] = OutgoingMail.objects.all()
    assert mail.to == asker.email
    assert "Rita Rat, Trier, hat auf Ihr Gesuch" in mail.text
    assert "Wir haben so etwas." in mail.text
    seen = Client().get(request.get_absolute_url()).content.decode()
    assert "Unsere Anweisung" in seen
    assert "Trier" in seen
    assert "Intern" not in seen
    assert "Rita Rat" not in seen  # visitors learn the city, not the person
    outsider = logged_in(make_user()).get(request.get_absolute_url()).content.decode()
    assert "Rita Rat" not in outsider
    known = logged_in(asker).get(request.get_absolute_url()).content.decode()
    assert "Intern" in known
    assert "Rita Rat" in known


def test_addresses_that_somebody_typed_are_links(city: City) -> None:
    request = make_request(text="Wie <b>https://a.example/x</b>?")
    make_answer(request, text="Siehe https://b.example/y.", city=city)
    page = Client().get(request.get_absolute_url()).content.decode()
    assert '<a href="https://b.example/y" rel="nofollow">' in page
    assert "&lt;b&gt;" in page


def test_who_asked_and_left_is_replaced_by_the_contact(city: City) -> None:
    gone = make_user(email="gone@speyer.example")
    request = make_request(city=city, asked_by=gone, contact_name="Amt", contact_email="amt@trier.example")
    send(logged_in(make_coordinator()), request)
    assert [mail.to for mail in OutgoingMail.objects.all()] == ["amt@trier.example"]
    assert Answer.objects.get().city is None


def test_what_is_answered_to_the_network_is_told_to_nobody_outside_it(city: City, settings: Any) -> None:
    gone = make_user(email="gone@speyer.example")
    told: dict[str, Any] = {"visibility": RequestVisibility.NETWORK, "asked_by": gone, "contact_name": "Amt"}
    own = make_city(contact_email="amt@trier.example")
    left = make_city(status=NetworkStatus.FORMER, contact_email="amt@weg.example")
    requests = [
        make_request(city=own, contact_email=gone.email, contact_user=gone, **told),
        make_request(city=left, contact_email="stelle@weg.example", **told),
        make_request(city=left, contact_email="stelle@weg.example", asked_by=gone, contact_name="Amt"),
    ]
    for request in requests:
        send(logged_in(make_user("author", city=city)), request)
    assert [mail.to for mail in OutgoingMail.objects.order_by("pk")] == [
        "amt@trier.example",
        settings.COORDINATION_EMAIL,
        "stelle@weg.example",  # everybody may read that one
    ]


def test_drafts_and_anonymous_write_ups_cannot_be_pointed_to(city: City) -> None:
    """Who points to an anonymous write-up of the own city would tell whose it is."""
    request, client = make_request(), logged_in(make_user("author", city=city))
    hidden = make_practice("Namenlos", city=city, visibility=Visibility.ANONYMOUS)
    draft = make_practice("Entwurf", city=city, status=Status.DRAFT)
    for practice in (hidden, draft):
        refused = send(client, request, linked=[practice.pk])
        assert refused.status_code == 422
        assert "Wir haben so etwas." in refused.content.decode()
        found = send(client, request, gesucht=practice.title, finden="1")
        assert practice.title not in [row.title for row in found.context["form"].offered]
    assert not Answer.objects.exists()
    shown = make_practice("War einmal öffentlich")
    make_answer(request, shown)
    Practice.objects.filter(pk=shown.pk).update(visibility=Visibility.ANONYMOUS)
    assert "War einmal" not in client.get(request.get_absolute_url()).content.decode()


def test_looking_for_a_write_up_keeps_what_was_typed_and_chosen(city: City) -> None:
    request, client = make_request(), logged_in(make_user("author", city=city))
    wanted, chosen = make_practice("Glasfaser im Dorf"), make_practice("Ganz anders")
    page = send(client, request, text="", gesucht=f"/praxis/{wanted.pk}-x/", linked=[chosen.pk], finden="1")
    assert page.status_code == 200
    assert [row.pk for row in page.context["form"].offered][:2] == [chosen.pk, wanted.pk]
    assert "ist ein Beitrag gefunden" in page.content.decode()
    nothing = send(client, request, text="", gesucht="<b>xyzzy", finden="1").content.decode()
    assert "Zu „&lt;b&gt;xyzzy“ ist nichts gefunden." in nothing
    assert f'value="{chosen.pk}"' in page.content.decode()
    assert not Answer.objects.exists()
    empty = send(client, request, text="", linked=[chosen.pk])
    assert empty.status_code == 422
    assert "text" in empty.context["form"].errors


def test_write_ups_that_fit_are_offered(city: City) -> None:
    for number in range(3):
        make_practice(f"Mängelmelder {number}")
    request = make_request("Wer hat einen Mängelmelder?")
    page = logged_in(make_user("author", city=city)).get(request.get_absolute_url())
    assert {"Mängelmelder 0", "Mängelmelder 2"} <= {row.title for row in page.context["form"].offered}


def test_settled_request_takes_no_answers_and_the_text_is_not_lost(city: City) -> None:
    request = make_request(state="solved")
    client = logged_in(make_user("author", city=city))
    assert client.get(request.get_absolute_url()).context["form"] is None
    late = send(client, request)
    assert late.status_code == 422
    assert "Wir haben so etwas." in late.content.decode()
    assert not Answer.objects.exists()


def test_who_acts_for_several_says_for_whom(city: City) -> None:
    request, both = make_request(), make_coordinator()
    Membership.objects.create(user=both, city=city, role="author")
    assert send(logged_in(both), request).status_code == 422
    for value, expected in ((str(city.pk), city), ("0", None)):
        send(logged_in(both), request, city=value)
        assert Answer.objects.latest("pk").city == expected


def test_answer_is_changed_and_removed_by_its_city_alone(city: City) -> None:
    author = make_user("author", city=city)
    practice = make_practice()
    answer = make_answer(make_request(), practice, city=city, author=author)
    address = f"/gesuche/antworten/{answer.pk}/"
    for outsider in (make_user("manager", city=make_city()), make_user("author", city=city)):
        assert logged_in(outsider).post(address, {"text": "Fremd"}).status_code == 403
        assert logged_in(outsider).post(f"{address}entfernen/").status_code == 403
    changed = {"text": "Genauer", "opened": answer.state}
    assert logged_in(author).post(address, changed).status_code == 302
    answer.refresh_from_db()
    assert (answer.text, answer.links.count()) == ("Genauer", 0)
    logged_in(make_user("manager", city=city)).post(f"{address}entfernen/")
    assert not Answer.objects.exists()


def test_answer_for_the_network_is_not_published_unless_its_author_knows(city: City) -> None:
    request = make_request(visibility=RequestVisibility.NETWORK)
    client = logged_in(make_user("author", city=city))
    page = client.get(request.get_absolute_url())
    assert "Ihre Antwort lesen nur die Städte im Netzwerk." in page.content.decode()
    opened = page.context["form"]["opened"].value()
    Request.objects.update(visibility=RequestVisibility.PUBLIC)
    refused = send(client, request, opened=opened)
    assert refused.status_code == 422
    assert "Inzwischen können alle das Gesuch lesen" in refused.content.decode()
    assert not Answer.objects.exists()
    assert send(client, request, opened=refused.context["form"]["opened"].value()).status_code == 302


def test_link_to_what_is_hidden_now_outlives_a_change_of_the_answer(city: City) -> None:
    author = make_user("author", city=city)
    back_soon, dropped = make_practice("Kommt wieder"), make_practice("Passt nicht")
    answer = make_answer(make_request(), back_soon, dropped, city=city, author=author)
    Practice.objects.filter(pk=back_soon.pk).update(status=Status.ARCHIVED)
    client, address = logged_in(author), f"/gesuche/antworten/{answer.pk}/"
    assert "Kommt wieder" not in client.get(address).content.decode()
    client.post(address, {"text": "Genauer", "opened": answer.state})
    assert list(answer.practices.all()) == [back_soon]


def test_nobody_overwrites_a_colleague_unseen(city: City) -> None:
    answer = make_answer(make_request(), city=city)
    address, manager = f"/gesuche/antworten/{answer.pk}/", logged_in(make_user("manager", city=city))
    page = manager.get(address).content.decode()
    assert f'name="opened" value="{answer.state}"' in page
    first = logged_in(make_user("manager", city=city)).post(
        address, {"text": "Erste", "opened": answer.state}
    )
    assert first.status_code == 302
    refused = manager.post(address, {"text": "Zweite", "opened": answer.state})
    shown = refused.content.decode()
    assert refused.status_code == 422
    assert "Jetzt steht dort: „Erste“" in shown
    assert "Zweite</textarea>" in shown
    answer.refresh_from_db()
    assert answer.text == "Erste"
    assert f'value="{answer.state}"' in shown
    assert manager.post(address, {"text": "Zweite", "opened": answer.state}).status_code == 302
    answer.refresh_from_db()
    assert answer.text == "Zweite"


def test_an_answer_that_was_removed_meanwhile_stays_removed(city: City) -> None:
    answer = make_answer(make_request(), city=city)
    Answer.objects.filter(pk=answer.pk).delete()
    with pytest.raises(AnswerGoneError):
        change_answer(answer=answer, practices=[], opened=answer.state, by=make_user("manager", city=city))
    assert not Answer.objects.exists()


def test_city_that_has_answered_does_not_count_as_never_admitted(city: City) -> None:
    make_answer(make_request(), city=city)
    assert ties_of(city) == ["1 Antwort auf ein Gesuch"]


def test_database_refuses_an_empty_answer_and_the_same_write_up_twice() -> None:
    practice = make_practice()
    answer = make_answer(make_request(), practice)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.update(text="")
    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerPractice.objects.create(answer=answer, practice=practice)
