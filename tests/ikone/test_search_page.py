"""One field finds everything, and nobody learns of what is hidden from them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from cities import search_entry as city_entry
from notifications.jobs import run_waiting
from practices.enums import Status, Visibility
from search import misses, vocabulary
from search.models import Miss
from tests.factories import (
    logged_in,
    make_city,
    make_leadership,
    make_practice,
    make_topic,
    make_user,
)
from topics import search_entry as topic_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor() -> Client:
    return Client()


@pytest.fixture(autouse=True)
def things() -> None:
    misses.WAITING.forget()
    topic = make_topic("Beleuchtung", slug="beleuchtung")
    city = make_city("Laternenstadt", slug="laternenstadt", portrait="<p>Hier leuchten Laternen.</p>")
    topic_entry.refresh(topic)
    city_entry.refresh(city)
    make_practice("Smarte Laternen", city=city, topics=[topic], summary="Laternen, die warnen.")
    make_practice(
        "Wege ohne Licht",
        city=city,
        topics=[topic],
        solution="<p>Am Fluss stehen nun Laternen <em>ganz</em> ohne Strom.</p>",
    )
    make_practice("Geheime Laternen", visibility=Visibility.NETWORK, topics=[make_topic()])
    vocabulary.learn()


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_hits_of_all_kinds_stand_together_with_marked_words(visitor: Client) -> None:
    response = visitor.get("/suche/?q=Laternen")
    titles = [found.title for found in response.context["found"]]
    assert "Smarte <mark>Laternen</mark>" in titles
    assert {found.preline.split(" ")[0] for found in response.context["found"]} >= {"Praxisbeispiel", "Stadt"}
    snippets = "".join(str(found.snippet) for found in response.context["found"])
    assert "Am Fluss stehen nun <mark>Laternen</mark> ganz ohne Strom." in snippets


def test_tabs_count_and_lead_to_one_kind(visitor: Client) -> None:
    tabs = {tab.label: tab for tab in visitor.get("/suche/?q=Laternen").context["tabs"]}
    assert (tabs["Praxis"].count, tabs["Städte"].count) == (2, 1)
    assert "Bausteine" not in tabs  # nothing there
    shown = visitor.get("/suche/?q=Laternen&bereich=bausteine").context["tabs"]
    assert {tab.label: tab.count for tab in shown if tab.is_current} == {"Bausteine": 0}
    assert tabs["Praxis"].url == "/praxis/?q=Laternen"
    cities = visitor.get(tabs["Städte"].url)
    assert [found.url for found in cities.context["found"]] == ["/staedte/laternenstadt/"]
    assert visitor.get("/suche/?q=Laternen&bereich=praxis")["Location"] == "/praxis/?q=Laternen"


def test_hidden_things_are_neither_shown_nor_counted(visitor: Client) -> None:
    assert "Geheime" not in page(visitor, "/suche/?q=Laternen")
    assert "Geheime" not in page(visitor, "/suche/?q=geheime+laternen")
    assert "Geheime" not in page(visitor, "/suche/vorschlaege/?q=geheime")
    member = logged_in(make_user("author"))
    assert "Geheime" in page(member, "/suche/?q=Laternen")
    assert "Geheime Laternen" in page(member, "/suche/vorschlaege/?q=geheime")


def test_nothing_found_offers_next_steps_and_is_counted_without_a_name(visitor: Client) -> None:
    text = page(visitor, "/suche/?q=Zaunkönigzucht")
    assert "Dazu haben wir noch nichts gefunden" in text
    assert "Die Koordination fragen" in text
    run_waiting()
    assert Miss.objects.get().text == "zaunkönigzucht"


def test_many_searches_without_hits_make_one_job(visitor: Client) -> None:
    for number in range(20):
        page(visitor, f"/suche/?q=Zaunkönig{number}zucht")
        page(visitor, f"/praxis/?q=Zaunkönig{number}zucht")
    assert ProcrastinateJob.objects.count() == 1


def test_searches_that_name_somebody_never_become_a_job(visitor: Client) -> None:
    for text in ("anna.autorin@example.org", "0631 3650"):
        assert "Dazu haben wir noch nichts gefunden" in page(visitor, f"/suche/?q={text}")
        page(visitor, f"/praxis/?q={text}")
    assert not ProcrastinateJob.objects.exists()


def test_empty_search_explains_and_shows_topics(visitor: Client) -> None:
    for address in (
        "/suche/",
        "/suche/?q=",
        "/suche/?q=%00",
        "/suche/?q=%E2%80%A6",
        "/suche/?bereich=quatsch",
    ):
        assert "Oder beginnen Sie bei einem Thema" in page(visitor, address)
    assert "Beleuchtung" in page(visitor, "/suche/")


def test_words_come_back_escaped(visitor: Client) -> None:
    text = page(visitor, "/suche/?q=%3Cscript%3Ealert(1)%3C/script%3E+Laternen")
    assert "<script>alert" not in text


def test_too_long_words_get_a_message_and_stay_in_the_field(visitor: Client) -> None:
    text = page(visitor, f"/suche/?q={'x' * 300}")
    assert "Das lässt sich so nicht suchen" in text
    assert "x" * 200 in text


def test_suggestions_name_the_kind_and_lead_there(visitor: Client) -> None:
    text = page(visitor, "/suche/vorschlaege/?q=bele")
    assert 'data-url="/themen/beleuchtung/"' in text
    assert "Thema" in text
    assert "option" not in page(visitor, "/suche/vorschlaege/?q=b")


def test_own_drafts_are_suggested_to_their_author_alone(visitor: Client) -> None:
    author = make_user("author")
    city = author.memberships.get().city
    colleague = make_user("author", city=city)
    make_practice("Kühlschrankpolitik", city=city, status=Status.DRAFT, created_by=author)
    assert "Kühlschrankpolitik" in page(logged_in(author), "/suche/vorschlaege/?q=kuehlschrank")
    assert "Ihr Entwurf" in page(logged_in(author), "/suche/vorschlaege/?q=kühlschrank")
    for other in (visitor, logged_in(colleague)):
        assert "Kühlschrankpolitik" not in page(other, "/suche/vorschlaege/?q=kuehlschrank")


def test_practice_list_marks_words_and_keeps_filters(visitor: Client) -> None:
    text = page(visitor, "/praxis/?q=Laternen")
    assert "Smarte <mark>Laternen</mark>" in text
    assert "<mark>Laternen</mark> ganz ohne Strom" in text
    assert "<mark>" not in page(visitor, "/praxis/")


def test_practice_page_shows_what_is_alike(visitor: Client) -> None:
    one = make_practice(
        "Ampeln für Fahrräder", summary="Grüne Welle für Räder.", topics=[make_topic("Radverkehr")]
    )
    for number in range(3):
        make_practice(f"Fahrräder zählen {number}", summary="Räder zählen.", topics=[make_topic()])
    make_practice("Geheime Fahrräder", visibility=Visibility.NETWORK, topics=[make_topic()])
    assert f"/praxis/{one.pk}/aehnliche/" in page(visitor, one.get_absolute_url())
    text = page(visitor, f"/praxis/{one.pk}/aehnliche/")
    assert "Ähnliches" in text
    assert "Fahrräder zählen" in text
    assert "Geheime Fahrräder" not in text


def test_words_for_ended_projects_narrow_all_kinds_to_write_ups(visitor: Client) -> None:
    make_practice("Ampel-App", summary="Eine App für Laternen.", kind="stopped", topics=[make_topic()])
    response = visitor.get("/suche/?q=nur+gescheiterte+Laternen")
    text = response.content.decode()
    assert response.context["page"].total == 1
    assert "Nur: beendete Vorhaben." in " ".join(text.split())
    assert [(tab.label, tab.count) for tab in response.context["tabs"]] == [("Alles", 1), ("Praxis", 1)]
    assert visitor.get("/suche/?q=nur+gescheiterte").context["page"].total == 1
    topics = visitor.get("/suche/?q=nur+gescheiterte+Laternen&bereich=themen")
    assert topics.context["page"].total == 0
    assert visitor.get("/suche/?q=nur+gescheiterte+Laternen&wort=1").context["page"].total >= 4


@pytest.mark.parametrize("typed", ["laternen landau in der pfalz", "Laternen Landau in der Pfalz"])
def test_a_city_is_named_as_it_is_written(visitor: Client, typed: str) -> None:
    city_entry.refresh(make_city("Landau in der Pfalz"))
    assert "Beiträge aus Landau in der Pfalz stehen vorn." in page(visitor, f"/suche/?q={typed}")


def test_what_a_filter_leaves_out_is_no_search_without_hits(visitor: Client) -> None:
    assert visitor.get("/praxis/?q=Laternen&land=05").context["answer"].total == 0
    run_waiting()
    assert not Miss.objects.exists()


def test_own_drafts_are_found_by_their_author_alone_and_are_no_search_in_vain(visitor: Client) -> None:
    author = make_user("author")
    city = author.memberships.get().city
    colleague = make_user("author", city=city)
    draft = make_practice("Kühlschrankpolitik im Amt", city=city, status=Status.DRAFT, created_by=author)
    for number in range(7):
        make_practice(f"Kühlschrankpolitik {number}", city=city, status=Status.DRAFT, created_by=colleague)
    client = logged_in(author)
    text = page(client, "/suche/?q=amt+kuehlschrankpolitik")
    assert "Eigene Entwürfe" in text
    assert f"/praxis/{draft.pk}/bearbeiten/" in text
    assert "Kühlschrankpolitik 1" not in text
    page(client, "/praxis/?q=Kühlschrankpolitik")
    assert not ProcrastinateJob.objects.exists()
    assert page(logged_in(colleague), "/suche/?q=Kühlschrankpolitik").count("<mark>") == 0
    assert page(logged_in(colleague), "/suche/?q=Kühlschrankpolitik").count("/bearbeiten/") == 5
    assert "Eigene Entwürfe" not in page(visitor, "/suche/?q=Kühlschrankpolitik")
    assert "Eigene Entwürfe" not in page(client, "/suche/?q=Laternen")


def test_empty_list_says_what_other_kinds_have_and_who_leads_the_topic(visitor: Client) -> None:
    topic = make_topic(
        "Aktenführung", slug="akten", synonyms=["DMS"], parent=make_topic("Büro", slug="buero")
    )
    make_leadership(topic=topic, city=make_city("Aktenstadt", slug="aktenstadt"))
    topic_entry.refresh(topic)
    text = page(visitor, "/praxis/?q=DMS")
    assert "Dazu gibt es noch keinen Beitrag" in text
    assert "Themen: 1 Treffer" in " ".join(text.split())
    assert "/suche/?q=DMS&amp;bereich=themen" in text
    assert "/themen/akten/" in text
    assert "/staedte/aktenstadt/" in text
    assert "?thema=buero" in text
    assert "Städte:" not in text
    assert not ProcrastinateJob.objects.exists(), "another kind has something"
    page(visitor, "/praxis/?q=Zaunkönigzucht")
    run_waiting()
    assert Miss.objects.get().text == "zaunkönigzucht"


@pytest.mark.parametrize("typed", ["%F0%9F%98%80", "%25", "%22", "der+die+das"])
def test_what_says_nothing_is_answered_alike_on_both_pages_and_no_miss(visitor: Client, typed: str) -> None:
    problem = (
        "„der die das“ steht fast überall." if "+" in typed else "Bitte geben Sie mindestens ein Wort ein."
    )
    for address in ("/suche/", "/praxis/"):
        text = page(visitor, f"{address}?q={typed}")
        assert "Das lässt sich so nicht suchen" in text
        assert problem in text
        assert "Ein Filter in der Adresse" not in text
    assert not ProcrastinateJob.objects.exists()


def test_an_empty_answer_names_unknown_words_and_offers_to_ask_less_strictly(visitor: Client) -> None:
    for address in ("/suche/", "/praxis/"):
        text = page(visitor, f"{address}?q=%22Laternen+Smarte%22")
        assert "Ohne Anführungszeichen suchen: Laternen Smarte" in text
        assert "q=Laternen+Smarte" in text
        text = page(visitor, f"{address}?q=Zaunkönigzucht+-Laternen")
        assert "„Zaunkönigzucht“ kommt in keinem veröffentlichten Text vor." in text
        assert "Ohne A" not in text
        assert "Ohne Ausschluss suchen: Laternen" in page(visitor, f"{address}?q=Laternen+-Laterne")


def test_pages_say_which_hits_they_show(visitor: Client) -> None:
    topic = make_topic("Viel")
    for number in range(24):
        make_practice(f"Brunnenplatz {number}", topics=[topic])
    first = visitor.get("/praxis/?q=Brunnenplatz")
    assert "1–20 von 24" in " ".join(first.content.decode().split())
    following = first.context["page"].next_query(first.wsgi_request.GET)
    assert "21–24 von 24" in " ".join(page(visitor, f"/praxis/?{following}").split())
    assert "pager__places" not in page(visitor, "/praxis/?q=Laternen")
    newest = visitor.get("/praxis/")
    following = newest.context["page"].next_query(newest.wsgi_request.GET)
    assert "pager__places" not in page(visitor, f"/praxis/?{following}"), "it knows its rows alone"


def test_empty_list_costs_few_queries() -> None:
    topic = make_topic("Aktenführung", synonyms=["DMS"], parent=make_topic("Büro"))
    make_leadership(topic=topic, city=make_city("Aktenstadt"))
    topic_entry.refresh(topic)
    client = logged_in(make_user("author"))
    for address in ("/praxis/?q=DMS", "/praxis/?q=Zaunkönigzucht", "/suche/vorschlaege/?q=dsm"):
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        assert len(captured) <= 8, address


def test_list_with_words_begins_with_hits_and_the_field_keeps_the_words(visitor: Client) -> None:
    text = page(visitor, "/praxis/?q=Laternen&land=07")
    assert "Was Städte gelernt haben" not in text
    assert "Leitfäden, Ausschreibungstexte" not in text
    assert '<details class="filters__fold">' in text
    assert text.count('value="Laternen"') == 1  # not in the field on top, which searches everything
    assert "Leitfäden, Ausschreibungstexte" in page(visitor, "/praxis/")


def test_hints_say_what_was_done_and_do_not_ask_for_it_again(visitor: Client) -> None:
    make_practice("Glasfaser für Schulen", topics=[make_topic()])
    vocabulary.learn()
    text = " ".join(page(visitor, "/suche/?q=Glassfaser").split())
    assert "„Glassfaser“ kommt nicht vor; gesucht wurde „Glasfaser“." in text
    assert "Meinten Sie" not in text
    assert "mit allen Wörtern" not in text
