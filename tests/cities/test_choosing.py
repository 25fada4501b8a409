"""The form field in which one types a city's name."""

import pytest
from django import forms
from pytest_django import DjangoAssertNumQueries

from cities.choosing import CityField
from cities.enums import NetworkStatus
from tests.factories import make_city

pytestmark = pytest.mark.django_db


class NetworkForm(forms.Form):
    city = CityField(required=False)


class RegisterForm(forms.Form):
    city = CityField(whole_register=True)


def error(form: forms.Form) -> str:
    assert not form.is_valid()
    return str(form.errors["city"][0])


@pytest.mark.parametrize(
    "typed", ["Wörth am Rhein", "woerth am rhein ", "07334501", "Wörth am Rhein (Germersheim)",
              "Wörth am Rhein(rheinland-pfalz)"],
)  # fmt: skip
def test_city_is_understood(typed: str) -> None:
    city = make_city("Wörth am Rhein", ags="07334501", district="Germersheim")
    form = NetworkForm({"city": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["city"] == city


def test_name_with_brackets_of_its_own_is_understood() -> None:
    city = make_city("Halle (Saale)", ags="15002000", district="")
    for typed in ("Halle (Saale)", "Halle (Saale) (Sachsen-Anhalt)"):
        form = NetworkForm({"city": typed})
        assert form.is_valid(), form.errors
        assert form.cleaned_data["city"] == city


def test_namesakes_have_to_be_told_apart() -> None:
    one = make_city("Aach", ags="08335001", district="Konstanz")
    make_city("Aach", ags="07235001", district="Trier-Saarburg")
    assert "„Aach (Konstanz)“" in error(NetworkForm({"city": "Aach"}))
    form = NetworkForm({"city": "aach (konstanz)"})
    assert form.is_valid()
    assert form.cleaned_data["city"] == one


def test_unknown_name_is_told_with_likely_ones() -> None:
    make_city("Speyer", district="")
    assert error(NetworkForm({"city": "Spey"})) == (
        "„Spey“ ist keine Stadt im Netzwerk. Meinten Sie „Speyer (Rheinland-Pfalz)“?"
    )
    assert error(NetworkForm({"city": "Nirgends"})) == "„Nirgends“ ist keine Stadt im Netzwerk."


def test_city_outside_the_network_needs_the_whole_register() -> None:
    city = make_city("Fernstadt", status=NetworkStatus.OUTSIDE)
    assert "Fernstadt (" not in error(NetworkForm({"city": "Fernstadt"}))
    form = RegisterForm({"city": "Fernstadt"})
    assert form.is_valid()
    assert form.cleaned_data["city"] == city
    assert error(RegisterForm({"city": "Nirgends"})) == "„Nirgends“ steht nicht im Gemeindeverzeichnis."


def test_nothing_typed_is_no_city_where_none_is_needed() -> None:
    form = NetworkForm({"city": " "})
    assert form.is_valid()
    assert form.cleaned_data["city"] is None
    assert error(RegisterForm({"city": ""})) == "Bitte ausfüllen."


@pytest.mark.parametrize("typed", ["\x00", "x" * 500, "()", "((", "%", "Aach ()", "٣٣٣٣٣٣٣٣", "100%s"])
def test_odd_input_is_told(typed: str) -> None:
    assert error(NetworkForm({"city": typed}))


def test_network_is_offered_in_german_order_with_namesakes_told_apart(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_city("Zell")
    make_city("Ärzen")
    make_city("Aach", ags="08335001", district="Konstanz")
    make_city("Aach", ags="07235001", district="Trier-Saarburg")
    make_city("Fernstadt", status=NetworkStatus.OUTSIDE)
    with django_assert_num_queries(1):
        shown = str(NetworkForm()["city"])
    places = [shown.index(f'<option value="{name}">') for name in ("Aach (Trier-Saarburg)", "Ärzen", "Zell")]
    assert places == sorted(places)
    assert 'list="id_city_list"' in shown
    assert 'id="id_city_list"' in shown
    assert "Fernstadt" not in shown


def test_whole_register_is_not_sent_along() -> None:
    make_city("Speyer")
    shown = str(RegisterForm()["city"])
    assert "<datalist" not in shown
    assert "list=" not in shown


def test_chosen_city_is_shown_by_name() -> None:
    city = make_city("Speyer")
    for initial in (city, city.pk):
        assert 'value="Speyer"' in str(NetworkForm(initial={"city": initial})["city"])
    make_city("Speyer", district="Anderswo")
    assert 'value="Speyer (Musterkreis)"' in str(NetworkForm(initial={"city": city})["city"])


def test_typed_text_is_kept() -> None:
    assert 'value="Nirgends"' in str(NetworkForm({"city": "Nirgends"})["city"])


def test_same_city_is_no_change() -> None:
    city = make_city("Speyer")
    assert not NetworkForm({"city": "Speyer"}, initial={"city": city.pk}).has_changed()
    assert NetworkForm({"city": "Landau"}, initial={"city": city.pk}).has_changed()
