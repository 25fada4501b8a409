"""Who uses what: the list, a product, a city's page, the search, buying together; for members only."""

import datetime as dt
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cities.enums import NetworkStatus, Role
from cities.models import City, Product, ProductUse
from cities.products import search_entry
from cities.products.procurement import MOST_CONTRACTS, Chance, chances
from cities.products.views import CHANCES_PAGE, FIRST_CHANCES, PAGE_SIZE
from practices.enums import Visibility
from practices.models import UsedProduct
from search.folding import german_slug
from tests.factories import logged_in, make_city, make_practice, make_user

pytestmark = pytest.mark.django_db


def in_days(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def use(city: City, name: str = "Fix-Portal", **fields: Any) -> ProductUse:
    product, _made = Product.objects.get_or_create(
        slug=german_slug(name), defaults={"name": name, "vendor": fields.pop("vendor", "")}
    )
    made = ProductUse.objects.create(city=city, product=product, **{"purpose": "Meldungen"} | fields)
    search_entry.refresh([product.pk])
    return made


@pytest.fixture
def member() -> Client:
    return logged_in(make_user(Role.LEADER))


def test_product_page_says_who_uses_it_and_what_ends(member: Client) -> None:
    use(make_city("Aachtal"), vendor="wer baut was", since=2020, experience="Lief sofort.")
    use(make_city("Bachtal"), contract_ends=in_days(90))
    use(make_city("Cachtal"), contract_ends=in_days(-1))
    outside = make_city("Fernstadt", status=NetworkStatus.OUTSIDE)
    use(outside)
    response = member.get("/produkte/fix-portal/")
    shown = response.content.decode()
    for text in ("wer baut was", "Aachtal", "seit 2020", "Lief sofort.", "Im Einsatz in 3 Städten"):
        assert text in shown
    assert "Fernstadt" not in shown
    assert [each.city.name for each in response.context["ending"]] == ["Bachtal"]


def test_write_ups_that_name_it_stand_on_its_page(member: Client) -> None:
    use(make_city())
    for title, visibility in (("Offen", Visibility.PUBLIC), ("Ohne Namen", Visibility.ANONYMOUS)):
        practice = make_practice(title, city=make_city("Geheimdorf"), visibility=visibility)
        UsedProduct.objects.create(practice=practice, product="FIX-portal")
    draft = make_practice("Entwurf", status="draft", published_at=None)
    UsedProduct.objects.create(practice=draft, product="Fix-Portal")
    shown = member.get("/produkte/fix-portal/").content.decode()
    assert "Offen" in shown
    assert "Ohne Namen" in shown
    assert "Entwurf" not in shown
    assert shown.count("Geheimdorf") == 1  # of the open one alone


def test_list_is_searched_by_name_vendor_and_purpose(member: Client) -> None:
    use(make_city(), vendor="Müller AG", purpose="Bürgerbeteiligung")
    use(make_city(), "E-Akte", purpose="Akten")
    for text, number in (("fix", 1), ("mueller", 1), ("beteiligung", 1), ("akte", 1), ("", 2), ("nichts", 0)):
        response = member.get("/produkte/", {"q": text})
        assert response.context["page"].total == number, text
    assert "Kein Produkt passt dazu" in member.get("/produkte/?q=nichts").content.decode()
    assert member.get("/produkte/", {"q": "%\x00_"}).status_code == 200


def test_city_page_shows_products_to_members_alone(member: Client) -> None:
    city = make_city("Aachtal")
    use(city, contract_ends=in_days(90))
    page = city.get_absolute_url()
    assert "Produkte im Einsatz" in member.get(page).content.decode()
    for person in (None, make_user(is_staff=True)):
        shown = logged_in(person).get(page).content.decode()
        assert "Produkte im Einsatz" not in shown
        assert "Fix-Portal" not in shown
    empty = make_city("Leerstadt")
    assert "Produkte im Einsatz" not in member.get(empty.get_absolute_url()).content.decode()
    own = logged_in(make_user(Role.AUTHOR, city=empty)).get(empty.get_absolute_url()).content.decode()
    assert "Noch kein Produkt eingetragen" in own
    assert f"/staedte/{empty.slug}/produkte/eintragen/" in own


def test_outsiders_learn_nothing(member: Client) -> None:
    city = make_city("Aachtal")
    use(city)
    for path in ("/produkte/", "/produkte/fix-portal/", f"/staedte/{city.slug}/produkte/"):
        assert member.get(path).status_code == 200
        assert Client().get(path).status_code == 302
        assert logged_in(make_user()).get(path).status_code == 403


def test_search_finds_products_for_members_alone(member: Client) -> None:
    use(make_city(), "Zebraformular", vendor="wer baut was", purpose="Onlineformulare")
    for text in ("Zebraformular", "Onlineformulare"):
        found = member.get("/suche/", {"q": text}).content.decode()
        assert "/produkte/zebraformular/" in found, text
        assert "/produkte/zebraformular/" not in Client().get("/suche/", {"q": text}).content.decode()
    assert "Zebraformular" in member.get("/suche/vorschlaege/?q=zebra").content.decode()
    assert "Zebraformular" not in Client().get("/suche/vorschlaege/?q=zebra").content.decode()
    of_kind = member.get("/suche/?q=Zebraformular&bereich=produkte").content.decode()
    assert "/produkte/zebraformular/" in of_kind


def test_contracts_that_end_within_a_year_could_be_let_together(member: Client) -> None:
    own = make_city("Aachtal")
    use(own, contract_ends=in_days(100))
    use(make_city("Bachtal"), "Anderes", purpose="meldungen", contract_ends=in_days(400))
    use(make_city("Cachtal"), "Zu spät", contract_ends=in_days(470))
    use(make_city("Dachtal"), "Vorbei", contract_ends=in_days(-2))
    use(make_city("Eichtal"), "Sonstiges", purpose="Akten", contract_ends=in_days(100))
    [chance] = chances(city_id=own.pk)
    assert [each.city.name for each in chance.uses] == ["Aachtal", "Bachtal"]
    shown = member.get("/produkte/").content.decode()
    assert "Gemeinsam beschaffen?" in shown
    assert "Bachtal" in shown
    assert "Gemeinsam beschaffen?" in member.get(f"/staedte/{own.slug}/produkte/").content.decode()
    assert "Gemeinsam beschaffen?" in member.get("/produkte/anderes/").content.decode()
    assert "Gemeinsam beschaffen?" not in member.get("/produkte/sonstiges/").content.decode()


def test_the_list_begins_with_few_chances_and_leads_to_all_of_them_page_by_page(member: Client) -> None:
    number = CHANCES_PAGE + 1
    for place in range(number):
        for name in ("Aachtal", "Bachtal"):
            use(
                make_city(name),
                f"{name} {place}",
                purpose=f"Zweck {place:02}",
                contract_ends=in_days(9 + place),
            )
    shown = member.get("/produkte/")
    assert [each.purpose for each in shown.context["chances"]] == ["Zweck 00", "Zweck 01", "Zweck 02"]
    assert f"{number - FIRST_CHANCES} weitere Gelegenheiten" in shown.text
    first = member.get("/produkte/?gemeinsam=ja")
    assert len(first.context["chances"]) == CHANCES_PAGE
    onward = member.get(f"/produkte/?{first.context['page'].next_query(first.wsgi_request.GET)}")
    assert [each.purpose for each in onward.context["chances"]] == [f"Zweck {number - 1:02}"]
    assert Client().get("/produkte/?gemeinsam=ja").status_code == 302
    assert logged_in(make_user()).get("/produkte/?gemeinsam=ja").status_code == 403
    ProductUse.objects.all().delete()
    assert "Zurzeit keine Gelegenheit" in member.get("/produkte/?gemeinsam=ja").text


def test_chances_are_found_whatever_else_ends_and_however_many() -> None:
    early, late = make_city("Aachtal"), make_city("Bachtal")
    own = use(early, purpose="Zuletzt im Alphabet", contract_ends=in_days(700))
    use(late, "Anderes", purpose="Zuletzt im Alphabet", contract_ends=in_days(900))
    ProductUse.objects.bulk_create(
        ProductUse(city=early, product=own.product, purpose=f"Allein {number}", contract_ends=in_days(5))
        for number in range(MOST_CONTRACTS)
    )
    for found in (chances(), chances(city_id=late.pk), chances(product_id=own.product_id)):
        assert [(chance.purpose, chance.cities) for chance in found] == [("Zuletzt im Alphabet", 2)]
    assert chances(city_id=make_city().pk) == []


def test_the_year_with_the_most_cities_is_chosen_and_the_first_of_several() -> None:
    a, b, c = make_city("Aachtal"), make_city("Bachtal"), make_city("Cachtal")
    days = [(a, 10), (b, 20), (a, 300), (c, 380), (b, 385), (a, 600), (c, 1_000), (a, 1_365), (b, 1_366)]
    for city, day in days:
        use(city, f"Produkt {day}", contract_ends=in_days(day))

    def ends(found: list[Chance]) -> list[int]:
        return [
            (each.contract_ends - timezone.localdate()).days for each in found[0].uses if each.contract_ends
        ]

    assert ends(chances()) == [20, 300, 380, 385]
    last = Product.objects.get(name="Produkt 1000")
    assert ends(chances(product_id=last.pk)) == [1_000, 1_365]
    assert ends(chances(city_id=c.pk)) == [20, 300, 380, 385]


def test_product_page_counts_all_cities_and_is_paged(member: Client) -> None:
    first, last = make_city("Aachtal"), make_city("Zachtal")
    made = use(last, contract_ends=in_days(90), experience="Zuletzt gesagt.")
    ProductUse.objects.bulk_create(
        ProductUse(city=first, product=made.product, purpose=f"Zweck {number}") for number in range(PAGE_SIZE)
    )
    page = member.get("/produkte/fix-portal/")
    assert "Im Einsatz in 2 Städten" in page.text
    assert "Zuletzt gesagt." not in page.text
    assert [each.city.name for each in page.context["ending"]] == ["Zachtal"]
    onward = member.get(f"/produkte/fix-portal/?{page.context['page'].next_query(QueryDict())}")
    assert [each.city.name for each in onward.context["uses"]] == ["Zachtal"]
    assert "Zuletzt gesagt." in onward.text


def test_one_city_alone_is_no_chance() -> None:
    city = make_city()
    use(city, contract_ends=in_days(10))
    use(city, "Zweites", contract_ends=in_days(20))
    assert chances() == []


@pytest.mark.parametrize("number", [1, 30])
def test_pages_cost_the_same_few_queries(
    number: int, member: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for index in range(number):
        city = make_city()
        use(city, contract_ends=in_days(30), experience="Gut.")
        use(city, f"Produkt{index}")
        practice = make_practice(city=city)
        UsedProduct.objects.create(practice=practice, product="Fix-Portal")
    member.get("/produkte/")
    for path in ("/produkte/", "/produkte/fix-portal/", f"/staedte/{city.slug}/produkte/"):
        with django_assert_max_num_queries(7):
            member.get(path)


def test_products_of_a_write_up_lead_members_to_their_pages(member: Client) -> None:
    use(make_city(), "Müller-Akte", vendor="Müller AG")
    practice = make_practice()
    UsedProduct.objects.create(practice=practice, product="Mueller-Akte", purpose="Akten")
    UsedProduct.objects.create(practice=practice, product="Unbekanntes")
    page = member.get(practice.get_absolute_url()).content.decode()
    assert 'href="/produkte/mueller-akte/">Mueller-Akte</a>' in page
    assert ">Unbekanntes</a>" not in page
    public = Client().get(practice.get_absolute_url()).content.decode()
    assert "Mueller-Akte" in public
    assert "/produkte/mueller-akte/" not in public
    Product.objects.create(name="Müller-Akte", vendor="Andere", slug="andere")
    assert "/produkte/?q=" not in member.get(practice.get_absolute_url()).content.decode()  # nobody uses it
    other = Product.objects.get(slug="andere")
    ProductUse.objects.create(city=make_city(), product=other, purpose="Akten")
    assert "/produkte/?q=Mueller-Akte" in member.get(practice.get_absolute_url()).content.decode()
