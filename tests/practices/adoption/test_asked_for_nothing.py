"""Nobody is asked for a word that was given with the entry, and an older link says who gave it."""

import pytest
from django.utils import timezone

from cities.models import City
from notifications.models import OutgoingMail
from practices.adoption import actions
from practices.models import Adoption, AdoptionAsk
from tests.factories import logged_in, make_city, make_practice, make_user
from tests.practices.adoption.rows import adopt
from tests.practices.adoption.test_pages import FORM, details, links, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return make_city("Übernehmstadt")


def test_whoever_confirms_with_the_entry_leaves_nobody_to_be_asked(city: City) -> None:
    make_user("leader", city=city)
    manager = logged_in(make_user("manager", city=city))
    adopting = f"/praxis/{make_practice().pk}/uebernehmen/"
    assert manager.post(adopting, FORM | {"do": "confirm"}).status_code == 302
    adoption = Adoption.objects.get()
    moving = FORM | {"stage": "live", "since": "2025", "version": adoption.version, "do": "confirm"}
    assert manager.post(f"{adoption.get_absolute_url()}stand/", moving).status_code == 302
    adoption.refresh_from_db()
    shown = manager.get(f"{adoption.get_absolute_url()}bearbeiten/").context["form"]
    sent = details(adoption) | {"do": "confirm", "base": shown["base"].value()}
    assert manager.post(f"{adoption.get_absolute_url()}bearbeiten/", sent).status_code == 302
    adoption.refresh_from_db()
    assert (adoption.confirmed_on, adoption.stage) == (timezone.localdate(), "live")
    assert adoption.adoption_figures.get().amount == 12_000
    assert not OutgoingMail.objects.filter(subject__startswith="Bitte bestätigen").exists()
    assert not AdoptionAsk.objects.exists()


def test_whoever_only_enters_it_leaves_the_others_asked(city: City) -> None:
    leader = make_user("leader", city=city)
    manager = logged_in(make_user("manager", city=city))
    manager.post(f"/praxis/{make_practice().pk}/uebernehmen/", FORM | {"do": "save"})
    assert OutgoingMail.objects.get(subject__startswith="Bitte bestätigen").to == leader.email


def test_an_older_link_says_who_has_confirmed_it_and_when(city: City) -> None:
    leader, manager = make_user("leader", city=city), make_user("manager", city=city)
    adoption = adopt(city=city, by=make_user("author", city=city))
    (link,) = links(OutgoingMail.objects.get(to=leader.email))
    (own,) = links(OutgoingMail.objects.get(to=manager.email))
    actions.confirm(adoption=adoption, by=manager)
    today, visitor = f"{timezone.localdate():%d.%m.%Y}", logged_in(None)
    page = text_of(visitor.get(link))
    assert "Die Übernahme ist schon bestätigt." in page
    assert f"Bestätigt am {today} von {manager}." in page
    assert "Danke" not in page
    assert "Die Übernahme ist bestätigt. Danke!" in text_of(visitor.get(own))
    leader.memberships.all().delete()  # colleagues are not named to those who have left
    page = text_of(visitor.get(link))
    assert f"Bestätigt am {today}." in page
    assert str(manager) not in page
