"""Coordinators see what was searched in vain and teach the search a word, effective at once."""

import pytest
from django.test import Client

from search import misses, vocabulary
from search.models import Miss, Synonym
from tests.factories import logged_in, make_coordinator, make_practice, make_topic, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> Client:
    return logged_in(make_coordinator())


def test_word_searched_in_vain_becomes_a_synonym_that_works_at_once(coordinator: Client) -> None:
    make_practice("Poller in der Altstadt", summary="Versenkbare Poller.", topics=[make_topic("Altstadt")])
    vocabulary.learn()
    assert "Poller in der" not in Client().get("/praxis/?q=Zufahrtssperre").content.decode()
    misses.count({"Zufahrtssperre": 1})
    desk = coordinator.get("/koordination/suche/").content.decode()
    assert "zufahrtssperre" in desk
    assert "/koordination/suche/" in coordinator.get("/koordination/").content.decode()
    assert (
        "zufahrtssperre"
        in coordinator.get("/koordination/suche/synonyme/neu/?wort=zufahrtssperre").content.decode()
    )
    saved = coordinator.post(
        "/koordination/suche/synonyme/neu/", {"terms": "Zufahrtssperre\nPoller\npoller\n"}
    )
    assert saved["Location"] == "/koordination/suche/"
    assert Synonym.objects.get(origin="").terms == ["Zufahrtssperre", "poller"]
    assert not Miss.objects.exists()
    assert "Altstadt" in Client().get("/praxis/?q=Zufahrtssperre").content.decode()


def test_synonyms_are_edited_deleted_and_have_a_history(coordinator: Client) -> None:
    coordinator.post("/koordination/suche/synonyme/neu/", {"terms": "Apfel\nBirne"})
    row = Synonym.objects.get(origin="")
    coordinator.post(f"/koordination/suche/synonyme/{row.pk}/", {"terms": "Apfel\nBirne\nQuitte"})
    page = coordinator.get(f"/koordination/suche/synonyme/{row.pk}/").content.decode()
    assert "Apfel = Birne = Quitte" in page
    assert "Apfel = Birne\n" in page
    assert (
        "Apfel = Birne = Quitte"
        in coordinator.get(f"/koordination/suche/synonyme/{row.pk}/loeschen/").content.decode()
    )
    assert Synonym.objects.filter(origin="").exists(), "it asks first"
    coordinator.post(f"/koordination/suche/synonyme/{row.pk}/loeschen/")
    assert not Synonym.objects.filter(origin="").exists()


@pytest.mark.parametrize(
    ("terms", "message"),
    [
        ("", "kern-error"),
        ("Apfel", "mindestens zwei"),
        ("Apfel\nAPFEL", "mindestens zwei"),
        (f"Apfel\n{'x' * 81}", "zu lang"),
        ("Apfel\n…", "ist kein Wort"),
        ("der\ndie", "übergeht es"),
        ("\n".join(f"w{n}" for n in range(21)), "höchstens 20"),
    ],
)
def test_wrong_words_are_told_and_kept(coordinator: Client, terms: str, message: str) -> None:
    response = coordinator.post("/koordination/suche/synonyme/neu/", {"terms": terms})
    assert response.status_code == 422
    assert message in response.content.decode()
    assert not Synonym.objects.filter(origin="").exists()


def test_what_is_known_together_already_is_not_entered_again(coordinator: Client) -> None:
    add = "/koordination/suche/synonyme/neu/"
    coordinator.post(add, {"terms": "apfel\nBirne\nQuitte"})
    row = Synonym.objects.get(origin="")
    Synonym.objects.create(terms=["E-Akte", "DMS"], origin="topic:1")
    assert (
        "schon zusammen: apfel = Birne = Quitte"
        in coordinator.post(add, {"terms": "BIRNE\nApfel"}).content.decode()
    )
    assert (
        "verbindet diese Wörter schon: E-Akte = DMS"
        in coordinator.post(add, {"terms": "DMS\ne-akte"}).content.decode()
    )
    assert Synonym.objects.filter(origin="").count() == 1
    coordinator.post(f"{add.replace('neu', str(row.pk))}", {"terms": "Birne\napfel"})
    assert Synonym.objects.get(pk=row.pk).terms == ["Birne", "apfel"]
    coordinator.post(add, {"terms": "Abfall\nMüll"})
    coordinator.post(add, {"terms": "Zaun\nHecke"})
    page = coordinator.get("/koordination/suche/").content.decode()
    assert page.index("Abfall = ") < page.index("Birne = ") < page.index("Zaun = ")


def test_a_word_of_a_group_is_added_to_that_group(coordinator: Client) -> None:
    add = "/koordination/suche/synonyme/neu/"
    coordinator.post(add, {"terms": "Homeoffice\nTelearbeit\nmobiles Arbeiten"})
    row = Synonym.objects.get(origin="")
    topic = make_topic("Arbeiten von zu Hause", synonyms=["Heimarbeit"])
    Synonym.objects.create(terms=[topic.name, "Heimarbeit"], origin=f"topic:{topic.pk}")

    shown = coordinator.get(f"{add}?wort=homeoffice").content.decode()
    assert "Homeoffice = Telearbeit = mobiles Arbeiten" in shown
    assert f"/koordination/suche/synonyme/{row.pk}/?wort=homeoffice" in shown
    assert f"/themen/{topic.slug}/bearbeiten/" in coordinator.get(f"{add}?wort=heimarbeit").content.decode()

    refused = coordinator.post(add, {"terms": "homeoffice\nWorkation"})
    assert refused.status_code == 422
    text = refused.content.decode()
    assert "„homeoffice“ steht schon in der Gruppe Homeoffice = Telearbeit" in text
    assert "homeoffice\nWorkation</textarea>" in text
    other = f"/koordination/suche/synonyme/{row.pk}/?wort=homeoffice&wort=Workation"
    assert other.replace("&", "&amp;") in text
    field = coordinator.get(other).content.decode()
    assert "Homeoffice\nTelearbeit\nmobiles Arbeiten\nWorkation</textarea>" in field

    coordinator.post(other, {"terms": "Homeoffice\nTelearbeit\nmobiles Arbeiten\nWorkation"})
    assert Synonym.objects.filter(origin="").count() == 1
    make_practice("Regeln für mobiles Arbeiten", topics=[make_topic("Personal")])
    vocabulary.learn()
    assert "Regeln für" in Client().get("/praxis/?q=Telearbeit").content.decode()


def test_a_topics_own_words_are_shown_but_not_edited_here(coordinator: Client) -> None:
    row = Synonym.objects.create(terms=["Apfel", "Birne"], origin="topic:1")
    assert "Apfel = Birne" in coordinator.get("/koordination/suche/").content.decode()
    assert coordinator.get(f"/koordination/suche/synonyme/{row.pk}/").status_code == 404
    assert coordinator.post(f"/koordination/suche/synonyme/{row.pk}/loeschen/").status_code == 404


def test_search_that_is_done_leaves_the_list(coordinator: Client) -> None:
    misses.count({"Unsinn": 1})
    coordinator.post("/koordination/suche/erledigt/", {"text": "unsinn"})
    assert not Miss.objects.exists()


def test_members_may_not_look(coordinator: Client) -> None:
    misses.count({"Unsinn": 1})
    row = Synonym.objects.create(terms=["Apfel", "Birne"])
    member = logged_in(make_user("manager"))
    for address in ("/koordination/suche/", "/koordination/suche/synonyme/neu/"):
        assert member.get(address).status_code == 403
    assert member.post("/koordination/suche/erledigt/", {"text": "unsinn"}).status_code == 403
    assert member.post(f"/koordination/suche/synonyme/{row.pk}/loeschen/").status_code == 403
    assert member.post(f"/koordination/suche/synonyme/{row.pk}/", {"terms": "a\nb"}).status_code == 403
    assert Synonym.objects.get().terms == ["Apfel", "Birne"]
    assert Miss.objects.exists()
