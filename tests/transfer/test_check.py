"""Does it fit us? What the check says of each line, who sees it, and what a city clarifies."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from cities.enums import Role
from cities.models import City, Product, ProductUse
from practices.enums import Status, Visibility
from practices.models import AdoptionFigure, Figure, Practice, UsedProduct
from practices.transfer.enums import Line, Verdict
from tests.factories import logged_in, make_city, make_coordinator, make_practice, make_user
from tests.practices.adoption.rows import adopt
from tests.transfer.rows import address, note

pytestmark = pytest.mark.django_db


def checked(practice: Practice, city: City) -> dict[str, Any]:
    """The lines as somebody of the city sees them, by line."""
    client = logged_in(make_user(Role.AUTHOR, city=city))
    response = client.get(address(practice))
    assert response.status_code == 200
    return {line.line: line for line in response.context["check"].lines}


def cost(practice: Practice, amount: str, kind: str = "cost_once", basis: str = "measured") -> None:
    Figure.objects.create(practice=practice, kind=kind, amount=Decimal(amount), basis=basis)


@pytest.mark.parametrize(
    ("population", "verdict"),
    [(40_000, Verdict.FITS), (20_000, Verdict.FITS), (19_000, Verdict.ADAPT), (200_000, Verdict.ADAPT)],
)
def test_size_fits_up_to_twice_as_large(there: City, population: int, verdict: Verdict) -> None:
    line = checked(make_practice(city=there), make_city(population=population))[Line.SIZE]
    assert line.verdict == verdict
    assert all(said.url for said in line.finding.said[:2])


def test_size_that_is_not_known_is_unknown(there: City) -> None:
    line = checked(make_practice(city=there), make_city(population=None, population_date=None))[Line.SIZE]
    assert line.verdict == Verdict.UNKNOWN
    assert "Einwohnerzahl" in line.finding.unknown


@pytest.mark.parametrize(
    ("amount", "verdict"),
    [
        ("20000", Verdict.FITS),  # less than a euro each
        ("100000", Verdict.FITS),  # 3,33 here, 2,50 there: about the same
    ],
)
def test_cost_is_measured_against_the_number_of_people(
    there: City, here: City, amount: str, verdict: Verdict
) -> None:
    practice = make_practice(city=there)
    cost(practice, amount)
    line = checked(practice, here)[Line.COST]
    assert line.verdict == verdict
    assert all(said.url for said in line.finding.said)


def test_cost_that_is_much_for_few_people_is_in_the_way(there: City) -> None:
    practice = make_practice(city=there)
    cost(practice, "100000")
    small, tiny = make_city(population=12_000), make_city(population=2_000)
    assert checked(practice, small)[Line.COST].verdict == Verdict.ADAPT  # 8,33 € each
    line = checked(practice, tiny)[Line.COST]
    assert line.verdict == Verdict.BLOCKS
    assert any("50\N{NO-BREAK SPACE}€" in said.text for said in line.finding.said)


def test_estimates_are_not_added_to_what_was_measured(there: City, here: City) -> None:
    practice = make_practice(city=there)
    cost(practice, "30000")
    cost(practice, "30000", basis="estimated")
    said = [each.text for each in checked(practice, here)[Line.COST].finding.said]
    assert any("1\N{NO-BREAK SPACE}€" in text for text in said)
    assert not any("2\N{NO-BREAK SPACE}€" in text for text in said)


def test_what_nobody_has_said_is_unknown(there: City, here: City) -> None:
    lines = checked(make_practice(city=there), here)
    for line in (Line.PREREQUISITES, Line.STAFF, Line.PRODUCTS, Line.COST):
        assert lines[line].verdict == Verdict.UNKNOWN
        assert lines[line].finding.unknown
    assert Line.EXCLUSIONS not in lines


def test_texts_of_the_write_up_are_led_to(there: City, here: City) -> None:
    practice = make_practice(
        city=there, prerequisites="<p>Ein Server.</p>", unsuitable_for="<p>Dörfer.</p>", legal="<p>DSGVO.</p>"
    )
    lines = checked(practice, here)
    assert lines[Line.PREREQUISITES].finding.said[0].url.endswith("#prerequisites")
    assert lines[Line.EXCLUSIONS].verdict == Verdict.UNKNOWN
    assert lines[Line.LAW].finding.said[0].url.endswith("#legal")
    Practice.objects.filter(pk=practice.pk).update(adaptation="<p>Die Satzung.</p>")
    assert checked(practice, here)[Line.PREREQUISITES].verdict == Verdict.ADAPT


def test_staff_fits_where_it_takes_few_days(there: City, here: City) -> None:
    practice = make_practice(city=there)
    cost(practice, "8", kind="effort_days")
    assert checked(practice, here)[Line.STAFF].verdict == Verdict.FITS
    cost(practice, "60", kind="effort_days", basis="estimated")
    assert checked(practice, here)[Line.STAFF].verdict == Verdict.UNKNOWN


def test_law_differs_by_state_and_by_duties(there: City, here: City) -> None:
    practice = make_practice(city=there)
    assert checked(practice, here)[Line.LAW].verdict == Verdict.UNKNOWN
    assert checked(practice, make_city(ags="06999111", designation="61"))[Line.LAW].verdict == Verdict.ADAPT
    in_district = checked(practice, make_city(designation="63"))[Line.LAW]
    assert in_district.verdict == Verdict.ADAPT
    assert any("Aufgabe des Kreises" in said.text for said in in_district.finding.said)


def use(city: City, name: str, purpose: str = "Bürgerbeteiligung") -> None:
    product, _made = Product.objects.get_or_create(name=name, slug=name.lower())
    ProductUse.objects.create(city=city, product=product, purpose=purpose)


def test_products_are_compared_however_they_are_written(there: City, here: City) -> None:
    practice = make_practice(city=there)
    UsedProduct.objects.create(practice=practice, product="Müller-Portal", purpose="Bürgerbeteiligung")
    assert checked(practice, here)[Line.PRODUCTS].verdict == Verdict.UNKNOWN
    use(here, "Anderes")
    line = checked(practice, here)[Line.PRODUCTS]
    assert line.verdict == Verdict.ADAPT
    assert any("nutzen Sie Anderes" in said.text for said in line.finding.said)
    use(here, "mueller-portal", "Mitmachen")
    assert checked(practice, here)[Line.PRODUCTS].verdict == Verdict.FITS


def test_anonymous_write_up_betrays_neither_size_nor_state(here: City) -> None:
    hidden = make_city("Geheimstadt", ags="08111111", population=123_456, designation="61")
    practice = make_practice(city=hidden, visibility=Visibility.ANONYMOUS)
    cost(practice, "90000")
    client = logged_in(make_user(Role.LEADER, city=here))
    for path in (address(practice), practice.get_absolute_url(), address(practice, "kosten")):
        shown = client.get(path).content.decode()
        for secret in ("Geheimstadt", "123.456", "Baden-Württemberg", "0,73"):
            assert secret not in shown
    lines = checked(practice, here)
    assert lines[Line.SIZE].verdict == lines[Line.LAW].verdict == Verdict.UNKNOWN


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.MANAGER, Role.LEADER])
def test_every_role_of_another_city_sees_it_on_the_page(there: City, here: City, role: Role) -> None:
    practice = make_practice(city=there)
    shown = logged_in(make_user(role, city=here)).get(practice.get_absolute_url()).content.decode()
    assert "Passt das zu Kleindorf?" in shown
    assert address(practice) in shown


def test_nobody_else_sees_it(there: City) -> None:
    practice = make_practice(city=there)
    for person in (None, make_coordinator(), make_user(Role.AUTHOR, city=there)):
        client = logged_in(person)
        assert "Passt das zu" not in client.get(practice.get_absolute_url()).content.decode()
        assert client.get(address(practice)).status_code == (403 if person else 302)
    draft = make_practice(city=there, status=Status.DRAFT)
    assert logged_in(make_user(Role.AUTHOR)).get(address(draft)).status_code == 404


def test_whoever_acts_for_two_cities_chooses(there: City, here: City) -> None:
    person = make_user(Role.AUTHOR, city=here)
    other = make_city("Zweitstadt", population=90_000)
    person.memberships.create(city=other, role=Role.AUTHOR)
    practice = make_practice(city=there)
    client = logged_in(person)
    assert client.get(address(practice)).context["city"] == here
    assert client.get(f"{address(practice)}?stadt={other.slug}").context["city"] == other
    assert client.get(f"{address(practice)}?stadt={there.slug}").context["city"] == here


def test_checking_costs_few_queries(
    there: City, here: City, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    practice = make_practice(city=there)
    for number in range(20):
        use(here, f"Produkt{number}")
    for line in Line:
        note(practice, here, line=line)
    person: User = make_user(Role.AUTHOR, city=here)
    client: Client = logged_in(person)
    client.get(address(practice))
    with django_assert_max_num_queries(6):
        client.get(address(practice))
    with django_assert_max_num_queries(8):
        client.get(practice.get_absolute_url())


def test_the_same_land_alone_does_not_fit_in_law(there: City, here: City) -> None:
    practice = make_practice(city=there)
    client = logged_in(make_user(Role.MANAGER, city=here))
    page = client.get(practice.get_absolute_url()).content.decode()
    assert "gleiches Landesrecht; Satzungen bitte prüfen" in page
    note(practice, here, line=Line.LAW)
    assert checked(practice, here)[Line.LAW].verdict == Verdict.FITS
    assert "Satzungen bitte prüfen" not in client.get(practice.get_absolute_url()).content.decode()


def took(practice: Practice, city: City, **amounts: int) -> None:
    """The city has confirmed what it needed."""
    adoption = adopt(practice, city=city, confirmed=True)
    for kind, amount in amounts.items():
        AdoptionFigure.objects.create(adoption=adoption, kind=kind, amount=amount, basis="measured")


def test_what_adopters_have_confirmed_answers_where_the_write_up_does_not(there: City, here: City) -> None:
    practice = make_practice(city=there)
    took(practice, make_city("Fernstadt", population=300_000), effort_days=400, cost_yearly=900_000)
    took(practice, make_city("Nahstadt", population=24_000), effort_days=12, cost_yearly=12_000)
    took(practice, here, effort_days=1, cost_yearly=1)
    lines = checked(practice, here)
    staff, costs = ([said.text for said in lines[line].finding.said] for line in (Line.STAFF, Line.COST))
    assert staff[0] == "Der Beitrag selbst nennt keinen Aufwand in Personentagen."
    assert staff[1].startswith("Nahstadt brauchte 12 Personentage (bestätigt")
    assert staff[2].startswith("Fernstadt brauchte 400")
    assert lines[Line.STAFF].verdict == Verdict.UNKNOWN
    assert lines[Line.STAFF].finding.said[1].url.startswith("/uebernahmen/")
    euros = [text.replace("\N{NO-BREAK SPACE}", " ") for text in costs]
    assert "Auf Kleindorf gerechnet 0,40 € je Einwohner im Jahr" in euros
    assert "Auf Nahstadt gerechnet 0,50 € je Einwohner im Jahr" in euros
    assert "Darin enthalten: 12.000 € im Jahr." in euros
    assert lines[Line.COST].verdict == Verdict.FITS
    assert not any("Kleindorf brauchte" in text for text in staff + costs)


def test_few_days_of_the_author_do_not_hide_the_many_of_an_adopter(there: City, here: City) -> None:
    practice = make_practice(city=there)
    cost(practice, "8", kind="effort_days")
    took(practice, make_city("Nahstadt", population=24_000), effort_days=40)
    assert checked(practice, here)[Line.STAFF].verdict == Verdict.UNKNOWN


def test_cost_says_what_is_in_it_and_what_is_not(there: City, here: City) -> None:
    practice = make_practice(city=there)
    cost(practice, "38500")
    cost(practice, "6000", kind="cost_yearly", basis="estimated")
    cost(practice, "7200", kind="cost_yearly")
    finding = checked(practice, here)[Line.COST].finding
    said = [each.text.replace("\N{NO-BREAK SPACE}", " ") for each in finding.said]
    inside = "Darin enthalten: 38.500 € einmalig und 7.200 € im Jahr."
    assert f"{inside} Nicht enthalten: 6.000 € im Jahr (geschätzt)." in said
    assert "Auf Kleindorf gerechnet 1,28 € je Einwohner, einmalig" in said
    assert "Auf Kleindorf gerechnet 0,24 € je Einwohner im Jahr" in said
    assert finding.caveat == "nicht alle genannten Kosten gerechnet"
    Figure.objects.filter(practice=practice, kind="cost_yearly", basis="estimated").delete()
    assert checked(practice, here)[Line.COST].finding.caveat == ""


def test_little_that_is_paid_once_does_not_hide_much_a_year(there: City) -> None:
    practice = make_practice(city=there)
    cost(practice, "1000")
    small = make_city(population=2_000)
    assert checked(practice, small)[Line.COST].verdict == Verdict.FITS
    cost(practice, "100000", kind="cost_yearly")
    assert checked(practice, small)[Line.COST].verdict == Verdict.BLOCKS
