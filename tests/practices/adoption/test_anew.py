"""What was confirmed and is changed: people are told before, and its page stays."""

import pytest

from practices.adoption import actions
from practices.models import Practice
from tests.factories import logged_in, make_city, make_coordinator, make_practice, make_user
from tests.practices.adoption.rows import adopt, saved
from tests.practices.adoption.test_pages import details, text_of

pytestmark = pytest.mark.django_db
WARNING = "Diese Übernahme ist bestätigt."


def test_changing_a_number_is_warned_of_and_the_page_stays_without_what_nobody_has_confirmed() -> None:
    adoption = adopt(make_practice("Baumpaten"), city=make_city("Übernehmstadt"))
    author, visitor = logged_in(make_user("author", city=adoption.city)), logged_in(None)
    page, editing = adoption.get_absolute_url(), f"{adoption.get_absolute_url()}bearbeiten/"
    assert WARNING not in text_of(author.get(editing))
    assert visitor.get(page).status_code == 404
    leader = make_user("leader", city=adoption.city)
    actions.confirm(adoption=adoption, by=leader)
    assert WARNING in text_of(author.get(editing))
    assert WARNING in text_of(author.get(f"{page}stand/"))
    answer = text_of(author.post(editing, details(adoption), follow=True))
    assert "jetzt neu zu bestätigen" in answer
    assert "Wird gerade neu bestätigt" in answer
    public = visitor.get(page)
    assert public.status_code == 200
    assert "Wird gerade neu bestätigt" in text_of(public)
    for hidden in ("12.000", "Es ging schnell", "im Einsatz", "Ein Satz dazu"):
        assert hidden not in text_of(public)
    assert "Baumpaten" not in text_of(visitor.get(adoption.city.get_absolute_url()))
    adoption.refresh_from_db()
    actions.confirm(adoption=adoption, by=leader)
    assert "12.000" in text_of(visitor.get(page))
    actions.withdraw(adoption=adoption, by=leader)
    assert visitor.get(page).status_code == 404


def test_what_the_public_may_not_read_is_not_reachable_by_its_adoption() -> None:
    practice = make_practice()
    adoption = adopt(practice, confirmed=True)
    saved(adoption, 5)
    actions.save_details(
        adoption=adoption, fields=[], with_numbers=True, by=make_user("author", city=adoption.city)
    )
    visitor = logged_in(None)
    for state in ({"visibility": "network"}, {"visibility": "anonymous"}, {"status": "draft"}):
        Practice.objects.filter(pk=practice.pk).update(**{"visibility": "public"} | state)
        assert visitor.get(adoption.get_absolute_url()).status_code == 404, state


def test_what_was_confirmed_once_is_not_withdrawn_by_an_author() -> None:
    adoption = adopt(confirmed=True)
    author = logged_in(make_user("author", city=adoption.city))
    author.post(f"{adoption.get_absolute_url()}bearbeiten/", details(adoption))
    adoption.refresh_from_db()
    assert adoption.confirmed_on is None
    address = f"{adoption.get_absolute_url()}zurueckziehen/"
    assert author.post(address).status_code == 403
    assert address not in author.get(adoption.get_absolute_url()).text
    never = adopt(city=adoption.city)
    assert author.post(f"{never.get_absolute_url()}zurueckziehen/").status_code == 302
    assert logged_in(make_coordinator()).post(address).status_code == 302
