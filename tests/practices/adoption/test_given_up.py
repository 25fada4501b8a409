"""What was given up reads as given up: at its stage, above its title, in its numbers."""

import pytest

from cities.models import City
from practices.adoption import actions
from practices.adoption.actions import Standing
from practices.models import Adoption
from tests.factories import logged_in, make_city, make_practice, make_user
from tests.practices.adoption.rows import adopt, saved
from tests.practices.adoption.test_pages import FORM, text_of

pytestmark = pytest.mark.django_db
SAID = "hat Ihre Stadt übernommen. Bitte wählen Sie „wieder beendet“."


@pytest.fixture
def city() -> City:
    return make_city("Übernehmstadt")


@pytest.mark.parametrize("stage", ["pilot", "live", "ended"])
def test_what_was_in_use_cannot_become_never_taken_over(city: City, stage: str) -> None:
    adoption = adopt(city=city, stage=stage, remark="Es war zu teuer.")
    address, manager = f"{adoption.get_absolute_url()}stand/", make_user("manager", city=city)
    rejected = {"stage": "rejected", "since": "2025", "remark": "Doch nicht.", "version": adoption.version}
    answer = logged_in(manager).post(address, rejected | {"do": "confirm"})
    assert (answer.status_code, SAID in text_of(answer)) == (422, True)
    assert list(answer.context["form"].errors) == ["stage"]
    assert "Doch nicht." in answer.content.decode()
    with pytest.raises(actions.WasInUseError):
        actions.move(adoption=adoption, standing=Standing("rejected", "2025", "Nein."), by=manager)
    actions.withdraw(adoption=adoption, by=manager)
    again = logged_in(manager).post(
        f"/praxis/{adoption.practice_id}/uebernehmen/", FORM | {"stage": "rejected"}
    )
    assert (again.status_code, SAID in text_of(again)) == (422, True)
    adoption.refresh_from_db()
    assert (adoption.stage, adoption.withdrawn_at is None) == (stage, False)


@pytest.mark.parametrize("stage", ["interested", "examined"])
def test_what_was_only_looked_at_can_be_rejected(city: City, stage: str) -> None:
    adoption = adopt(city=city, stage=stage)
    by = make_user("manager", city=city)
    moved = actions.move(adoption=adoption, standing=Standing("rejected", "2025", "Nein."), by=by)
    assert moved.stage == "rejected"


def test_a_rejection_shows_no_savings_and_what_was_ended_only_former_ones(city: City) -> None:
    practice, by = make_practice("Baumpaten"), make_user("manager", city=city)
    adoption = adopt(practice, city=city, by=by)
    saved(adoption, 12_000)
    saved(adoption, 4_711, kind="cost_once")
    adoption = actions.move(adoption=adoption, standing=Standing("ended", "2025", "Zu teuer."), by=by)
    actions.confirm(adoption=adoption, by=by)
    visitor, former = logged_in(None), "Ersparnis im Jahr, bis es beendet wurde"
    page = text_of(visitor.get(adoption.get_absolute_url()))
    assert "Übernehmstadt hat es wieder beendet" in page
    assert "Übernehmstadt übernimmt" not in page
    assert former in page
    shown = text_of(visitor.get(practice.get_absolute_url()))
    assert former in shown
    assert "Wer sich damit befasst hat" in shown
    assert "Zurzeit hat keine andere Stadt bestätigt, dass sie es im Einsatz" in shown
    # As it could be entered before.
    Adoption.objects.filter(pk=adoption.pk).update(stage="rejected")
    for address in (adoption.get_absolute_url(), practice.get_absolute_url()):
        page = text_of(visitor.get(address))
        assert "12.000" not in page
        assert "Ersparnis im Jahr" not in page
        assert "4.711" in page
    assert "Übernehmstadt übernimmt es nicht" in text_of(visitor.get(adoption.get_absolute_url()))
    assert "Wer es übernommen hat" not in text_of(visitor.get(practice.get_absolute_url()))
