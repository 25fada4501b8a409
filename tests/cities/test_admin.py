"""Cities in Django's admin, for operators."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cities.enums import NetworkStatus
from cities.models import City
from notifications.jobs import run_waiting
from practices import search_entry
from tests.factories import give_second_factor, logged_in, make_city, make_user
from tests.practices.write_ups import published

pytestmark = pytest.mark.django_db


def operator() -> Client:
    user = make_user(is_staff=True, is_superuser=True)
    give_second_factor(user)
    return logged_in(user)


def test_operator_finds_a_city_by_name_and_key() -> None:
    make_city("Wörth am Rhein", ags="07334501")
    make_city("Speyer")
    client = operator()
    for typed in ("wörth", "worth", "07334501"):
        shown = client.get("/admin/cities/city/", {"q": typed}).content.decode()
        assert "Wörth am Rhein" in shown
        assert "Speyer" not in shown


def test_operator_moves_a_page_and_the_former_address_is_kept() -> None:
    city = make_city(slug="alt")
    assert changed(city, slug="neu").status_code == 302
    assert list(City.objects.get().former_slugs.values_list("slug", flat=True)) == ["alt"]


def test_a_city_renamed_by_an_operator_is_found_under_its_new_name_in_all_that_names_it() -> None:
    city, other = make_city("Altstadt am Berg"), make_city("Speyer")
    own, shared = published("Bäume gießen", city=city), published("Bäume pflanzen", city=other)
    shared.partner_cities.add(city)
    for practice in (own, shared):
        search_entry.refresh(practice)
    assert changed(city, name="Quellenhausen").status_code == 302
    run_waiting()
    found = logged_in(None).get("/praxis/", {"q": "Quellenhausen"}).text
    assert "Bäume gießen" in found
    assert "Bäume pflanzen" in found


def test_where_a_city_stands_is_changed_by_the_coordination_alone() -> None:
    """There it gets its record and the mails to the city's people."""
    city, outside = make_city("Speyer"), make_city("Draußen", status=NetworkStatus.OUTSIDE)
    assert changed(city, status=NetworkStatus.FORMER).status_code == 302
    city.refresh_from_db()
    assert city.status == NetworkStatus.MEMBER
    client = operator()
    for one, way in ((city, f"/koordination/staedte/{city.slug}/"), (outside, reverse("cities:admission"))):
        page = client.get(f"/admin/cities/city/{one.pk}/change/").text
        assert f'href="{way}"' in page
        assert 'name="status"' not in page
    assert client.get("/admin/cities/city/add/").status_code == 200


def changed(city: City, **values: str) -> Any:
    client = operator()
    form = client.get(f"/admin/cities/city/{city.pk}/change/").context["adminform"].form
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    management = {
        f"{prefix}-{part}": 0
        for prefix in ("memberships", "former_slugs")
        for part in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    return client.post(f"/admin/cities/city/{city.pk}/change/", {**data, **management, **values})


def test_cities_are_not_deleted() -> None:
    city = make_city()
    client = operator()
    assert client.post(f"/admin/cities/city/{city.pk}/delete/", {"post": "yes"}).status_code == 403
    assert City.objects.exists()


@pytest.mark.parametrize("name", ["membership", "invitation", "registerimport"])
def test_lists_open(name: str) -> None:
    client = operator()
    assert client.get(f"/admin/cities/{name}/").status_code == 200
