"""A city says how far it is: many rows at once, and nobody's entry is lost."""

from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.privacy import sources
from accounts.privacy.reading import everything_of
from cities.enums import Role
from tests.factories import logged_in, make_city, make_coordinator, make_service, make_topic, make_user
from topics.models import ServiceProgress
from topics.ozg.entering import Entry, Said, enter, fingerprint

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return make_city("Landau", slug="landau")


@pytest.fixture
def services():
    field = make_topic("Bauen & Wohnen", parent=make_topic("OZG", slug="onlinezugangsgesetz"))
    return [make_service(name, field=field) for name in ("Aushang", "Bauantrag", "Carport")]


def row(service, base: str | None = None, **values):
    base = fingerprint(None) if base is None else base
    return {f"l{service.pk}-{name}": value for name, value in {"base": base, **values}.items()}


def saying(user, *rows):
    data = {name: value for each in rows for name, value in each.items()}
    return logged_in(user).post("/themen/ozg/stadt/landau/eintragen/", data)


def said(city, service) -> Said | None:
    return Said.of(ServiceProgress.objects.filter(city=city, service=service).first())


def versions() -> Any:
    """Recorded states of all entries."""
    return apps.get_model("topics.ServiceProgressEvent")._default_manager


def test_many_rows_are_saved_at_once_and_come_back_filled(city, services):
    author = make_user(Role.AUTHOR, city=city)
    first, second, third = services
    answer = saying(
        author,
        row(first, state="live", level="2.0:7", way="efa", office="Bauamt", email="bau@example.org"),
        row(second, state="in_work", level="", way=""),
        row(third, state="", level="", way=""),
    )
    assert answer.status_code == 302
    assert said(city, first) == Said("live", "2.0", 7, "efa", "Bauamt", "bau@example.org")
    assert said(city, second) == Said("in_work")
    assert said(city, third) is None
    html = logged_in(author).get("/themen/ozg/stadt/landau/eintragen/").text
    assert "bau@example.org" in html
    assert '<option value="2.0:7" selected>' in html
    event = versions().filter(pgh_obj__service=first).get()
    assert event.pgh_context.metadata["user"] == author.pk


def test_a_wrong_row_keeps_its_input_and_the_others_are_saved(city, services):
    first, second, third = services
    answer = saying(
        make_user(Role.AUTHOR, city=city),
        row(first, state="live"),
        row(second, state="live", email="keine-adresse"),
        row(third, state="", office="Nur eine Stelle"),
    )
    assert answer.status_code == 422
    for text in ("keine-adresse", "Nur eine Stelle", "Bitte wählen Sie den Stand.", "1 Angabe gespeichert"):
        assert text in answer.text
    assert said(city, first) == Said("live")
    assert ServiceProgress.objects.count() == 1


def test_where_no_row_is_in_order_nothing_is_said_to_be_unchanged(city, services):
    first, second, _third = services
    wrong = [row(one, state="live", email="keine-adresse") for one in (first, second)]
    author = make_user(Role.AUTHOR, city=city)
    text = saying(author, *wrong).text
    assert "Nichts war geändert." not in text
    assert text.count("keine-adresse") >= 2
    client, url = logged_in(author), "/themen/ozg/stadt/landau/eintragen/"
    assert "Nichts war geändert." in client.post(url, row(first, state=""), follow=True).text


@pytest.mark.parametrize(("name", "value"), [("level", "1.1:5"), ("state", "fertig"), ("way", "geerbt")])
def test_what_no_field_offers_is_refused(city, services, name, value):
    answer = saying(make_user(Role.AUTHOR, city=city), row(services[0], **{"state": "live", name: value}))
    assert answer.status_code == 422
    assert not ServiceProgress.objects.exists()


def test_two_people_do_not_overwrite_each_other(city, services):
    first, second, _third = services
    one, other = make_user(Role.AUTHOR, city=city), make_user(Role.MANAGER, city=city)
    saying(one, row(first, state="in_work", office="Amt eins"), row(second, state="live"))
    answer = saying(other, row(first, state="live", office="Amt zwei"), row(second, state=""))
    assert answer.status_code == 422
    assert "Amt eins" in answer.text  # what stands there now
    assert "Amt zwei" in answer.text  # what was typed
    assert said(city, first) == Said("in_work", office="Amt eins")
    assert said(city, second) == Said("live")  # the other left that row as it was
    meant = row(first, fingerprint(Said("in_work", office="Amt eins")), state="live", office="Amt zwei")
    assert saying(other, meant).status_code == 302
    assert said(city, first) == Said("live", office="Amt zwei")
    assert ServiceProgress.objects.get(city=city, service=first).version == 2


def test_a_row_without_a_state_takes_the_entry_away(city, services):
    author = make_user(Role.AUTHOR, city=city)
    saying(author, row(services[0], state="live"))
    assert saying(author, row(services[0], fingerprint(Said("live")), state="")).status_code == 302
    assert not ServiceProgress.objects.exists()


def test_a_service_that_an_import_has_just_removed_is_left_out(city, services):
    gone = services[0].pk
    services[0].delete()
    outcome = enter(city=city, entries={gone: Entry(Said("live"), fingerprint(None))}, by=make_coordinator())
    assert (outcome.saved, outcome.conflicts) == (0, {})


def test_only_the_own_city_and_coordinators_enter(city, services):
    stranger = make_user(Role.MANAGER, city=make_city())
    assert saying(stranger, row(services[0], state="live")).status_code == 403
    assert not ServiceProgress.objects.exists()
    assert saying(make_coordinator(), row(services[0], state="live")).status_code == 302
    assert said(city, services[0]) == Said("live")


def test_filters_leave_the_rows_that_are_asked_for(city, services):
    author = make_user(Role.AUTHOR, city=city)
    saying(author, row(services[0], state="live"))
    page = "/themen/ozg/stadt/landau/eintragen/"
    client = logged_in(author)
    names = {
        query: [row.service.name for row in client.get(f"{page}?{query}").context["rows"]]
        for query in ("zeilen=offen", "zeilen=angegeben", "q=carp", "thema=gibtsnicht")
    }
    assert names["zeilen=offen"] == ["Bauantrag", "Carport"]
    assert names["zeilen=angegeben"] == ["Aushang"]
    assert names["q=carp"] == ["Carport"]
    assert len(names["thema=gibtsnicht"]) == 3


@pytest.mark.parametrize(
    "values",
    [
        {"state": "fertig"},
        {"state": "live", "way": "geerbt"},
        {"state": "live", "maturity": 3},
        {"state": "live", "model_version": "1.1"},
        {"state": "live", "model_version": "1.1", "maturity": 5},
        {"state": "live", "model_version": "2.0", "maturity": 8},
        {"state": "live", "model_version": "3.0", "maturity": 1},
    ],
)
def test_the_database_refuses_what_no_model_knows(city, services, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceProgress.objects.create(city=city, service=services[0], **values)


@pytest.mark.parametrize(("model", "level"), [("1.1", 0), ("1.1", 4), ("2.0", 7), ("", None)])
def test_the_database_takes_what_a_model_knows(city, services, model, level):
    ServiceProgress.objects.create(
        city=city, service=services[0], state="live", model_version=model, maturity=level
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceProgress.objects.create(city=city, service=services[0], state="live")


def test_who_leaves_is_no_longer_whom_to_ask(city, services):
    person = make_user(Role.AUTHOR, city=city, email="mein.name@example.org", name="Mein Name")
    saying(person, row(services[0], state="live", office="Mein Name", email="mein.name@example.org"))
    saying(person, row(services[1], state="live", office="Bauamt", email="bau@example.org"))
    topics = next(source for source in sources() if source.name == "topics")
    assert everything_of(person)["topics"]["asked_about"] == [
        {"service__name": "Aushang", "city__name": "Landau"}
    ]
    topics.erase(User.objects.get(pk=person.pk))
    assert said(city, services[0]) == Said("live")
    assert said(city, services[1]) == Said("live", office="Bauamt", email="bau@example.org")
    assert not versions().filter(email="mein.name@example.org").exists()
