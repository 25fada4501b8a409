"""Write-ups whose contact is gone are found, shown to those who can help, and handed over."""

from typing import Any

import pytest

from accounts.models import User
from cities.models import City, Membership
from practices.enums import Status
from practices.models import Practice, Review
from practices.reviews import actions as reviews
from practices.reviews.actions import Opinion
from tests.desks import tasks_of
from tests.factories import logged_in, make_city, make_coordinator, make_practice, make_user

pytestmark = pytest.mark.django_db
PAGE = "/praxis/ohne-ansprechstelle/"


@pytest.fixture
def city() -> City:
    return make_city("Landau in der Pfalz", contact_name="Stadtbüro", contact_email="stadt@example.org")


@pytest.fixture
def leaving(city: City) -> User:
    return make_user("author", city=city, name="Vera Geht", email="vera@example.org")


@pytest.fixture
def manager(city: City) -> User:
    return make_user("manager", city=city, name="Martin Bleibt")


def of(person: User | None, city: City, title: str = "Bäume gießen", **fields: Any) -> Practice:
    values: dict[str, Any] = {
        "contact_user": person,
        "contact_name": "",
        "contact_email": person.email if person else "",
    }
    return make_practice(title, city=city, **values | fields)


def test_a_person_who_leaves_makes_orphans_without_telling_anybody(
    city: City, leaving: User, manager: User
) -> None:
    practice = of(leaving, city)
    client = logged_in(manager)
    assert list(Practice.objects.orphaned()) == []
    membership = leaving.memberships.get()
    page = client.get(f"/staedte/{city.slug}/personen/{membership.pk}/entfernen/").content.decode()
    assert "Vera Geht ist Ansprechperson für 1 Beitrag" in page
    client.post(f"/staedte/{city.slug}/personen/{membership.pk}/entfernen/")
    assert list(Practice.objects.orphaned()) == [practice]
    assert "1 Beitrag ohne Ansprechstelle" in client.get("/mein/").content.decode()
    shown = tasks_of(logged_in(make_coordinator()), "orphans")
    assert (shown.total, [task.title for task in shown.rows]) == (1, [practice.title])
    assert shown.rows[0].note == "bisher Vera Geht"
    assert "bisher Vera Geht" in client.get(PAGE).content.decode()


def test_what_counts_as_an_orphan(city: City, leaving: User) -> None:
    partner_city = make_city()
    helper = make_user("author", city=partner_city)
    of(leaving, city)
    of(make_coordinator(), city)
    of(None, city, contact_email="amt@example.org")
    of(None, city, contact_phone="0631 1")
    of(None, city, status=Status.DRAFT)
    with_partner = of(helper, city)
    with_partner.partner_cities.add(partner_city)
    assert list(Practice.objects.orphaned()) == []
    closed = of(make_user("author", city=city, is_active=False), city)
    elsewhere = of(make_user("author"), city)
    nobody = of(None, city)
    of(make_user("author"), city, status=Status.ARCHIVED)
    assert set(Practice.objects.orphaned()) == {closed, elsewhere, nobody}


def test_managers_see_their_own_city_alone(city: City, manager: User) -> None:
    of(None, city, "Eigener")
    of(None, make_city(), "Fremder")
    page = logged_in(manager).get(PAGE).content.decode()
    assert "Eigener" in page
    assert "Fremder" not in page
    both = logged_in(make_coordinator()).get(PAGE).content.decode()
    assert "Eigener" in both
    assert "Fremder" in both
    assert logged_in(make_user("author", city=city)).get(PAGE).status_code == 403


def test_all_of_a_leaving_person_are_handed_over_at_once(city: City, leaving: User, manager: User) -> None:
    practices = [of(leaving, city, f"Nr. {number}") for number in range(3)]
    reviews.give(practice=practices[0], opinion=Opinion("convinces", convinced="Gut."), by=make_coordinator())  # type: ignore[arg-type]
    leaving.memberships.all().delete()
    key = f"{city.pk}-{leaving.pk}"
    client = logged_in(manager)
    data = {"group": key, f"{key}-practices": [one.pk for one in practices[:2]], f"{key}-to": str(manager.pk)}
    missing = client.post(PAGE, data | {f"{key}-to": ""})
    assert missing.status_code == 422
    assert "wer es übernimmt" in missing.content.decode()
    response = client.post(PAGE, data, follow=True)
    assert "2 Beiträge haben eine neue Ansprechstelle." in response.content.decode()
    first = Practice.objects.get(pk=practices[0].pk)
    assert (first.contact_user, first.contact_name, first.contact_email) == (
        manager,
        manager.name,
        manager.email,
    )
    assert first.version == practices[0].version + 1, "an open editor must notice"
    assert not first.is_check_outdated, "the text is the same"
    assert Review.objects.get().practice_version == first.version
    assert list(Practice.objects.orphaned()) == [practices[2]]


def test_city_and_deputy_take_over_and_a_missing_deputy_is_told(
    city: City, leaving: User, manager: User
) -> None:
    with_deputy = of(leaving, city, "Mit", deputy_name="Amt 2", deputy_email="amt2@example.org")
    without = of(leaving, city, "Ohne")
    Membership.objects.filter(user=leaving).delete()
    key = f"{city.pk}-{leaving.pk}"
    client = logged_in(manager)
    data = {"group": key, f"{key}-practices": [with_deputy.pk, without.pk], f"{key}-to": "deputy"}
    page = client.post(PAGE, data, follow=True).content.decode()
    assert "„Ohne“ hat keine Vertretung" in page
    with_deputy.refresh_from_db()
    assert (with_deputy.contact_name, with_deputy.contact_email) == ("Amt 2", "amt2@example.org")
    assert with_deputy.deputy_email == ""
    client.post(PAGE, data | {f"{key}-practices": [without.pk], f"{key}-to": "city"})
    without.refresh_from_db()
    assert (without.contact_name, without.contact_email) == ("Stadtbüro", "stadt@example.org")
    assert "Alle Beiträge haben eine Ansprechstelle" in client.get(PAGE).content.decode()


def test_nobody_is_handed_what_is_not_theirs(city: City, manager: User) -> None:
    other = make_city()
    foreign = of(None, other)
    of(None, city)
    key = f"{other.pk}-0"
    data = {"group": key, f"{key}-practices": [foreign.pk], f"{key}-to": str(manager.pk)}
    logged_in(manager).post(PAGE, data)
    mine = f"{city.pk}-0"
    data = {"group": mine, f"{mine}-practices": [foreign.pk], f"{mine}-to": str(manager.pk)}
    assert logged_in(manager).post(PAGE, data).status_code == 422
    foreign.refresh_from_db()
    assert foreign.contact_user is None


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_costs_the_same_for_one_and_for_thirty(
    city: City, manager: User, django_assert_num_queries, number: int
) -> None:
    for _n in range(number):
        of(None, city)
    client = logged_in(manager)
    client.get("/praxis/neu/")
    with django_assert_num_queries(5):
        client.get(PAGE)
