"""The rules of the ledger: what can be entered, what counts, and what is refused."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from cities.models import City, Membership
from practices import actions as write_ups
from practices.adoption import actions
from practices.adoption.actions import Standing
from practices.models import Adoption, AdoptionFigure, AdoptionStep, Practice
from search.models import Entry
from tests.factories import make_city, make_coordinator, make_practice, make_user
from tests.practices.adoption.rows import adopt, saved
from tests.practices.blocks.rows import make_block

pytestmark = pytest.mark.django_db


def refused(**fields: Any) -> None:
    adoption = adopt()
    with pytest.raises(IntegrityError), transaction.atomic():
        Adoption.objects.filter(pk=adoption.pk).update(**fields)


def test_only_confirmed_ones_in_use_count_and_the_search_knows() -> None:
    practice = make_practice()
    adopt(practice)
    adopt(practice, stage="interested", confirmed=True)
    practice.refresh_from_db()
    assert practice.adopters == 0
    counted = adopt(practice, stage="pilot", confirmed=True)
    practice.refresh_from_db()
    entry = Entry.objects.get(source=1, object_id=practice.pk)
    assert (practice.adopters, entry.uses) == (1, 1)
    actions.withdraw(adoption=counted, by=make_coordinator())
    practice.refresh_from_db()
    entry.refresh_from_db()
    assert (practice.adopters, entry.uses) == (0, 0)
    assert list(Adoption.objects.filter(practice=practice).counted()) == []


def test_a_block_can_be_taken_over_as_well() -> None:
    block = make_block()
    adopt(block, confirmed=True)
    block.refresh_from_db()
    assert block.adopters == 1
    with pytest.raises(actions.OwnThingError):
        adopt(block, city=block.city)


def test_the_own_city_is_refused_by_action_and_database() -> None:
    practice = make_practice()
    with pytest.raises(actions.OwnThingError):
        adopt(practice, city=practice.city)
    with pytest.raises(DatabaseError, match="of the own city"), transaction.atomic():
        Adoption.objects.create(practice=practice, city=practice.city, stage="live", since="2024")


def test_a_city_enters_a_thing_once_and_takes_up_again_what_it_withdrew() -> None:
    first = adopt()
    with pytest.raises(actions.AlreadyAdoptedError) as error:
        adopt(first.practice, city=first.city)
    assert error.value.adoption == first
    with pytest.raises(IntegrityError), transaction.atomic():
        Adoption.objects.create(practice=first.practice, city=first.city, stage="live", since="2024")
    actions.withdraw(adoption=first, by=make_coordinator())
    again = adopt(first.practice, city=first.city, since="2024-05")
    assert again.pk == first.pk
    assert again.withdrawn_at is None


def test_stages_go_on_in_order_and_back_with_a_reason() -> None:
    adoption = adopt(stage="pilot", since="2024-03", confirmed=True)
    by = make_coordinator()
    with pytest.raises(actions.WrongOrderError):
        actions.move(adoption=adoption, standing=Standing("live", "2023"), by=by)
    with pytest.raises(actions.ReasonMissingError):
        actions.move(adoption=adoption, standing=Standing("examined", "2024-05"), by=by)
    with pytest.raises(actions.ReasonMissingError):
        actions.move(adoption=adoption, standing=Standing("ended", "2024-05", "  "), by=by)
    moved = actions.move(adoption=adoption, standing=Standing("examined", "2024", "Personal fehlt."), by=by)
    assert (moved.stage, moved.remark, moved.confirmed_on) == ("examined", "Personal fehlt.", None)
    assert [step.stage for step in moved.steps.all()] == ["pilot", "examined"]


def test_a_wrong_date_is_corrected_without_another_step() -> None:
    adoption = adopt(stage="pilot", since="2024-03")
    by = make_coordinator()
    adoption = actions.move(adoption=adoption, standing=Standing("live", "2024-05"), by=by)
    moved = actions.move(adoption=adoption, standing=Standing("live", "2024-04"), by=by)
    assert [(step.stage, step.since) for step in moved.steps.all()] == [
        ("pilot", "2024-03"),
        ("live", "2024-04"),
    ]
    with pytest.raises(actions.WrongOrderError):
        actions.move(adoption=moved, standing=Standing("live", "2024-01"), by=by)


@pytest.mark.parametrize(
    "step",
    [
        {"stage": "live", "since": "2023", "previous_stage": "pilot", "previous_since": "2024-03"},
        {"stage": "pilot", "since": "2024", "previous_stage": "live", "previous_since": "2024-03"},
        {"stage": "interested", "since": "2025", "previous_stage": "ended", "previous_since": "2024"},
        {"stage": "rejected", "since": "2025"},
        {"stage": "sleeping", "since": "2025"},
        {"stage": "live", "since": "gestern"},
    ],
)
def test_the_database_refuses_a_step(step: dict[str, str]) -> None:
    adoption = adopt()
    with pytest.raises(IntegrityError), transaction.atomic():
        AdoptionStep.objects.create(adoption=adoption, **step)
    AdoptionStep.objects.create(
        adoption=adoption, **step | {"stage": "live", "since": "2025", "remark": "so"}
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"practice": None},
        {"stage": "sleeping"},
        {"since": ""},
        {"stage": "rejected", "remark": ""},
        {"confirmed_on": timezone.localdate()},
        {"next_check_on": timezone.localdate()},
    ],
)
def test_the_database_refuses_an_adoption(fields: dict[str, Any]) -> None:
    refused(**fields)


@pytest.mark.parametrize(
    "fields", [{"basis": ""}, {"source": ""}, {"amount": -1}, {"kind": "luck"}, {"accuracy": "so lala"}]
)
def test_the_database_refuses_a_number(fields: dict[str, Any]) -> None:
    adoption = adopt()
    with pytest.raises(IntegrityError), transaction.atomic():
        saved(adoption, **{"amount": 5} | fields)
    saved(adoption, 5)
    AdoptionFigure.objects.create(adoption=adoption, kind="effort_days", amount=5, basis="estimated")


def test_what_is_not_published_any_more_cannot_be_taken_over_and_nothing_is_lost(city: City) -> None:
    practice = make_practice()
    before = adopt(practice, confirmed=True)
    write_ups.archive(practice=practice, by=make_coordinator())
    with pytest.raises(actions.NotOpenError):
        adopt(practice, city=city)
    before.refresh_from_db()
    moved = actions.move(
        adoption=before, standing=Standing("ended", "2025", "Vertrag ausgelaufen."), by=make_coordinator()
    )
    assert moved.stage == "ended"
    assert Practice.objects.get(pk=practice.pk).adopters == 0


def test_what_changes_has_to_be_confirmed_anew_and_withdrawn_ones_cannot_be() -> None:
    adoption = adopt(confirmed=True)
    by = make_coordinator()
    actions.save_details(adoption=adoption, fields=["experience"], with_numbers=False, by=by)
    adoption.refresh_from_db()
    assert adoption.confirmed_on == timezone.localdate()
    actions.save_details(adoption=adoption, fields=[], with_numbers=True, by=by)
    adoption.refresh_from_db()
    assert adoption.confirmed_on is None
    actions.withdraw(adoption=adoption, by=by)
    with pytest.raises(actions.WithdrawnError):
        actions.confirm(adoption=adoption, by=make_user("leader", city=adoption.city))


def test_only_manager_and_leader_of_the_adopting_city_confirm() -> None:
    adoption = adopt()
    both = make_coordinator()
    others = [
        make_coordinator(),
        make_user("author", city=adoption.city),
        make_user("leader", city=adoption.subject.city),
    ]
    for person in others:
        with pytest.raises(actions.NotTheirsError):
            actions.confirm(adoption=adoption, by=person)
    adoption.refresh_from_db()
    assert adoption.confirmed_on is None
    Membership.objects.create(user=both, city=adoption.city, role="manager")
    assert actions.confirm(adoption=adoption, by=both).confirmed_by == both


def test_what_nobody_answers_for_counts_no_more() -> None:
    practice = make_practice()
    adoption = adopt(practice, confirmed=True)
    today = timezone.localdate()
    assert not actions.lapse(adoption_id=adoption.pk, before=today)
    Adoption.objects.filter(pk=adoption.pk).update(next_check_on=today - timedelta(days=91))
    assert actions.lapse(adoption_id=adoption.pk, before=today - timedelta(days=90))
    adoption.refresh_from_db()
    assert adoption.confirmed_on is None
    practice.refresh_from_db()
    assert practice.adopters == 0


def test_history_keeps_every_state_with_who() -> None:
    adoption = adopt(stage="pilot")
    by = make_user("manager", city=adoption.city)
    actions.move(adoption=adoption, standing=Standing("live", "2025"), by=by)
    stages = [event.stage for event in adoption.events.order_by("pgh_id")]  # type: ignore[attr-defined]
    assert stages == ["pilot", "live"]
    assert adoption.events.order_by("pgh_id").last().pgh_context.metadata["user"] == by.pk  # type: ignore[attr-defined]


@pytest.fixture
def city() -> City:
    return make_city()
