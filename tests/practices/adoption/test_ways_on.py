"""Where an entry begins or ends, the page says what will happen and where it goes on."""

from typing import Any

import pytest

from accounts.models import User
from cities.enums import Role
from cities.models import City, Membership
from practices.adoption import actions
from practices.models import Adoption
from tests.factories import logged_in, make_city, make_practice, make_user
from tests.practices.adoption.rows import adopt, saved
from tests.practices.adoption.test_pages import text_of
from tests.practices.blocks.rows import make_block

pytestmark = pytest.mark.django_db
RESUMES = "Übernehmstadt hatte das schon eingetragen. Der Eintrag wird wieder aufgenommen."
NO_MORE = "Zurückziehen können diesen Eintrag nur noch Leitung und Verwaltung"


@pytest.fixture
def city() -> City:
    return make_city("Übernehmstadt")


@pytest.fixture
def author(city: City) -> User:
    return make_user("author", city=city)


def withdrawn(city: City, by: User) -> Adoption:
    adoption = adopt(city=city, by=by, stage="pilot", since="2024-03", remark="Wir beginnen mit zwei Ämtern.")
    saved(adoption, 12_000)
    return actions.withdraw(adoption=adoption, by=by)


def test_what_was_withdrawn_is_taken_up_again_as_it_was(city: City, author: User) -> None:
    adoption, client = withdrawn(city, author), logged_in(author)
    address = f"/praxis/{adoption.practice_id}/uebernehmen/"
    page = client.get(address)
    assert RESUMES in text_of(page)
    assert "der Stand war: im Pilotbetrieb seit 03/2024. Texte, Zahlen und Dateien" in text_of(page)
    assert f'href="{adoption.get_absolute_url()}"' in page.content.decode()
    form = page.context["form"]
    shown = {name: form[name].value() for name in ("stage", "since", "remark")}
    assert shown == {"stage": "pilot", "since": "03/2024", "remark": "Wir beginnen mit zwei Ämtern."}
    assert RESUMES in text_of(client.post(address, shown | {"since": "neulich"}))
    assert client.post(address, shown)["Location"] == adoption.get_absolute_url()
    adoption.refresh_from_db()
    assert (adoption.withdrawn_at, adoption.stage, adoption.steps.count()) == (None, "pilot", 1)
    assert adoption.adoption_figures.get().amount == 12_000


def test_whoever_acts_for_several_cities_is_told_of_which(city: City, author: User) -> None:
    adoption = withdrawn(city, author)
    Membership.objects.create(user=author, city=make_city("Andere"), role=Role.AUTHOR)
    page = logged_in(User.objects.get(pk=author.pk)).get(f"/praxis/{adoption.practice_id}/uebernehmen/")
    assert RESUMES in text_of(page)
    assert page.context["form"]["stage"].value() == "interested"


def test_others_learn_nothing_of_what_was_withdrawn(city: City, author: User) -> None:
    adoption = withdrawn(city, author)
    page = logged_in(make_user("author")).get(f"/praxis/{adoption.practice_id}/uebernehmen/")
    assert "hatte das schon eingetragen" not in text_of(page)
    assert "Übernehmstadt" not in text_of(page)
    assert page.context["form"]["remark"].value() in {None, ""}


@pytest.mark.parametrize(("make", "path"), [(make_practice, "praxis"), (make_block, "bausteine")])
def test_from_what_ones_own_city_has_made_the_way_leads_back_to_it(make: Any, path: str) -> None:
    thing = make()
    client = logged_in(make_user("author", city=thing.city))
    answer = client.get(f"/{path}/{thing.pk}/uebernehmen/")
    assert answer.status_code == 403
    assert "Das muss Ihre Stadt nicht übernehmen" in text_of(answer)
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    assert f'href="{thing.get_absolute_url()}"' in main
    assert "mailto:" not in main


def test_who_can_withdraw_no_more_is_told_why(city: City, author: User) -> None:
    adoption, client = adopt(city=city, by=author), logged_in(author)
    address = adoption.get_absolute_url()
    assert f'href="{address}zurueckziehen/"' in client.get(address).content.decode()
    assert NO_MORE not in text_of(client.get(address))
    manager = make_user("manager", city=city)
    actions.confirm(adoption=adoption, by=manager)
    page = client.get(address)
    assert f'href="{address}zurueckziehen/"' not in page.content.decode()
    assert NO_MORE in text_of(page)
    for reader in (manager, make_user("author"), None):
        assert NO_MORE not in text_of(logged_in(reader).get(address))
