"""Two who write on one adoption in the same moment: nobody waits for ever, and the second one is told."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from practices.adoption import actions
from practices.adoption.actions import Standing
from practices.adoption.counting import locked_subject
from practices.adoption.enums import Stage
from practices.models import Adoption
from tests.factories import logged_in, make_user
from tests.practices.adoption.rows import adopt
from tests.practices.adoption.test_pages import details, text_of
from tests.support.at_once import LONGEST, begun

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_saves_what_came_of_it_while_the_other_confirms() -> None:
    adoption = adopt()
    leader = make_user("leader", city=adoption.city)
    author = logged_in(make_user("author", city=adoption.city))
    with transaction.atomic():
        locked_subject(adoption)
        saving = begun(author.post, f"/uebernahmen/{adoption.pk}/bearbeiten/", details(adoption))
        actions.confirm(adoption=adoption, by=leader)
    assert saving.result(LONGEST).status_code == 302
    adoption.refresh_from_db()
    assert adoption.adoption_figures.get().amount == 12_000
    assert adoption.confirmed_on is None, "the new number has not been confirmed by anybody"


def test_of_two_who_say_how_far_the_city_is_the_second_is_shown_what_the_first_said() -> None:
    adoption = adopt(stage="pilot", since="2024-03")
    client = logged_in(make_user("author", city=adoption.city))
    sent = {"stage": "live", "since": "2025", "remark": "Seit Januar überall.", "version": adoption.version}
    ended = Standing("ended", "2025-02", "Der Vertrag ist ausgelaufen.")
    with transaction.atomic():
        actions.move(adoption=adoption, standing=ended, by=make_user("manager", city=adoption.city))
        moving = begun(client.post, f"/uebernahmen/{adoption.pk}/stand/", sent)
    answer = moving.result(LONGEST)
    assert answer.status_code == 422
    now = f"jemand anderes gespeichert; jetzt steht hier: {Stage.ENDED.label} seit 02/2025"
    assert now in text_of(answer)
    assert "Seit Januar überall." in answer.content.decode()
    adoption.refresh_from_db()
    assert adoption.stage == "ended"
    assert adoption.steps.count() == 2


@pytest.mark.parametrize("answer", [actions.confirm, actions.withdraw])
def test_what_is_answered_while_it_is_about_to_lapse_does_not(answer: Callable[..., Adoption]) -> None:
    adoption = adopt(confirmed=True)
    today = timezone.localdate()
    Adoption.objects.update(next_check_on=today - timedelta(days=91))
    with transaction.atomic():
        answered = answer(adoption=adoption, by=make_user("manager", city=adoption.city))
        lapsing = begun(actions.lapse, adoption_id=adoption.pk, before=today - timedelta(days=90))
    assert lapsing.result(LONGEST) is False
    adoption.refresh_from_db()
    assert (adoption.confirmed_on, adoption.withdrawn_at) == (answered.confirmed_on, answered.withdrawn_at)
