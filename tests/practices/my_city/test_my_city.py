"""„Mein Bereich“: three things first, what cities alike have, what is new, how the city stands."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from cities.enums import Role
from cities.models import City, Membership
from cities.readers import KeptForReaders
from practices.actions import send_back, submit
from practices.adoption.actions import Standing, adopt, confirm
from practices.adoption.enums import Stage
from practices.enums import Kind, Phase, Status, Visibility
from practices.models import Practice
from practices.my_city import reading
from tests.factories import (
    logged_in,
    make_city,
    make_coordinator,
    make_leadership,
    make_practice,
    make_topic,
    make_user,
)
from tests.practices.blocks.rows import make_block

pytestmark = pytest.mark.django_db
MOST_QUERIES = 8
HEADING = "Was Städte wie unsere haben und wir nicht"


@pytest.fixture
def ours() -> City:
    return make_city("Landau", population=48_000)


@pytest.fixture
def theirs() -> City:
    return make_city("Speyer", population=49_000)


@pytest.fixture
def leader(ours: City) -> User:
    return make_user(Role.LEADER, city=ours)


def page(person: User) -> str:
    answer = logged_in(person).get("/mein/")
    assert answer.status_code == 200
    return answer.text


def live(title: str, city: City, **fields: Any) -> Practice:
    return make_practice(title, city=city, **({"kind": Kind.PRACTICE, "phase": Phase.LIVE} | fields))


def first_things(html: str) -> str:
    return html[html.index("ways--first") :].partition("</ul>")[0]


def section(html: str, heading: str) -> str:
    return html[html.index(f">{heading}<") :].partition("</section>")[0]


def titles(html: str) -> list[str]:
    """Of what cities alike have, in their order."""
    shown = section(html, HEADING)
    return [part.partition("</a>")[0].split(">")[-1].strip() for part in shown.split("alike__title")[1:]]


def taken_over(practice: Practice, city: City, stage: Stage = Stage.LIVE) -> None:
    manager = make_user(Role.MANAGER, city=city)
    adoption = adopt(subject=practice, city=city, standing=Standing(stage, "2024", "Läuft."), by=manager)
    confirm(adoption=adoption, by=manager)


def test_a_leader_sees_why_a_city_is_alike_and_goes_on_to_the_brief(leader, theirs):
    practice = live("Parken per App", theirs)
    html = page(leader)
    assert f'href="{practice.get_absolute_url()}kurzfassung/"' in first_things(html)
    assert "Speyer hat es, Sie noch nicht" in first_things(html)
    shown = section(html, HEADING)
    assert "Speyer ähnelt uns: 48.000 und 49.000 Einwohner" in shown
    assert f'href="{practice.get_absolute_url()}"' in shown
    assert f"bestätigt {practice.confirmed_on:%m/%Y}" in " ".join(shown.split())


def test_what_we_have_ourselves_is_not_offered(leader, ours, theirs):
    live("Unseres", ours)
    live("Gemeinsames", theirs).partner_cities.add(ours)
    adopted = live("Schon geprüft", theirs)
    manager = make_user(Role.MANAGER, city=ours)
    adopt(subject=adopted, city=ours, standing=Standing(Stage.EXAMINED, "2024", ""), by=manager)
    live("Beendet", theirs, phase=Phase.ENDED)
    live("Nur ein Plan", theirs, kind=Kind.PLAN)
    live("Noch nicht heraus", theirs, status=Status.DRAFT)
    live("Das fehlt uns", theirs)
    # A block is no write-up, and must not hide them all.
    adopt(
        subject=make_block(city=theirs), city=ours, standing=Standing(Stage.EXAMINED, "2024", ""), by=manager
    )
    assert titles(page(leader)) == ["Das fehlt uns"]


def test_an_anonymous_write_up_never_betrays_its_city(leader, ours, theirs):
    """Neither by itself nor through a city that took it over; not even to the coordination."""
    hidden = live("Heimliches", theirs, visibility=Visibility.ANONYMOUS)
    taken_over(hidden, make_city("Frankenthal", population=48_500))
    coordinator = make_coordinator()
    Membership.objects.create(user=coordinator, city=ours, role=Role.MANAGER)
    for person in (leader, coordinator):
        assert titles(page(person)) == []
        assert "Heimliches" not in page(person)


def test_new_in_our_topics_names_no_anonymous_city(leader, ours, theirs):
    topic = make_topic("Parken")
    make_leadership(topic=topic, city=ours)
    live("Heimliches", theirs, topics=[topic], visibility=Visibility.ANONYMOUS)
    live("Anderes Thema", theirs)
    live("Eigenes", ours, topics=[topic])
    shown = section(page(leader), "Neu in unseren Themen")
    assert "Heimliches" in shown
    assert "eine Stadt im Netzwerk" in shown
    assert "Speyer" not in shown
    assert "Anderes Thema" not in shown
    assert "Eigenes" not in shown


def test_only_the_latest_of_all_write_ups_are_new(leader, ours, theirs, monkeypatch):
    """Where our topics have little, nobody looks through all that there is."""
    monkeypatch.setattr(reading, "LATEST", 1)
    monkeypatch.setattr(reading, "WHICH", KeptForReaders())
    topic = make_topic("Parken")
    make_leadership(topic=topic, city=ours)
    today = timezone.now()
    for title, days, topics in (("Älteres", 9, [topic]), ("Anderes", 2, []), ("Letztes", 1, [topic])):
        live(title, theirs, topics=topics, published_at=today - dt.timedelta(days=days))
    shown = section(page(leader), "Neu in unseren Themen")
    assert "Letztes" in shown
    assert "Älteres" not in shown


def test_what_several_have_comes_first_then_topics_that_we_lack(leader, ours, theirs):
    known, lacking = make_topic("Bekannt"), make_topic("Neuland")
    live("Unseres", ours, topics=[known])
    live("Zu Bekanntem", theirs, topics=[known])
    live("Zu Neuem", theirs, topics=[lacking])
    shared = live("Von zweien", theirs, topics=[known])
    taken_over(shared, make_city("Frankenthal", population=48_500))
    html = page(leader)
    assert titles(html) == ["Von zweien", "Zu Neuem", "Zu Bekanntem"]
    assert "Das haben auch: Frankenthal." in section(html, HEADING)
    assert "Zu „Neuland“ haben wir noch nichts veröffentlicht." in section(html, HEADING)
    assert "Zu „Bekannt“" not in html


def test_a_topic_is_known_by_any_of_ours_in_it_or_below_it_alone_or_jointly(leader, ours, theirs):
    main = make_topic("Hauptthema")
    further, above, joint = make_topic("Weiteres"), make_topic("Oben"), make_topic("Gemeinsames")
    live("Unseres", ours, topics=[main, further, make_topic("Darunter", parent=above)])
    live("Mit anderen", make_city("Hamburg", population=1_900_000), topics=[joint]).partner_cities.add(ours)
    for topic in (further, above, joint):
        live(f"Ihres zu {topic.name}", theirs, topics=[topic])
    live("Ihres zu Neuland", theirs, topics=[make_topic("Neuland")])
    html = page(leader)
    assert titles(html)[0] == "Ihres zu Neuland"
    assert html.count("haben wir noch nichts veröffentlicht.") == 1


def test_the_leaders_card_promises_costs_only_where_they_are_told(leader, theirs):
    practice = live("Parken per App", theirs)
    shown = first_things(page(leader))
    assert "Das Wichtigste auf einer Seite." in shown
    assert "gekostet" not in shown
    assert "Kosten" not in shown
    practice.figures.create(kind="cost_once", amount=12_000, basis="measured")
    assert "Was es gekostet hat" in first_things(page(leader))


def test_only_confirmed_adoptions_in_use_count_as_having(leader, theirs):
    far = make_city("Hamburg", population=1_900_000, ags="02000000", latitude="53.55", longitude="10.0")
    practice = live("Aus der Ferne", far)
    unlike = titles(page(leader))
    assert unlike == []
    manager = make_user(Role.MANAGER, city=theirs)
    adoption = adopt(subject=practice, city=theirs, standing=Standing(Stage.LIVE, "2024", ""), by=manager)
    assert titles(page(leader)) == []
    confirm(adoption=adoption, by=manager)
    assert titles(page(leader)) == ["Aus der Ferne"]


def test_what_waits_for_the_leader_comes_before_all_else(leader, ours, theirs):
    practice = live("Parken per App", theirs)
    author = make_user(Role.AUTHOR, city=ours)
    adoption = adopt(subject=practice, city=ours, standing=Standing(Stage.LIVE, "2024", ""), by=author)
    shown = first_things(page(leader))
    assert "1 Übernahme bestätigen" in shown
    assert f'href="{adoption.get_absolute_url()}"' in shown
    assert "Übernahme bestätigen" not in first_things(page(author))
    stranger = make_user(Role.LEADER, city=theirs)
    assert "Übernahme bestätigen" not in page(stranger)


def test_an_author_goes_on_with_the_own_draft_and_not_with_a_colleagues(ours):
    author = make_user(Role.AUTHOR, city=ours)
    draft = make_practice("Angefangen", city=ours, status=Status.DRAFT, created_by=author)
    colleague = make_user(Role.AUTHOR, city=ours)
    make_practice("Vom Kollegen", city=ours, status=Status.DRAFT, created_by=colleague)
    shown = first_things(page(author))
    assert f'href="/praxis/{draft.pk}/bearbeiten/"' in shown
    assert "Vom Kollegen" not in shown


def test_a_draft_that_came_back_is_said_once(ours):
    author, manager = make_user(Role.AUTHOR, city=ours), make_user(Role.MANAGER, city=ours)
    draft = make_practice("Angefangen", city=ours, status=Status.DRAFT, created_by=author)
    submit(practice=draft, by=author)
    send_back(practice=draft, remark="Bitte ergänzen.", by=manager)
    shown = first_things(page(author))
    assert shown.count("Angefangen") == 1
    assert "Bitte ergänzen." in shown


def test_figures_lead_to_the_lists_that_they_count(ours, theirs):
    manager = make_user(Role.MANAGER, city=ours)
    practice = live("Unseres", ours)
    live("Auch unseres", ours)
    make_practice("In Arbeit", city=ours, status=Status.DRAFT)
    taken_over(practice, theirs)
    taken_over(live("Ihres", theirs), ours)
    html = page(manager)
    for address, words in (
        ("/praxis/meine/?stand=published", "2 veröffentlicht"),
        ("/praxis/meine/?stand=draft", "1 im Entwurf"),
        (f"{ours.get_absolute_url()}#uebernahmen", "von 1 Stadt übernommen"),
        ("/uebernahmen/?zeigen=gezaehlt", "1 von anderen übernommen"),
    ):
        assert f'<a class="link" href="{address}">{words}</a>' in html
    assert "?stand=in_review" not in html


def test_a_city_with_nothing_yet_is_told_what_to_do(leader):
    html = page(leader)
    assert "haben nichts veröffentlicht" in section(html, HEADING)
    assert 'href="/themen/">Wen rufe ich an?</a>' in first_things(html)
    assert first_things(html).count("way__link") == 3


def test_a_person_without_a_city_and_the_coordination_get_ways_but_no_comparison(theirs):
    live("Parken per App", theirs)
    nobody, coordinator = page(make_user()), page(make_coordinator())
    for html in (nobody, coordinator):
        assert HEADING not in html
        assert "Parken per App" not in html
        assert "Wen rufe ich an?" in first_things(html)
    assert "Ihr Konto gehört zu keiner Stadt" in nobody
    assert "Zum Schreibtisch der Koordination" in coordinator


def test_it_costs_as_much_for_fifty_as_for_one(leader, ours):
    manager = make_user(Role.MANAGER, city=ours)
    topic = make_topic()
    make_leadership(topic=topic, city=ours)

    def add(number: int) -> None:
        for _index in range(number):
            other = make_city(population=48_100)
            practice = live("Ihres", other, topics=[topic])
            taken_over(practice, make_city(population=47_900))
            make_practice(city=ours, status=Status.DRAFT, created_by=manager, topics=[topic])
            waiting = live("Wartet", other, topics=[topic])
            adopt(subject=waiting, city=ours, standing=Standing(Stage.LIVE, "2024", ""), by=manager)

    def asked(person: User) -> int:
        client = logged_in(person)
        client.get("/mein/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/mein/")
        return len([each for each in captured.captured_queries if "SAVEPOINT" not in each["sql"]])

    add(1)
    few = asked(leader), asked(manager)
    add(49)
    assert (asked(leader), asked(manager)) == few
    assert max(few) <= MOST_QUERIES
