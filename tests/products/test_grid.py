"""Entering what a city uses: many rows at once, nothing lost, nobody overwritten."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from cities.enums import Role
from cities.models import City, Product, ProductUse
from cities.products.forms import TEXTS
from search.models import Entry
from tests.factories import logged_in, make_city, make_coordinator, make_user

pytestmark = pytest.mark.django_db
FIELDS = ("key", "version", "base", *TEXTS)


@pytest.fixture
def city() -> City:
    return make_city("Aachtal")


@pytest.fixture
def client(city: City) -> Client:
    return logged_in(make_user(Role.AUTHOR, city=city, name="Anna Beispiel"))


def address(city: City) -> str:
    return f"/staedte/{city.slug}/produkte/eintragen/"


def sent(*rows: dict[str, Any]) -> dict[str, Any]:
    data: dict[str, Any] = {"zeilen": len(rows)}
    for at, row in enumerate(rows):
        data |= {f"zeile-{at}-{name}": value for name, value in row.items()}
    return data


def row(product: str = "Fix-Portal", purpose: str = "Meldungen", **fields: Any) -> dict[str, Any]:
    return {"product_name": product, "purpose": purpose, **fields}


def shown(client: Client, city: City) -> list[dict[str, Any]]:
    """The stored rows as a browser would send them back."""
    grid = client.get(address(city)).context["grid"]
    return [
        {name: form[name].value() or "" for name in FIELDS if name in form.fields}
        | {"contract_ends": form.fields["contract_ends"].prepare_value(form["contract_ends"].value()) or ""}
        for form in grid.forms
        if form.instance.pk
    ]


def test_many_rows_are_saved_at_once(client: Client, city: City) -> None:
    rows = [
        row(vendor="wer baut was", since="03/2020", contract_ends="12/2027", experience="Läuft.\nGut."),
        row("", ""),
        row("E-Akte Plus", "Akten", contract_ends="31.12.2026"),
    ]
    answer = client.post(address(city), sent(*rows), follow=True)
    assert "2 Zeilen sind gespeichert." in answer.content.decode()
    akte, portal = ProductUse.objects.of_city(city)
    assert (portal.product.name, portal.product.vendor) == ("Fix-Portal", "wer baut was")
    assert (portal.since, portal.contract_ends) == (2020, dt.date(2027, 12, 31))
    assert portal.updated_by is not None
    assert akte.contract_ends == dt.date(2026, 12, 31)
    for text in ("Fix-Portal", "wer baut was", "seit 2020", "Vertrag bis 31.12.2027", "Läuft.<br>Gut."):
        assert text in answer.content.decode()


def test_every_wrong_field_has_its_message_and_nothing_is_lost(client: Client, city: City) -> None:
    rows = [
        row("Gut", "Akten"),
        row("", "Ohne Namen", vendor="Firma"),
        row("Ohne Zweck", ""),
        row("Falsche Zeit", "Formulare", since="gestern", contract_ends="31.02.2027"),
        row("Verkehrt herum", "Bezahlen", since="2025", contract_ends="2024"),
        row("gut", "AKTEN"),
        row("x" * 121, "Zu lang"),
    ]
    answer = client.post(address(city), sent(*rows))
    assert answer.status_code == 422
    assert not ProductUse.objects.exists()
    content = answer.content.decode()
    for message in (
        "Bitte nennen Sie das Produkt.",
        "Bitte sagen Sie, wofür.",
        "„gestern“ ist kein Jahr.",
        "„31.02.2027“ ist kein Datum.",
        "Der Vertrag kann nicht enden, bevor er beginnt.",
        "Das steht schon in Zeile 1.",
        "Höchstens 120 Zeichen",
    ):
        assert message in content, message
    for typed in ("Ohne Namen", "Firma", "Ohne Zweck", "gestern", "31.02.2027", "Verkehrt herum"):
        assert f'value="{typed}"' in content, typed
    assert 'href="#id_zeile-1-product_name"' in content


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("31.12.2027", dt.date(2027, 12, 31)),
        ("1.2.2028", dt.date(2028, 2, 1)),
        ("2027-06-30", dt.date(2027, 6, 30)),
        ("02/2028", dt.date(2028, 2, 29)),
        ("2.2027", dt.date(2027, 2, 28)),
        ("2027", dt.date(2027, 12, 31)),
    ],
)
def test_ends_are_read_as_people_write_them(client: Client, city: City, typed: str, day: dt.date) -> None:
    client.post(address(city), sent(row(contract_ends=typed)))
    assert ProductUse.objects.get().contract_ends == day


@pytest.mark.parametrize("typed", ["13/2027", "00.00.2027", "9999-99-99", "0000", "٢٠٢٧", "31.12.27", "bald"])
def test_what_is_no_day_is_told(client: Client, city: City, typed: str) -> None:
    answer = client.post(address(city), sent(row(contract_ends=typed)))
    assert answer.status_code == 422
    assert "ist kein Datum" in answer.content.decode()


def test_more_rows_come_without_a_script_and_keep_what_was_typed(client: Client, city: City) -> None:
    answer = client.post(address(city), sent(row("Halb fertig", "")) | {"mehr": "1"})
    assert answer.status_code == 200
    content = answer.content.decode()
    assert 'value="Halb fertig"' in content
    assert "Bitte sagen Sie, wofür." not in content
    assert 'name="zeile-5-product_name"' in content
    assert not ProductUse.objects.exists()


def test_rows_are_changed_and_removed(client: Client, city: City) -> None:
    client.post(address(city), sent(row("Bleibt"), row("Geht"), row("Leer"), row("Ändert sich")))
    rows = {each["product_name"]: each for each in shown(client, city)}
    rows["Ändert sich"]["experience"] = "Besser als gedacht."
    rows["Geht"]["gone"] = "on"
    for name in ("product_name", "vendor", "purpose", "since", "contract_ends", "experience"):
        rows["Leer"][name] = ""
    before = ProductUse.objects.get(product__name="Bleibt").updated_at
    answer = client.post(address(city), sent(*rows.values()), follow=True)
    assert "3 Zeilen sind gespeichert." in answer.content.decode()
    assert {use.product.name for use in ProductUse.objects.all()} == {"Bleibt", "Ändert sich"}
    assert ProductUse.objects.get(product__name="Ändert sich").experience == "Besser als gedacht."
    assert ProductUse.objects.get(product__name="Bleibt").updated_at == before


def test_two_colleagues_do_not_overwrite_one_another(client: Client, city: City) -> None:
    client.post(address(city), sent(row()))
    [mine] = shown(client, city)
    colleague = logged_in(make_user(Role.MANAGER, city=city, name="Kim Kollege"))
    [theirs] = shown(colleague, city)
    colleague.post(address(city), sent(theirs | {"experience": "Seins."}, row("Neues dazu")))
    answer = client.post(address(city), sent(mine | {"experience": "Meins."}))
    assert answer.status_code == 422
    content = answer.content.decode()
    assert "Inzwischen hat Kim Kollege gespeichert." in content
    assert "Seins." in content
    assert "Meins." in content
    assert ProductUse.objects.get(product__name="Fix-Portal").experience == "Seins."
    # The choice that the page offers decides.
    form = answer.context["grid"].forms[0]
    chosen = mine | {"experience": "Meins.", "version": form["version"].value(), "base": form["base"].value()}
    assert 'name="choice-zeile-0-experience"' in content
    decided = sent(chosen) | {"choice-zeile-0-experience": "mine"}
    assert client.post(address(city), decided).status_code == 302
    assert ProductUse.objects.get(product__name="Fix-Portal").experience == "Meins."
    # What only the colleague entered is not in my page and stays.
    ok = client.post(address(city), sent(shown(client, city)[0] | {"experience": "Beides."}))
    assert ok.status_code == 302
    assert ProductUse.objects.filter(product__name="Neues dazu").exists()


def test_row_that_somebody_removed_is_asked_about(client: Client, city: City) -> None:
    client.post(address(city), sent(row()))
    [mine] = shown(client, city)
    ProductUse.objects.all().delete()
    answer = client.post(address(city), sent(mine | {"experience": "Noch da."}))
    assert answer.status_code == 422
    assert "inzwischen jemand entfernt" in answer.content.decode()
    again = {name: mine[name] for name in ("product_name", "vendor", "purpose")} | {"experience": "Noch da."}
    assert client.post(address(city), sent(again)).status_code == 302
    assert ProductUse.objects.get().experience == "Noch da."


def test_rows_of_another_city_cannot_be_reached(client: Client, city: City) -> None:
    other = make_city("Bachtal")
    product = Product.objects.create(name="Fremdes", slug="fremdes")
    foreign = ProductUse.objects.create(city=other, product=product, purpose="Geheim")
    answer = client.post(address(city), sent(row("Meins", "x", key=foreign.pk, gone="on")))
    assert answer.status_code == 422
    foreign.refresh_from_db()
    assert (foreign.city, foreign.purpose) == (other, "Geheim")
    assert client.get(address(other)).status_code == 403
    assert client.post(address(other), sent(row())).status_code == 403
    assert logged_in(make_coordinator()).post(address(other), sent(row())).status_code == 302


@pytest.mark.parametrize(
    "data",
    [
        {}, {"zeilen": "x"}, {"zeilen": "-1"}, {"zeilen": "99999999"}, {"zeilen": "٣"},
        {"zeilen": "1", "zeile-0-key": "9" * 30, "zeile-0-product_name": ""},
    ],
)  # fmt: skip
def test_tampered_rows_are_no_rows(client: Client, city: City, data: dict[str, str]) -> None:
    assert client.post(address(city), data).status_code == 302
    assert not ProductUse.objects.exists()


def test_same_product_is_one_however_it_is_written(client: Client, city: City) -> None:
    other = make_city("Bachtal")
    client.post(address(city), sent(row("Müller-Akte", vendor="")))
    coordination = logged_in(make_coordinator())
    coordination.post(address(other), sent(row("Mueller-Akte", vendor="Müller AG")))
    [product] = Product.objects.all()
    assert (product.name, product.vendor) == ("Müller-Akte", "Müller AG")
    coordination.post(address(make_city()), sent(row("Müller-Akte", vendor="")))
    coordination.post(address(make_city()), sent(row("Müller-Akte", vendor="Andere GmbH", meant="neu")))
    assert {each.slug for each in Product.objects.all()} == {"mueller-akte", "mueller-akte-andere-gmbh"}


def test_entry_of_the_search_follows(client: Client, city: City) -> None:
    client.post(address(city), sent(row("Fix-Portal")))
    [entry] = Entry.objects.filter(source=9)
    assert entry.audience == 1
    [mine] = shown(client, city)
    client.post(address(city), sent(mine | {"gone": "on"}))
    assert not Entry.objects.filter(source=9).exists()


def test_database_refuses_what_makes_no_sense(city: City) -> None:
    product = Product.objects.create(name="Fix", slug="fix")
    right = {"purpose": "Bezahlen", "since": 2020, "contract_ends": "2020-01-01"}
    ProductUse.objects.create(city=city, product=product, **right)
    for wrong in (
        {"purpose": "BEZAHLEN"},
        {"purpose": ""},
        {"purpose": "a", "since": 1900},
        {"purpose": "b", "since": 2025, "contract_ends": "2024-12-31"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ProductUse.objects.create(city=city, product=product, **wrong)
    for wrong in ({"name": "FIX", "slug": "neu"}, {"name": "", "slug": "leer"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Product.objects.create(**wrong)


def test_vendor_that_differs_by_its_legal_form_is_asked_about(client: Client, city: City) -> None:
    known = Product.objects.create(name="VOIS", vendor="HSH", slug="vois")
    asked = client.post(address(city), sent(row("vois", vendor="HSH GmbH & Co. KG")))
    assert asked.status_code == 422
    assert "Meinten Sie VOIS von HSH?" in asked.content.decode()
    assert not ProductUse.objects.exists()
    form = asked.context["grid"].forms[0]
    assert form["meant"].value() == str(known.pk)
    client.post(address(city), sent(row("vois", vendor="HSH GmbH & Co. KG", meant=str(known.pk))))
    assert ProductUse.objects.get().product == known
    assert Product.objects.count() == 1


def test_another_product_of_the_same_name_is_taken_as_such(client: Client, city: City) -> None:
    Product.objects.create(name="VOIS", vendor="HSH", slug="vois")
    asked = client.post(address(city), sent(row("VOIS", vendor="Ganz andere")))
    assert asked.status_code == 422
    assert asked.context["grid"].forms[0]["meant"].value() == "neu"
    client.post(address(city), sent(row("VOIS", vendor="Ganz andere", meant="neu")))
    assert ProductUse.objects.get().product.vendor == "Ganz andere"


def test_summary_of_errors_names_row_and_field(client: Client, city: City) -> None:
    rows = [row("Gut", "Akten"), row("Falsch", "Formulare", contract_ends="bald")]
    page = client.post(address(city), sent(*rows)).content.decode()
    assert "Zeile 2, Vertrag endet: „bald“ ist kein Datum." in " ".join(page.split())


def test_rows_are_folded_but_for_those_to_work_on(client: Client, city: City) -> None:
    client.post(address(city), sent(row("Fix-Portal", "Meldungen")))
    page = " ".join(client.get(address(city)).content.decode().split())
    folds = page.split('<details class="use-fold"')[1:]
    assert [each.startswith(" open>") for each in folds] == [False, True, False, False, False, False]
    assert "Zeile 1: Fix-Portal · Meldungen" in folds[0]
    wrong = client.post(address(city), sent(row("Gut", "Akten"), row("Falsch", "")))
    folds = " ".join(wrong.content.decode().split()).split('<details class="use-fold"')[1:]
    assert [each.startswith(" open>") for each in folds] == [False, True]
    assert "Zeile 2: Falsch – bitte prüfen" in folds[1]
