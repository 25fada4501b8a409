"""Phrases that are too frequent to be looked for in every entry."""

import datetime as dt
from urllib.parse import urlencode

import pytest
from django.test import Client

from ikone import api
from search.entries import EntryData, enter
from search.models import Audience, Synonym
from search.query import phrases
from search.searching import ANSWERS, Answer, Question, search
from search.sources import Source, _sources
from search.synonyms import save
from tests.factories import make_coordinator, make_practice

pytestmark = pytest.mark.django_db
SOURCE = 77
TITLES = [
    "Stadt und Verwaltung der Zukunft",
    "Die Verwaltung einer Stadt",
    "Stadt Verwaltung",
    "Wald",
    "Stadt",
]


@pytest.fixture(autouse=True)
def entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(_sources, SOURCE, Source(SOURCE, "tested", list, lambda _ids: []))
    enter(
        EntryData(SOURCE, number, Audience.PUBLIC, dt.date(2026, 1, 10 - number), title=title)
        for number, title in enumerate(TITLES, 1)
    )
    ANSWERS.forget()


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three entries have both words; one search looks into two."""
    monkeypatch.setattr(phrases, "MOST_CHECKED", 2)


def _ask(text: str) -> Answer:
    return search(Question(text=text, source=SOURCE))


def test_a_phrase_is_searched_as_it_stands() -> None:
    answer = _ask("„Stadt Verwaltung“")
    assert (answer.page.ids, answer.understood.beyond) == ([3], [])
    assert set(_ask("Stadt -„Stadt Verwaltung“").page.ids) == {1, 2, 5}


def test_one_beyond_reach_is_searched_by_its_words_and_comes_first(narrow) -> None:
    answer = _ask("„Stadt Verwaltung“")
    assert answer.page.ids[0] == 3
    assert set(answer.page.ids) == {1, 2, 3}
    assert answer.total == 3
    assert answer.understood.beyond == ["Stadt Verwaltung"]


def test_what_lies_beyond_reach_is_excluded_by_its_words(narrow) -> None:
    answer = _ask("Stadt -„Stadt Verwaltung“")
    assert (answer.page.ids, answer.understood.beyond) == ([5], ["Stadt Verwaltung"])


def test_all_phrases_share_one_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phrases, "MOST_CHECKED", 3)
    assert _ask("„Stadt Verwaltung“ „Verwaltung Stadt“").understood.beyond == ["Verwaltung Stadt"]


def test_nobody_is_told_of_synonyms_that_they_did_not_type(narrow) -> None:
    save(synonym=Synonym(terms=["Rathaus", "Stadt Verwaltung"]), by=make_coordinator())
    answer = _ask("Rathaus")
    assert set(answer.page.ids) == {1, 2, 3}
    assert answer.understood.beyond == []


def test_pages_and_api_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phrases, "MOST_CHECKED", 0)
    make_practice("Stadt und Verwaltung zusammen")
    api.COUNTS.clear()
    query, client = urlencode({"q": '"Stadt Verwaltung"'}), Client()
    for address in ("/praxis/", "/suche/"):
        text = " ".join(client.get(f"{address}?{query}").content.decode().split())
        assert "„Stadt Verwaltung“ besteht aus sehr häufigen Wörtern" in text
    found = client.get(f"/api/v1/practices?{query}").json()
    assert found["understood"]["not_as_phrase"] == ["Stadt Verwaltung"]
    assert found["count"] == 1
