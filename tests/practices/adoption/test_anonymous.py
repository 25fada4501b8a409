"""Who takes over an anonymous write-up betrays its city to nobody, and its city is betrayed by none of it."""

import re
from typing import Any

import pytest
from django.conf import settings

from cities.models import City
from notifications.models import OutgoingMail
from practices.adoption import actions
from practices.models import Adoption, Practice
from tests.desks import tasks_of
from tests.factories import logged_in, make_city, make_coordinator, make_practice, make_user
from tests.practices.adoption.rows import adopt, saved

pytestmark = pytest.mark.django_db
HIDDEN, ADOPTER = "Verborgenstadt", "Nehmstadt"


@pytest.fixture
def hidden() -> City:
    return make_city(HIDDEN, slug="verborgenstadt")


@pytest.fixture
def adoption(hidden: City) -> Adoption:
    practice = make_practice("Stiller Fehler", city=hidden, visibility="anonymous")
    adoption = adopt(practice, city=make_city(ADOPTER, slug="nehmstadt"), confirmed=True)
    saved(adoption, 4_321, source="Bericht an den Rat von Verborgenstadt")
    return adoption


def text_of(response: Any) -> str:
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def test_others_learn_how_many_but_not_who(adoption: Adoption) -> None:
    other = logged_in(make_user("manager"))
    page = text_of(other.get(adoption.subject.get_absolute_url()))
    assert "1 andere Stadt hat es im Einsatz" in page
    assert "bleibt ungenannt" in page
    for address in (
        adoption.subject.get_absolute_url(),
        f"/praxis/{adoption.practice_id}/familie/",
        "/praxis/einsparungen/",
    ):
        page = text_of(other.get(address))
        assert ADOPTER not in page
        assert HIDDEN not in page
    assert "4.321" in text_of(other.get("/praxis/einsparungen/"))
    assert "4.321" not in text_of(logged_in(None).get("/praxis/einsparungen/"))
    assert other.get(adoption.get_absolute_url()).status_code == 404
    response = other.get(f"/praxis/{adoption.practice_id}/uebernahmen/fragen/", follow=True)
    assert ADOPTER not in text_of(response)
    assert "Stiller Fehler" not in text_of(other.get("/staedte/nehmstadt/"))
    assert "übernommen" not in text_of(other.get("/staedte/verborgenstadt/")).replace("Noch nichts", "")


def test_the_adopter_learns_nothing_of_the_city(adoption: Adoption) -> None:
    person = make_user("manager", city=adoption.city)
    client = logged_in(person)
    saved_number = adoption.adoption_figures.get()
    saved_number.source = "Eigene Zählung"
    saved_number.save()
    for address in (
        adoption.get_absolute_url(),
        f"/uebernahmen/{adoption.pk}/bearbeiten/",
        f"/uebernahmen/{adoption.pk}/stand/",
        f"/uebernahmen/{adoption.pk}/zurueckziehen/",
        "/uebernahmen/",
        "/praxis/einsparungen/",
    ):
        page = text_of(client.get(address))
        assert "Stiller Fehler" in page, address
        assert HIDDEN not in page, address
    # The page of a city names others that are comparable; its own adoptions stand in one section.
    shown = (
        text_of(client.get("/staedte/nehmstadt/")).partition("Geben und nehmen")[2].partition("</section>")[0]
    )
    assert "Stiller Fehler" in shown
    assert HIDDEN not in shown
    for mail in OutgoingMail.objects.exclude(to="koordination@example.org"):
        assert HIDDEN not in mail.text + mail.subject


def test_the_city_asks_its_adopters_through_the_coordination(adoption: Adoption, hidden: City) -> None:
    person = make_user("author", city=hidden, name="Erika Verborgen")
    client = logged_in(person)
    address = f"/praxis/{adoption.practice_id}/uebernahmen/fragen/"
    page = client.get(address)
    assert "geht über die Koordination" in text_of(page)
    (key,) = re.findall(r'name="key" value="([^"]+)"', page.content.decode())
    OutgoingMail.objects.all().delete()
    sent = {"key": key, "text": "Was hat es gekostet?", "cities": [adoption.pk]}
    assert "ohne Ihre Stadt zu nennen" in text_of(client.post(address, sent, follow=True))
    mails = {mail.to: mail for mail in OutgoingMail.objects.all()}
    assert set(mails) == {"koordination@example.org", person.email}
    assert ADOPTER in mails["koordination@example.org"].text
    assert mails["koordination@example.org"].reply_to == person.email
    mine = text_of(client.get("/mein/"))
    assert "an die Koordination geschickt, die es den Städten weitergibt" in mine
    assert "an Städte geschickt" not in mine


def test_a_variant_is_related_alone_and_stays_in_the_network(adoption: Adoption) -> None:
    client = logged_in(make_user("author", city=adoption.city))
    client.post(f"/uebernahmen/{adoption.pk}/eigener-beitrag/")
    variant = Practice.objects.get(city=adoption.city)
    assert variant.visibility == "network"
    assert variant.relations.get().kind == "related"
    assert HIDDEN not in text_of(client.get(f"/praxis/{variant.pk}/bearbeiten/"))


def test_the_coordination_brings_both_together(adoption: Adoption, hidden: City) -> None:
    client = logged_in(make_coordinator())
    mails = [mail for mail in OutgoingMail.objects.all() if "zusammenbringen" in mail.subject]
    assert len(mails) == 1
    (task,) = tasks_of(client, "adoptions_to_connect").rows
    assert HIDDEN in task.preline
    assert ADOPTER in task.preline
    ledger = text_of(client.get("/koordination/uebernahmen/?zeigen=anonym"))
    assert HIDDEN in ledger
    address = f"/uebernahmen/{adoption.pk}/verbunden/"
    page = text_of(client.get(address))
    assert HIDDEN in page
    assert ADOPTER in page
    adopters = logged_in(make_user("author", city=adoption.city))
    adoption.adoption_figures.all().delete()  # its source names the city
    OutgoingMail.objects.all().delete()
    Practice.objects.filter(pk=adoption.subject.pk).update(contact_user=None, contact_email="")
    refused = client.post(address)
    assert (refused.status_code, "Ohne ihr Einverständnis" in refused.content.decode()) == (422, True)
    refused = client.post(address, {"agreed": "on"})
    assert (refused.status_code, "nennt niemanden" in refused.content.decode()) == (422, True)
    assert not OutgoingMail.objects.exists()
    assert HIDDEN not in text_of(adopters.get(adoption.get_absolute_url()))
    Practice.objects.filter(pk=adoption.subject.pk).update(
        contact_name="Amt für Stilles", contact_email="stilles@example.org"
    )
    for _twice in range(2):
        client.post(address, {"agreed": "on"})
    sent = {mail.to: mail.text for mail in OutgoingMail.objects.all()}
    assert OutgoingMail.objects.count() == 2
    assert set(sent) == {"stilles@example.org", adoption.contact_email}
    assert ADOPTER in sent["stilles@example.org"]
    assert adoption.contact_email in sent["stilles@example.org"]
    assert HIDDEN in sent[adoption.contact_email]
    assert "Amt für Stilles, stilles@example.org" in sent[adoption.contact_email]
    record = text_of(adopters.get(adoption.get_absolute_url()))
    assert HIDDEN in record
    assert "stilles@example.org" in record
    assert logged_in(make_user("manager")).get(adoption.get_absolute_url()).status_code == 404
    assert adopters.get(address).status_code == 403
    assert not Adoption.objects.to_connect().exists()
    author = logged_in(make_user("author", city=hidden))
    assert ADOPTER in text_of(author.get(adoption.subject.get_absolute_url()))


@pytest.mark.parametrize("gone", ["of another city now", "city left"])
def test_whoever_no_longer_acts_for_the_adopting_city_is_brought_together_with_nobody(gone: str) -> None:
    city = make_city(ADOPTER)
    former, manager = make_user("author", city=city), make_user("manager", city=city)
    practice = make_practice(visibility="anonymous", contact_name="Amt", contact_email="stilles@example.org")
    adoption = adopt(practice, city=city, by=former)
    assert adoption.contact_user == former
    if gone == "city left":
        City.objects.filter(pk=city.pk).update(status="former")
    else:
        former.memberships.update(city=make_city())
    OutgoingMail.objects.all().delete()
    actions.connect(adoption=adoption, by=make_coordinator())
    sent = {mail.to: mail.text for mail in OutgoingMail.objects.all()}
    expected = settings.COORDINATION_EMAIL if gone == "city left" else manager.email
    assert set(sent) == {"stilles@example.org", expected}
    assert former.name not in sent["stilles@example.org"]
    assert former.email not in sent["stilles@example.org"]
    assert expected in sent["stilles@example.org"]


def test_network_write_ups_give_visitors_no_credit_to_read() -> None:
    city = make_city(slug="gebestadt")
    adoption = adopt(make_practice("Netzbeitrag", city=city, visibility="network"), confirmed=True)
    visitor = logged_in(None)
    assert "Von 1 Stadt übernommen" not in text_of(visitor.get("/staedte/gebestadt/"))
    assert "Netzbeitrag" not in text_of(visitor.get(adoption.city.get_absolute_url()))
    assert visitor.get(adoption.get_absolute_url()).status_code == 404
    member = logged_in(make_user("author"))
    assert "Von 1 Stadt übernommen" in text_of(member.get("/staedte/gebestadt/"))


def test_a_write_up_that_is_a_draft_again_is_not_named() -> None:
    practice = make_practice("Geheimer neuer Titel")
    adoption = adopt(practice, confirmed=True)
    Practice.objects.filter(pk=practice.pk).update(status="draft")
    client = logged_in(make_user("manager", city=adoption.city))
    page = text_of(client.get(adoption.get_absolute_url()))
    assert "wird gerade überarbeitet" in page
    assert "Geheimer neuer Titel" not in page
    assert client.post(f"/uebernahmen/{adoption.pk}/eigener-beitrag/", follow=True).status_code == 200
    assert not Practice.objects.filter(city=adoption.city).exists()
    assert logged_in(make_user("manager")).get(adoption.get_absolute_url()).status_code == 404
    moved = actions.confirm(adoption=adoption, by=make_user("leader", city=adoption.city))
    assert moved.confirmed_on


def test_a_variant_is_named_to_those_alone_who_may_read_it_with_its_city() -> None:
    practice = make_practice("Öffentlicher Beitrag")
    adoption = adopt(practice, city=make_city(ADOPTER), confirmed=True)
    variant = make_practice("Was Nehmstadt daraus machte", city=adoption.city)
    Adoption.objects.update(variant=variant)
    people = {
        "visitor": logged_in(None),
        "member": logged_in(make_user("manager")),
        "own": logged_in(make_user("author", city=adoption.city)),
        "coordination": logged_in(make_coordinator()),
    }

    def told() -> set[str]:
        pages = {name: text_of(client.get(adoption.get_absolute_url())) for name, client in people.items()}
        return {name for name, page in pages.items() if variant.title in page}

    assert told() == set(people)
    for state, readers in (
        ({"visibility": "network"}, {"member", "own", "coordination"}),
        ({"visibility": "anonymous"}, {"own", "coordination"}),
        ({"visibility": "public", "status": "in_review"}, {"own", "coordination"}),
        ({"visibility": "public", "status": "draft"}, {"own", "coordination"}),
    ):
        Practice.objects.filter(pk=variant.pk).update(**state)
        assert told() == readers, state
