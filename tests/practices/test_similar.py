"""Whoever writes sees who does the same already, and how to reach them."""

import pytest

from practices.enums import Status, Visibility
from search import vocabulary
from tests.factories import logged_in, make_city, make_leadership, make_practice, make_topic, make_user
from topics import search_entry as topic_entry

pytestmark = pytest.mark.django_db
ADDRESS = "/praxis/aehnliche/?title=Poller+in+der+Fu%C3%9Fg%C3%A4ngerzone&summary=Versenkbare+Poller"


@pytest.fixture(autouse=True)
def things() -> None:
    topic = make_topic("Poller", slug="poller", synonyms=["Zufahrt"])
    topic_entry.refresh(topic)
    make_leadership(topic=topic, city=make_city("Pollerstadt"))
    for number in range(2):
        make_practice(
            f"Poller {number}",
            summary="Versenkbare Poller in der Fußgängerzone.",
            topics=[topic],
            city=make_city(f"Ort {number}"),
            contact_email="amt@example.org",
        )
    make_practice(
        "Poller ohne Namen",
        summary="Versenkbare Poller.",
        city=make_city("Verratstadt"),
        visibility=Visibility.ANONYMOUS,
        topics=[topic],
        contact_email="verraten@example.org",
    )
    vocabulary.learn()


def test_similar_write_ups_come_with_their_city_and_ways_to_it() -> None:
    page = logged_in(make_user("author")).get(ADDRESS).content.decode()
    assert "Macht das schon jemand?" in page
    assert "Ort 0" in page
    assert "mailto:amt@example.org?subject=Gemeinsam%20an" in page
    assert "Diese Stadt fragen" in page
    assert "Poller ohne Namen" in page
    assert "erratst" not in page
    assert "verraten@" not in page


def test_own_city_is_neither_joined_nor_asked() -> None:
    author = make_user("author")
    make_practice(
        "Poller daheim",
        summary="Versenkbare Poller in der Fußgängerzone.",
        city=author.memberships.get().city,
        contact_email="daheim@example.org",
    )
    page = logged_in(author).get(ADDRESS).content.decode()
    assert "Poller daheim" in page
    assert "daheim@example.org" not in page


def test_topic_and_who_leads_it_are_named() -> None:
    page = logged_in(make_user("author")).get(ADDRESS).content.decode()
    assert "/themen/poller/" in page
    assert "Pollerstadt" in page


def test_nothing_alike_says_nothing() -> None:
    client = logged_in(make_user("author"))
    assert "Macht das" not in client.get("/praxis/aehnliche/?title=Kochbuch+der+Kantine").content.decode()
    assert "Macht das" not in client.get("/praxis/aehnliche/?title=P").content.decode()
    assert client.get("/praxis/aehnliche/?title=%00&own=9999999999999999999").status_code == 200


def test_visitors_are_asked_to_log_in() -> None:
    assert logged_in(None).get(ADDRESS).status_code == 302


def test_own_write_up_is_not_its_own_neighbour_and_is_checked_before_publishing() -> None:
    author = make_user("manager")
    city = author.memberships.get().city
    own = make_practice(
        "Poller bei uns",
        summary="Versenkbare Poller in der Fußgängerzone.",
        city=city,
        status=Status.DRAFT,
        created_by=author,
    )
    client = logged_in(author)
    assert f"/praxis/{own.pk}/aehnliche/" in client.get(own.get_absolute_url()).content.decode()
    part = client.get(f"/praxis/{own.pk}/aehnliche/", headers={"HX-Request": "true"}).content.decode()
    assert "Beiträge sind ähnlich" in part
    assert "Poller 0" in part
    assert "Poller bei uns" not in part
    alone = make_practice(
        "Kochbuch", summary="Rezepte der Kantine.", city=city, status=Status.DRAFT, created_by=author
    )
    assert (
        "Noch gibt es keinen ähnlichen Beitrag"
        in client.get(f"/praxis/{alone.pk}/aehnliche/").content.decode()
    )
    assert logged_in(None).get(f"/praxis/{own.pk}/aehnliche/").status_code == 404


def test_what_stands_under_the_same_topic_fills_up_and_hidden_things_stay_hidden() -> None:
    topic = make_topic("Parken", slug="parken")
    one = make_practice("Sensoren melden freie Plätze", summary="Kleine Geräte im Boden.", topics=[topic])
    make_practice("Handwerkerausweis", summary="Ausweise für Betriebe.", topics=[topic])
    make_practice("Geheimer Parkplan", topics=[topic], visibility=Visibility.NETWORK)
    make_practice("Anderswo", summary="Etwas ganz anderes.", topics=[make_topic("Anderes")])
    visitor = logged_in(None)
    part = visitor.get(f"/praxis/{one.pk}/aehnliche/").content.decode()
    assert "Aus dem Thema Parken" in part
    assert "Handwerkerausweis" in part
    assert "/praxis/?thema=parken" in part
    assert "Geheimer Parkplan" not in part
    assert "Anderswo" not in part
    assert part.count("Sensoren melden freie Plätze</a>") <= 1
    assert "Geheimer Parkplan" in (
        logged_in(make_user("author")).get(f"/praxis/{one.pk}/aehnliche/").content.decode()
    )
    above = make_topic("Verkehr", slug="verkehr")
    bus = make_topic("Busse", slug="busse", parent=above)
    lone = make_practice("Fahrgastzähler", summary="Kameras am Einstieg.", topics=[bus])
    make_practice("Leihräder", summary="Etwas ganz anderes.", topics=[above])
    wider = visitor.get(f"/praxis/{lone.pk}/aehnliche/").content.decode()
    assert "Aus dem Thema Verkehr" in wider
    assert "Leihräder" in wider
    alone = make_practice(
        "Kochbuch", summary="Rezepte der Kantine.", topics=[make_topic("Essen", slug="essen")]
    )
    nothing = visitor.get(f"/praxis/{alone.pk}/aehnliche/").content.decode()
    assert "Noch gibt es keinen ähnlichen Beitrag" in nothing
    assert "/themen/essen/" in nothing
