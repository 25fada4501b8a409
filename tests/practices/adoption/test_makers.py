"""No city takes over what it has made itself, whoever is named as its maker first or afterwards."""

import json
from importlib import import_module
from typing import Any

import pgtrigger
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from cities.models import City
from practices import actions as write_ups
from practices.actions import Links
from practices.adoption import actions, asks
from practices.exchange_format.importing import ImportRefusedError, Options, Report, import_lines
from practices.history.restoring import plan
from practices.models import Adoption, Practice
from practices.tasks import ask_whether_adoptions_hold
from tests.factories import (
    give_second_factor,
    logged_in,
    make_city,
    make_coordinator,
    make_practice,
    make_user,
)
from tests.practices.adoption.rows import adopt
from tests.practices.adoption.test_pages import FORM
from tests.practices.blocks.rows import make_block
from tests.practices.test_sections import save
from tests.practices.write_ups import published

pytestmark = pytest.mark.django_db
STANDS_AGAINST = "Trier hat diesen Beitrag übernommen (im Einsatz seit"


@pytest.fixture
def trier() -> City:
    return make_city("Trier")


@pytest.fixture
def adoption(trier: City) -> Adoption:
    return adopt(published("Baumpaten"), city=trier, confirmed=True)


def profile(client: Client, practice: Practice, **typed: str) -> dict[str, Any]:
    """What the form of the short profile would send, with a few fields typed anew."""
    form = client.get(f"/praxis/{practice.pk}/bearbeiten/profil/").context["form"]
    return {name: form[name].value() or "" for name in form.fields} | typed


@pytest.mark.parametrize("make", [lambda: make_practice(), make_block])
def test_the_database_refuses_the_city_that_has_adopted_it(make: Any, trier: City) -> None:
    thing: Any = make()
    adoption = adopt(thing, city=trier, confirmed=True)
    rows: Any = type(thing)._default_manager.filter(pk=thing.pk)
    with pytest.raises(IntegrityError, match="has adopted it"), transaction.atomic():
        rows.update(city=trier)
    rows.update(city=make_city())
    actions.withdraw(adoption=adoption, by=make_coordinator())
    rows.update(city=trier)


def test_what_stood_there_before_ends_with_the_migration(trier: City) -> None:
    migration: Any = import_module("practices.migrations.0026_city_of_what_is_taken_over")
    own, other = adopt(city=trier, confirmed=True), adopt(city=trier, confirmed=True)
    with pgtrigger.ignore("practices.Practice:city_not_adopter"):
        Practice.objects.filter(pk=own.subject.pk).update(city=trier)
    with connection.cursor() as cursor:
        cursor.execute(migration.WITHDRAW)
        cursor.execute(migration.COUNT.format(table="practices_practice", column="practice_id"))
        cursor.execute(migration.COUNT.format(table="practices_buildingblock", column="block_id"))
    assert Adoption.objects.there().get() == other
    own.refresh_from_db()
    assert (own.confirmed_on, own.next_check_on, own.subject.adopters) == (None, None, 0)
    other.refresh_from_db()
    assert other.subject.adopters == 1


def test_the_coordination_reads_at_the_city_what_stands_against_it(adoption: Adoption, trier: City) -> None:
    practice = Practice.objects.get()
    client, address = logged_in(make_coordinator()), f"/praxis/{practice.pk}/bearbeiten/profil/"
    data = profile(client, practice, city="Trier", title="Baumpaten in Trier")
    answer = client.post(address, data)
    assert answer.status_code == 422
    (message,) = answer.context["form"].errors["city"]
    assert STANDS_AGAINST in message
    assert "zuerst diese Übernahme zurück" in message
    assert "Baumpaten in Trier" in answer.content.decode()
    actions.withdraw(adoption=adoption, by=make_coordinator())
    assert client.post(address, data).status_code == 302
    practice.refresh_from_db()
    assert (practice.city, practice.title) == (trier, "Baumpaten in Trier")


def test_the_city_of_a_reopened_draft_is_looked_at_as_well(adoption: Adoption, trier: City) -> None:
    practice = Practice.objects.get()
    author = make_user("author", city=practice.city)
    author.memberships.create(city=trier, role="author")
    Practice.objects.update(created_by=author)
    write_ups.archive(practice=practice, by=make_coordinator())
    write_ups.reopen(practice=practice, by=make_coordinator())
    client = logged_in(author)
    answer = client.post(
        f"/praxis/{practice.pk}/bearbeiten/profil/", profile(client, practice, city=str(trier.pk))
    )
    assert answer.status_code == 422
    assert STANDS_AGAINST in answer.context["form"].errors["city"][0]


def test_so_does_the_technical_administration(adoption: Adoption, trier: City) -> None:
    staff = make_user(is_staff=True, is_superuser=True)
    give_second_factor(staff)
    client = logged_in(staff)
    address = reverse("admin:practices_practice_change", args=[adoption.practice_id])
    page = client.get(address)
    form = page.context["adminform"].form
    data = {name: form[name].value() or "" for name in form.fields} | {"city": trier.pk, "tags": ""}
    for formset in page.context["inline_admin_formsets"]:
        data |= {f"{formset.formset.prefix}-{part}_FORMS": "0" for part in ("TOTAL", "INITIAL")}
    answer = client.post(address, data)
    assert STANDS_AGAINST in answer.context["adminform"].form.errors["city"][0]


def test_what_was_withdrawn_before_the_city_changed_stays_as_it_was(adoption: Adoption, trier: City) -> None:
    practice = Practice.objects.get()
    withdrawn = actions.withdraw(adoption=adoption, by=make_coordinator())
    Practice.objects.update(city=trier)
    actions.save_details(
        adoption=withdrawn, fields=["experience"], with_numbers=True, by=make_user("author", city=trier)
    )
    with pytest.raises(actions.OwnThingError):
        adopt(practice, city=trier)
    with pytest.raises(IntegrityError, match="of the own city"), transaction.atomic():
        Adoption.objects.filter(pk=adoption.pk).update(withdrawn_at=None)


def bring_in(**said: Any) -> Report:
    practice = Practice.objects.get()
    lines = [{"external_id": practice.external_id, "title": "Neuer Titel"} | said]
    return import_lines([json.dumps(line).encode() for line in lines], Options(overwrites=True))


@pytest.mark.parametrize(
    "names", [lambda ags: {"city": {"ags": ags}}, lambda ags: {"partner_cities": [{"ags": ags}]}]
)
def test_a_file_is_refused_with_the_line_that_names_an_adopter_as_maker(
    adoption: Adoption, trier: City, names: Any
) -> None:
    Practice.objects.update(external_id="archiv-1")
    with pytest.raises(ImportRefusedError) as refused:
        bring_in(**names(trier.ags))
    (problem,) = refused.value.problems
    assert problem.line == 1
    assert STANDS_AGAINST in problem.message
    assert Practice.objects.get().title == "Baumpaten"
    actions.withdraw(adoption=adoption, by=make_coordinator())
    assert bring_in(**names(trier.ags)).updated == 1


def test_a_partner_has_a_part_in_it_and_takes_nothing_over(trier: City) -> None:
    practice = make_practice("Gemeinsames")
    practice.partner_cities.add(trier)
    with pytest.raises(actions.OwnThingError):
        adopt(practice, city=trier)
    author = make_user("author", city=trier)
    client, address = logged_in(author), f"/praxis/{practice.pk}/uebernehmen/"
    assert "/uebernehmen/" not in client.get(practice.get_absolute_url()).content.decode()
    assert client.get(address).status_code == 403
    coordination = logged_in(make_coordinator()).post(address, FORM | {"city": "Trier"})
    assert "allein oder mit anderen" in coordination.context["form"].errors["city"][0]
    author.memberships.create(city=make_city("Speyer"), role="author")
    assert "/uebernehmen/" in client.get(practice.get_absolute_url()).content.decode()
    client.post(address, FORM)
    assert Adoption.objects.get().city.name == "Speyer"


def test_an_adopter_is_refused_as_a_partner_unless_it_was_one_before(adoption: Adoption, trier: City) -> None:
    practice = Practice.objects.get()
    client = logged_in(make_coordinator())
    answer = save(client, practice, "einordnung", partner_cities="Trier", starts="2024")
    assert answer.status_code == 422
    assert STANDS_AGAINST in answer.context["form"].errors["partner_cities"][0]
    practice.partner_cities.add(trier)  # as it may stand there from before
    assert save(client, practice, "einordnung", partner_cities="Trier", starts="2024").status_code == 302
    practice.refresh_from_db()
    assert practice.starts == "2024"


def test_an_old_version_does_not_make_a_partner_of_an_adopter(trier: City) -> None:
    practice, by = published("Baumpaten"), make_coordinator()
    write_ups.save(practice=practice, by=by, fields=[], links=Links(partner_cities=[trier]))
    write_ups.save(practice=practice, by=by, fields=[], links=Links(partner_cities=[]))
    number = len(practice.events.all())  # type: ignore[attr-defined]
    assert number
    adopt(practice, city=trier)
    planned = plan(practice=practice, number=2, reader=by)
    assert [text for text in planned.hindrances if STANDS_AGAINST in text]


def test_one_failure_at_night_keeps_no_other_from_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = adopt(confirmed=True), adopt(confirmed=True)
    waiting = adopt(by=make_coordinator())
    long_ago = asks.lapse_day().replace(year=2020)
    Adoption.objects.filter(pk__in=[first.pk, second.pk]).update(next_check_on=long_ago)
    Adoption.objects.filter(pk=waiting.pk).update(updated_at="2020-01-01T00:00Z")
    lapse = actions.lapse

    def fails_once(*, adoption_id: int, before: Any) -> bool:
        if adoption_id == first.pk:
            raise IntegrityError
        return lapse(adoption_id=adoption_id, before=before)

    monkeypatch.setattr(actions, "lapse", fails_once)
    ask_whether_adoptions_hold()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.confirmed_on is None, second.confirmed_on is None) == (False, True)
    assert waiting.asks.exists()
