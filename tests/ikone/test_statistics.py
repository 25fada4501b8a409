"""Figures: what they count by hand-made data, that each opens exactly its records, and who may see them."""

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ikone.statistics import sources
from ikone.statistics.reading import Statistics, sections_of, statistics
from ikone.statistics.scope import Scope
from practices import search_entry
from practices.models import AdoptionStep, ContactRequest, Practice, Review
from tests.factories import (
    logged_in,
    make_city,
    make_coordinator,
    make_leadership,
    make_practice,
    make_topic,
    make_user,
)
from tests.practices.adoption.rows import adopt, saved
from topics.tree import TopicTree

pytestmark = pytest.mark.django_db
URL = "/koordination/statistik/"
YEAR = "?von=2025-01-01&bis=2025-12-31"
FIRST, LAST = dt.date(2025, 1, 1), dt.date(2025, 12, 31)


def published(day: str, **fields: Any) -> Practice:
    """Published at noon of a day, and last confirmed then unless told otherwise."""
    moment = timezone.make_aware(dt.datetime.fromisoformat(f"{day}T12:00"))
    values = {"published_at": moment, "confirmed_on": moment.date()} | fields
    return make_practice(**values)


def figures_of(made: Statistics) -> dict[str, str]:
    return {one.label: one.value for section in made.sections for one in section.figures}


def bars_of(made: Statistics, title: str) -> dict[str, int]:
    (found,) = [chart for section in made.sections for chart in section.charts if chart.title == title]
    return {bar.label: bar.number for bar in found.bars}


def of(**scope: Any) -> Statistics:
    tree = TopicTree.load()
    if "topic" in scope:
        scope["topic"] = tree[scope["topic"].pk]
    return statistics(Scope(FIRST, LAST, **scope), tree)


@pytest.fixture
def client() -> Client:
    return logged_in(make_coordinator())


@pytest.fixture
def network() -> dict[str, Any]:
    """Two cities of two Länder, three write-ups, of them one anonymous, and what others made of them."""
    root = make_topic("Verkehr")
    below = make_topic("Radwege", parent=root)
    other = make_topic("Archiv")
    large = make_city("Großstadt", population=150_000, joined_on=dt.date(2025, 3, 1))
    small = make_city("Kleinstadt", ags="10000001", population=6_000)
    make_city("Später dabei", joined_on=dt.date(2026, 2, 1))
    make_city("Gaststadt", status="guest")
    make_city("Draußen", status="outside")
    old = published("2024-05-05", city=large, topics=[other], kind="lesson", phase="ended")
    new = published("2025-06-06", city=large, topics=[below], checked_on=FIRST, checked_version=1)
    hidden = published("2025-07-07", city=small, topics=[below], visibility="anonymous")
    published("2026-01-01", city=large, topics=[other])
    make_practice(status="draft", city=large, topics=[other])
    search_entry.refresh(new)
    entered = dt.datetime(2025, 8, 8, tzinfo=dt.UTC)
    live = adopt(new, city=small, confirmed=True, created_at=entered)
    saved(live, 1_000)
    saved(live, 300, basis="estimated")
    saved(adopt(old, city=small, stage="interested", created_at=entered), 50_000)
    saved(adopt(hidden, city=large, stage="pilot", created_at=entered), 70_000)  # nobody has confirmed it
    make_leadership(topic=below, city=small, since=dt.date(2023, 1, 1))
    Review.objects.create(
        practice=new, author=make_user(), city=small, verdict="convinces", convinced="Ja.",
        practice_version=1, given_on=dt.date(2025, 9, 9),
    )  # fmt: skip
    for practice, state, answer in (
        (new, "direct", ""),
        (hidden, "answered", "So."),
        (hidden, "waiting", ""),
    ):
        ContactRequest.objects.create(
            practice=practice, sender=make_user(name="Fragestelle"), text="Geheime Frage",
            answer=answer, state=state, key=uuid.uuid4(), sent_at=entered,
        )  # fmt: skip
    return {"root": root, "below": below, "large": large, "small": small, "hidden": hidden, "new": new}


def test_the_figures_of_a_year(network: dict[str, Any]) -> None:
    made = of()
    said = figures_of(made)
    wanted = {
        "Mitgliedsstädte": "2",
        "Gäste": "1",
        "veröffentlichte Beiträge": "3",
        "davon geprüft": "1",
        "neue Beiträge": "2",
        "übernommen": "1",
        "eingetragen": "3",
        "Ersparnis im Jahr, gemessen": "1.000 €",
        "Ersparnis im Jahr, geschätzt": "300 €",
        "Themen mit Federführung": "2",
        "Themen ohne Federführung": "1",
        "federführende Städte": "1",
        "gestellte Fragen": "3",
        "vermittelt und beantwortet": "1",
        "Meinungen aus anderen Städten": "1",
    }
    assert {label: said[label].replace("\xa0", " ") for label in wanted} == wanted
    assert bars_of(made, "Beiträge nach Art") == {"Praxisbeispiel": 2, "Erfahrung": 1}
    assert bars_of(made, "Beiträge nach Thema") == {"Verkehr": 2, "Archiv": 1}
    assert bars_of(made, "Übernahmen nach Stand") == {
        "interessiert": 1,
        "im Pilotbetrieb": 1,
        "im Einsatz": 1,
    }
    months = bars_of(made, "Neue Beiträge im Verlauf")
    assert len(months) == 12
    assert {month for month, number in months.items() if number} == {"Juni 2025", "Juli 2025"}


def test_an_anonymous_write_up_counts_under_no_land_and_no_size(network: dict[str, Any]) -> None:
    assert bars_of(of(), "Beiträge nach Bundesland") == {"Rheinland-Pfalz": 2, "ohne Angabe (anonym)": 1}
    of_its_land = figures_of(of(state="10"))
    assert of_its_land["veröffentlichte Beiträge"] == "0"
    assert of_its_land["gestellte Fragen"] == "0"
    assert figures_of(of(state="ohne"))["gestellte Fragen"] == "2"
    assert figures_of(of(size="ohne"))["veröffentlichte Beiträge"] == "1"


def test_a_topic_and_a_size_narrow_all_figures(network: dict[str, Any]) -> None:
    on_topic = figures_of(of(topic=network["root"]))
    assert on_topic["Mitgliedsstädte"] == "1"
    assert on_topic["veröffentlichte Beiträge"] == "2"
    assert on_topic["eingetragen"] == "2"
    assert on_topic["Themen ohne Federführung"] == "0"
    of_large = figures_of(of(size="large_city"))
    assert of_large["Mitgliedsstädte"] == "1"
    assert of_large["veröffentlichte Beiträge"] == "2"
    assert of_large["eingetragen"] == "1"
    assert "Ersparnis im Jahr, gemessen" not in of_large


def test_who_only_shows_in_anonymous_things_has_not_contributed(network: dict[str, Any]) -> None:
    active = {city.name for city in _active()}
    assert active == {"Großstadt", "Kleinstadt"}  # the small one by its opinion
    Review.objects.all().delete()
    AdoptionStep.objects.filter(adoption__practice=network["new"]).delete()
    assert {city.name for city in _active()} == {"Großstadt"}


@pytest.mark.parametrize("narrowed", [{}, {"state": "07"}, {"topic": "root"}])
def test_the_page_has_the_sections_of_the_report(network: dict[str, Any], narrowed: dict[str, str]) -> None:
    """It counts topics in another way, and must not count what came after the period."""
    scope: Any = {name: network.get(value, value) for name, value in narrowed.items()}
    made = of(**scope)
    assert sections_of(made.scope, TopicTree.load()) == made.sections
    with CaptureQueriesContext(connection) as captured:
        assert sections_of(made.scope, TopicTree.load()) == made.sections
    assert len(captured) <= 6


def _active() -> Any:
    return sources.active_cities(Scope(FIRST, LAST))


@pytest.mark.parametrize(
    "query",
    [
        YEAR,
        f"{YEAR}&land=07",
        f"{YEAR}&groesse=ohne",
        f"{YEAR}&thema=TOPIC",
        "?von=2016-01-01&bis=2026-12-31",
    ],
)
def test_every_number_is_as_long_as_the_list_that_it_opens(
    client: Client, network: dict[str, Any], query: str
) -> None:
    response: Any = client.get(URL + query.replace("TOPIC", network["root"].slug))
    assert response.status_code == 200
    seen = 0
    for section in response.context["subjects"]:
        opened = [(one.label, one.url, one.number) for one in section.figures if one.number is not None]
        opened += [(bar.label, bar.url, bar.number) for chart in section.charts for bar in chart.bars]
        for label, url, number in opened:
            listed: Any = client.get(url)
            assert (label, listed.context["total"]) == (label, number)
            assert len(listed.context["records"]) == number
            seen += 1
    assert seen > 30


def test_savings_open_their_amounts(client: Client, network: dict[str, Any]) -> None:
    response: Any = client.get(URL + YEAR)
    (section,) = [one for one in response.context["subjects"] if one.key == "ersparnisse"]
    page = client.get(section.figures[0].url).content.decode()
    assert "1.000" in page
    assert "300" not in page
    assert "70.000" not in page


def test_questions_are_counted_and_never_shown(client: Client, network: dict[str, Any]) -> None:
    page = client.get(f"{URL}fragen/{YEAR}").content.decode()
    assert network["hidden"].title in page
    assert "Geheime Frage" not in page
    assert "Fragestelle" not in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?von=gestern", "Bitte geben Sie einen Tag an"),
        ("?von=0001-01-01&bis=2025-01-01", "zwischen 2015 und 2099"),
        ("?von=2025-02-01&bis=2025-01-01", "nicht vor dem Beginn"),
        ("?land=99", "gibt es in dieser Auswahl nicht"),
        ("?thema=%00", "gibt es in dieser Auswahl nicht"),
    ],
)
def test_what_does_not_fit_is_said_and_the_rest_is_shown(client: Client, query: str, said: str) -> None:
    for address in (URL, f"{URL}beitraege/"):
        response = client.get(address + query)
        assert response.status_code == 200
        assert said in re.sub(r"\s+", " ", response.content.decode())


def test_what_does_not_fit_is_said_at_its_field_and_what_is_shown_instead(client: Client) -> None:
    shown = re.sub(r"\s+", " ", client.get(f"{URL}?von=abc&land=zz&thema=qq").content.decode())
    form = shown[shown.index("statistics-filter") : shown.index("Übliche Zeiträume")]
    for said in ("„abc“ ist kein Tag", "„zz“ gibt es", "„qq“ gibt es"):
        assert said in form
    instead = shown[shown.index("Gezeigt wird deshalb: 01.01.") :]
    assert instead.index("ganzes Netzwerk") < 100
    turned = client.get(f"{URL}?von=2025-02-01&bis=2025-01-01").text
    assert "nicht vor dem Beginn" in turned
    assert 'value="2025-01-01"' in turned, "what was typed stays"
    assert "Gezeigt wird deshalb" not in client.get(URL).text


def test_the_days_that_apply_stand_in_their_fields(client: Client) -> None:
    today = timezone.localdate()
    form: Any = client.get(URL).context["form"]
    assert (form["von"].value(), form["bis"].value()) == (f"{today.year}-01-01", today.isoformat())
    form = client.get(f"{URL}?von=2024-03-01&bis=31.12.2024").context["form"]
    assert (form["von"].value(), form["bis"].value()) == ("2024-03-01", "2024-12-31")


def test_wrong_parts_of_a_list_count_as_open(client: Client, network: dict[str, Any]) -> None:
    response: Any = client.get(f"{URL}beitraege/{YEAR}&art=quatsch&monat=2025-99&neu=x")
    assert response.context["total"] == 3
    assert client.get(f"{URL}gibtesnicht/").status_code == 404


def test_others_than_coordinators_see_nothing(network: dict[str, Any]) -> None:
    manager = logged_in(make_user("manager", city=network["large"]))
    for address in (URL, f"{URL}beitraege/", "/koordination/bericht/"):
        assert manager.get(address).status_code == 403
        assert logged_in(None).get(address).status_code == 302


def test_the_page_costs_the_same_with_more_in_it(client: Client, network: dict[str, Any]) -> None:
    client.get(URL)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(URL + YEAR)
    for _each in range(3):
        saved(adopt(published("2025-04-04"), confirmed=True), 5)
    with CaptureQueriesContext(connection) as many:
        client.get(URL + YEAR)
    assert len(few) == len(many) <= 8
