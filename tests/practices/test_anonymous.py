"""„Anonym im Netzwerk“: city, people, files, sources and history are nowhere, whoever asks."""

import uuid
from collections.abc import Iterator

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from accounts.models import User
from cities.models import City
from notifications.models import OutgoingMail
from practices import actions
from practices.confirming.rounds import ask_next
from practices.contacting import actions as contacting
from practices.enums import RelationKind, Status, Verdict, Visibility
from practices.files.actions import attach
from practices.models import ContactRequest, Figure, Practice
from practices.relations.actions import relate
from practices.reviews.actions import Opinion, give
from search.models import Entry
from tests.factories import (
    logged_in,
    make_city,
    make_coordinator,
    make_leadership,
    make_practice,
    make_topic,
    make_user,
)
from tests.support.pictures import PICTURE
from topics.models import Topic

pytestmark = pytest.mark.django_db
TITLE = "Sensoren messen Bodenfeuchte"
# The city has a page of its own, so its name is looked for where the write-up is, its people everywhere.
PEOPLE = ["Vera Verräterin", "vera@geheim.example", "Geheimamt", "amt@geheim.example", "0631 999"]
TRACES = ["geheimer-anzeiger", "Geheimer Anzeiger", "Geheimquelle", "geheimfoto", "Mitwisserstadt"]


@pytest.fixture
def city() -> City:
    return make_city("Geheimstadt", slug="geheimstadt")


@pytest.fixture
def topic() -> Topic:
    return make_topic("Bäume", slug="baeume")


@pytest.fixture
def practice(city: City, topic: Topic) -> Practice:
    """An anonymous write-up that went through its whole life, with everything that could tell its city."""
    author = make_user("manager", city=city, name="Vera Verräterin", email="vera@geheim.example")
    practice = make_practice(
        TITLE,
        city=city,
        topics=[topic],
        status=Status.DRAFT,
        visibility=Visibility.ANONYMOUS,
        contact_name="Geheimamt",
        contact_email="amt@geheim.example",
        contact_phone="0631 999",
        deputy_user=author,
        deputy_email=author.email,
        source_url="https://geheimer-anzeiger.example/",
        source_name="Geheimer Anzeiger",
        created_by=author,
        updated_by=author,
    )
    practice.partner_cities.add(make_city("Mitwisserstadt", slug="mitwisserstadt"))
    Figure.objects.create(
        practice=practice, kind="cost_once", amount=600, basis="measured", source="Geheimquelle"
    )
    attach(
        practice=practice, upload=ContentFile(PICTURE, name="geheimfoto.png"), by=author, alt_text="Ein Baum"
    )
    actions.submit(practice=practice, by=author)
    practice = actions.publish(practice=practice, by=make_coordinator())
    relate(
        practice=practice,
        to=make_practice("Anderer Beitrag", city=make_city()),
        kind=RelationKind.RELATED,
        by=author,
    )
    actions.confirm(practice=practice, by=author)
    return practice


@pytest.fixture
def readers(practice: Practice, topic: Topic) -> list[User | None]:
    """Everybody who must not learn it: a visitor, a neighbour, a topic leader, people of the partner city."""
    leading, partner = make_city("Trier"), City.objects.get(slug="mitwisserstadt")
    make_leadership(city=leading, topic=topic)
    reviewer = make_user("author", city=leading, email="prueft@example.org")
    give(practice=practice, opinion=Opinion(Verdict.CONVINCES, convinced="Gut."), by=reviewer)
    contacting.ask(practice=practice, text="Wie geht das?", by=reviewer, key=uuid.uuid4())
    question = ContactRequest.objects.get()
    contacting.pass_on(request=question, by=make_coordinator())
    contacting.answer(request=question, text="So geht das.", by=make_coordinator())
    return [
        None,
        make_user("manager"),
        reviewer,
        make_user("manager", city=partner),
        make_user(is_staff=True),
    ]


def pages_about(practice: Practice) -> Iterator[str]:
    """Pages on which the write-up may stand, for those who may read it."""
    yield practice.get_absolute_url()
    yield from (
        "/",
        "/mein/",
        "/praxis/",
        "/praxis/?q=Bodenfeuchte",
        "/praxis/?thema=baeume",
        "/themen/baeume/",
    )
    yield from (f"/praxis/{practice.pk}/meinung/", f"/praxis/{practice.pk}/fragen/")
    other = practice.relations.get().target
    yield other.get_absolute_url()


def closed_pages(practice: Practice) -> Iterator[str]:
    for part in ("bearbeiten/", "verlauf/", "zurueckgeben/", "archivieren/", "wieder-oeffnen/"):
        yield f"/praxis/{practice.pk}/{part}"


def text(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def main_part(page: str) -> str:
    """Without cities' lists and maps, in which every city of the network stands."""
    before, _begin, rest = page.partition('aria-labelledby="staedte"')
    return before + rest.partition("</section>")[2]


def test_nobody_else_finds_a_trace_on_any_page(practice: Practice, readers: list[User | None]) -> None:
    seen = 0
    for reader in readers:
        client = logged_in(reader)
        for address in pages_about(practice):
            page = text(client, address)
            seen += TITLE in page
            for secret in [*PEOPLE, *TRACES[:-1]]:
                assert secret not in page, f"{reader} reads {secret} at {address}"
            if TITLE in page and address != "/":
                assert "Geheimstadt" not in main_part(page), f"{reader} at {address}"
                # The panel that holds it against the reader's own city names that city, and says so.
                own = (
                    main_part(page)
                    .replace("Passt das zu Mitwisserstadt?", "")
                    .replace("?stadt=mitwisserstadt", "")
                )
                assert "Mitwisserstadt" not in own or address == "/mein/", f"{reader} at {address}"
        for address in closed_pages(practice):
            assert client.get(address).status_code in {302, 403, 404}
    assert seen >= 12, "members read the write-up itself"


def test_its_city_neither_finds_nor_counts_it(
    practice: Practice, readers: list[User | None], city: City
) -> None:
    assert Entry.objects.get(object_id=practice.pk).city_id is None
    for reader in readers:
        client = logged_in(reader)
        assert client.get("/praxis/?stadt=geheimstadt").context["page"].total == 0
        for address in (
            "/praxis/?stadt=geheimstadt",
            "/praxis/?stadt=mitwisserstadt",
            '/praxis/?q="Geheimstadt"',
            '/praxis/?q="Mitwisserstadt"',
            '/suche/?q="Geheimstadt"',
        ):
            shown = text(client, address)
            assert TITLE not in shown, address
        for place in (city, City.objects.get(slug="mitwisserstadt")):
            assert TITLE not in text(client, place.get_absolute_url())


def test_its_own_city_and_the_coordination_see_all(practice: Practice, city: City) -> None:
    for reader in (make_user("author", city=city), make_coordinator()):
        page = text(logged_in(reader), practice.get_absolute_url())
        for secret in ("Geheimamt", "Geheimstadt", "Geheimer Anzeiger", "Mitwisserstadt"):
            assert secret in page


def test_mails_to_others_name_nothing(practice: Practice, readers: list[User | None]) -> None:
    Practice.objects.filter(pk=practice.pk).update(next_check_on="2020-01-01")
    for _level in range(3):
        ask_next(practice_id=practice.pk)
    mails = list(OutgoingMail.objects.all())
    inside = {"vera@geheim.example", "amt@geheim.example", "koordination@example.org"}
    assert {mail.to for mail in mails} > {"amt@geheim.example", "koordination@example.org"}
    outside = [mail for mail in mails if mail.to not in inside]
    assert outside, "the asker gets an answer"
    for mail in outside:
        for secret in [*PEOPLE, *TRACES, "Geheimstadt"]:
            assert secret not in f"{mail.subject}{mail.text}{mail.html}{mail.reply_to}"
