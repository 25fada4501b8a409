"""Two who write on one adoption in the same moment: nobody waits for ever, and the second one is told."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from practices.adoption import actions
from practices.adoption.counting import locked_subject
from practices.models import Adoption
from tests.factories import logged_in, make_user
from tests.practices.adoption.rows import adopt
from tests.practices.adoption.test_pages import details
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
