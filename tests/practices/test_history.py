"""The versions of a write-up: the list, two side by side, and who may see them."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from importlib import import_module
from typing import Any

import pghistory
import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from cities.models import City
from practices import actions
from practices.actions import NO_LINKS, Links
from practices.enums import Status
from practices.history import timeline
from practices.models import PartnerCity, Practice, PracticeTag, PracticeTopic
from tests.factories import logged_in, make_city, make_coordinator, make_practice, make_topic, make_user
from tests.practices.write_ups import complete_form, only, published

pytestmark = pytest.mark.django_db
Counter = Callable[..., AbstractContextManager[object]]


@pytest.fixture
def city() -> City:
    return make_city("Landau in der Pfalz")


@pytest.fixture
def author(city: City) -> User:
    return make_user("author", city=city, name="Anna Autorin")


@pytest.fixture
def practice(city: City, author: User) -> Practice:
    """A draft with one version."""
    return actions.create(
        practice=Practice(title="Bäume gießen", city=city, solution="<p>Sieben Sensoren melden.</p>"),
        links=only(),
        by=author,
    )


def save(practice: Practice, by: User, links: Links = NO_LINKS, **values: Any) -> None:
    practice.refresh_from_db()
    for name, value in values.items():
        setattr(practice, name, value)
    actions.save(practice=practice, links=links, by=by, fields=list(values))


def address(practice: Practice, rest: str = "") -> str:
    return f"/praxis/{practice.pk}/verlauf/{rest}"


def compared(client: Client, practice: Practice, old: int, new: int) -> str:
    response = client.get(address(practice, f"vergleich/?alt={old}&neu={new}"))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_list_names_who_changed_what(practice: Practice, author: User, city: City) -> None:
    colleague = make_coordinator(name="Karla Koordination")
    save(practice, colleague, title="Bäume wässern", links=only(primary_topic=make_topic("Klima")))
    links = only(primary_topic=make_topic("Energie"), partner_cities=[make_city()], tags=["Baum"])
    save(practice, author, links)
    lines = logged_in(author).get(address(practice)).context["page"].versions
    assert [(line.number, line.by, line.what) for line in lines] == [
        (3, "Anna Autorin", ["Themen", "Partnerstädte", "Schlagwörter"]),
        (2, "Karla Koordination", ["Titel", "Themen"]),
        (1, "Anna Autorin", ["angelegt"]),
    ]


def test_save_through_the_editor_is_one_version(author: User) -> None:
    client = logged_in(author)
    client.post("/praxis/neu/", complete_form(make_topic(), keywords="Baum\nStadtgrün", do="draft"))
    written = Practice.objects.get()
    assert len(timeline.read(written)) == 1
    (line,) = client.get(address(written)).context["page"].versions
    assert line.what == ["angelegt"]


def test_bookkeeping_is_no_version(practice: Practice, author: User) -> None:
    for values in ({"is_demo": True}, {"next_check_on": dt.date(2030, 1, 1)}, {"version": 9}):
        with pghistory.context(user=author.pk):
            Practice.objects.filter(pk=practice.pk).update(**values)
    assert len(timeline.read(practice)) == 1


def test_rows_written_anew_are_no_version(practice: Practice, author: User) -> None:
    topic = make_topic()
    save(practice, author, only(primary_topic=topic))
    with pghistory.context(user=author.pk):
        practice.topic_links.all().delete()
        PracticeTopic.objects.create(practice=practice, topic=topic, is_primary=True)
    assert len(timeline.read(practice)) == 2


def test_step_of_its_life_is_named(practice: Practice, author: User) -> None:
    Practice.objects.filter(pk=practice.pk).update(status=Status.ARCHIVED)
    actions.reopen(practice=practice, by=author)
    lines = logged_in(author).get(address(practice)).context["page"].versions
    assert lines[0].what == ["Entwurf"]


def test_what_was_given_back_is_called_so(author: User) -> None:
    practice = make_practice(city=author.memberships.get().city, created_by=author, status=Status.IN_REVIEW)
    actions.send_back(practice=practice, by=author, remark="Bitte kürzen.")
    lines = logged_in(author).get(address(practice)).context["page"].versions
    assert lines[0].what == ["zurückgegeben"]


def test_list_is_paged(practice: Practice, author: User) -> None:
    for number in range(2, 46):
        save(practice, author, title=f"Nr. {number}")
    client = logged_in(author)
    pages, url = [], address(practice)
    while True:
        response = client.get(url)
        page = response.context["page"]
        pages.append([line.number for line in page.versions])
        if not page.paging.has_next:
            break
        url = address(practice, f"?{page.paging.next_query(response.wsgi_request.GET)}")
    assert pages == [[*range(45, 25, -1)], [*range(25, 5, -1)], [*range(5, 0, -1)]]
    assert page.versions[-1].what == ["angelegt"]
    back = address(practice, f"?{page.paging.previous_query(response.wsgi_request.GET)}")
    assert [line.number for line in client.get(back).context["page"].versions] == pages[1]


def test_two_versions_read_as_prose(practice: Practice, author: User) -> None:
    klima, energie = make_topic("Klima"), make_topic("Energie")
    trier = make_city("Trier")
    save(practice, author, only(primary_topic=klima, partner_cities=[trier], tags=["Baum"]))
    save(
        practice,
        author,
        only(primary_topic=energie, further_topics=[klima], tags=["Baum", "Sensor"]),
        solution="<p>Neun Sensoren <strong>melden</strong>.</p>",
        phase="pilot",
        starts="2024-03",
    )
    text = compared(logged_in(author), practice, 2, 3)
    gone, new = '<span class="kern-sr-only">gestrichen:', '<span class="kern-sr-only">neu:'
    for expected in (
        f"<del>{gone} </span>Sieben ",
        f"<ins>{new} </span>Neun ",
        f"<del>{gone} </span>im Einsatz",
        f"<ins>{new} </span>im Pilotbetrieb",
        f"<ins>{new} </span>März 2024",
        f"<ins>{new} </span>Energie (wichtigstes Thema)",
        f"<del>{gone} </span>(wichtigstes Thema)",
        f"<del>{gone} </span>Trier",
        f"<ins>{new} </span>Sensor",
        "Unverändert: Titel, Art",
    ):
        assert expected in text
    assert "&lt;strong" not in text
    assert '<ins><span class="kern-sr-only">neu: </span>Baum' not in text


def test_versions_in_the_other_order_read_the_same(practice: Practice, author: User) -> None:
    save(practice, author, title="Bäume wässern")
    client = logged_in(author)
    texts = [compared(client, practice, *pair).partition("<main")[2] for pair in ((1, 2), (2, 1))]
    assert texts[0]
    assert len({text.partition("<form")[0] for text in texts}) == 1


def test_markup_cannot_come_out_of_an_old_text(practice: Practice, author: User) -> None:
    save(practice, author, title="<script>alert(1)</script>", solution="<p>a &lt;script&gt;alert(2)</p>")
    assert "<script>alert" not in compared(logged_in(author), practice, 1, 2)


def test_look_alone_is_said(practice: Practice, author: User) -> None:
    save(practice, author, solution="<p>Sieben <em>Sensoren</em> melden.</p>")
    assert "nur die Gestaltung" in compared(logged_in(author), practice, 1, 2)


def test_wrong_numbers_get_a_message(practice: Practice, author: User) -> None:
    save(practice, author, title="Bäume wässern")
    client = logged_in(author)
    for query in ("alt=0&neu=2", "alt=1&neu=3", "alt=x&neu=2", "alt=2&neu=2", "alt=1&neu=9" + "9" * 5000):
        response = client.get(address(practice, f"vergleich/?{query}"))
        assert response.status_code == 422, query
        assert "kern-error" in response.content.decode()
    assert client.get(address(practice, "vergleich/")).context["comparison"].differences


def test_one_version_cannot_be_compared(practice: Practice, author: User) -> None:
    response = logged_in(author).get(address(practice, "vergleich/"))
    assert "Es gibt erst eine Fassung" in response.content.decode()


def test_names_of_what_is_gone_stay_readable(practice: Practice, author: User) -> None:
    topic = make_topic("Altes Thema")
    save(practice, author, only(further_topics=[topic]))
    save(practice, author, only())
    topic.delete()
    assert "Altes Thema (inzwischen gelöscht)" in compared(logged_in(author), practice, 2, 3)


@pytest.mark.parametrize("number", [3, 60])
def test_history_costs_the_same_for_three_and_for_sixty(
    practice: Practice, author: User, django_assert_num_queries: Counter, number: int
) -> None:
    topics = [make_topic() for _n in range(4)]
    for version in range(2, number + 1):
        links = only(further_topics=topics[: version % 4], tags=[f"Wort {version}"])
        save(practice, author, links, title=f"Nr. {version}")
    client = logged_in(author)
    client.get("/praxis/neu/")
    for page, queries in (("", 8), (f"vergleich/?alt=1&neu={number}", 8), ("1/wiederherstellen/", 7)):
        client.get(address(practice, page))
        with django_assert_num_queries(queries, info=page):
            client.get(address(practice, page))


def test_links_from_before_they_were_recorded_belong_to_the_first_version(city: City) -> None:
    practice = make_practice(city=city, status=Status.DRAFT)
    practice.partner_cities.add(make_city("Trier"))
    practice.tags.add("Baum")
    for model in (PartnerCity, PracticeTag):
        model.pgh_event_model.objects.all().delete()
    migration = import_module("practices.migrations.0008_recorded_links")
    with connection.cursor() as cursor:
        cursor.execute(migration.PARTNERS_UNTIL_NOW)
        cursor.execute(migration.TAGS_UNTIL_NOW)
    (version,) = timeline.read(practice)
    assert [len(version.rows[name]) for name in ("partners", "tags")] == [1, 1]


def test_members_see_all_authors(practice: Practice, author: User, city: City) -> None:
    trier = make_city("Trier")
    save(practice, make_coordinator(name="Karla"), title="Zwei")
    save(practice, make_user("author", city=trier, name="Tom"), title="Drei")
    former = make_user(name="Wer weiß")
    save(practice, former, title="Vier")
    User.objects.filter(pk=former.pk).delete()
    actions.publish(practice=_complete(practice), by=make_coordinator(name="Nur veröffentlicht"))
    practice.refresh_from_db()
    page = practice.get_absolute_url()
    text = " ".join(logged_in(make_user("author")).get(page).content.decode().split())
    assert "Geschrieben von Anna Autorin, Karla (Koordination), Tom (Trier), ehemaliges Mitglied" in text
    assert "Nur veröffentlicht" not in text
    assert "Anna Autorin" not in logged_in(None).get(page).content.decode()


def _complete(practice: Practice) -> Practice:
    topic = make_topic()
    PracticeTopic.objects.create(practice=practice, topic=topic, is_primary=True)
    Practice.objects.filter(pk=practice.pk).update(
        summary="Ein Satz.",
        starting_point="x",
        lessons="x",
        contact_name="Amt",
        contact_email="a@example.org",
    )
    return practice


def test_anonymous_write_up_names_no_author(city: City, author: User) -> None:
    practice = published(city=city, visibility="anonymous", created_by=author, updated_by=author)
    page = practice.get_absolute_url()
    assert "Anna Autorin" in logged_in(author).get(page).content.decode()
    assert "Anna Autorin" not in logged_in(make_user("manager")).get(page).content.decode()


def test_history_is_for_those_who_edit(practice: Practice, author: User, city: City) -> None:
    save(practice, author, title="Bäume wässern")
    pages = ["", "vergleich/", "1/wiederherstellen/"]
    published_one = published(city=city)
    for page in pages:
        assert logged_in(author).get(address(practice, page)).status_code == 200
        assert logged_in(make_user("author", city=city)).get(address(practice, page)).status_code == 403
        assert logged_in(make_user("manager")).get(address(practice, page)).status_code == 404
        assert logged_in(make_user("manager")).get(address(published_one, page)).status_code == 403
        assert logged_in(None).get(address(published_one, page)).status_code == 302
