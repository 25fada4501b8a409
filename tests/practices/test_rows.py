"""Rows in the editor: many of a kind, saved together, with errors at their place and nothing lost."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from cities.models import City
from practices.models import Figure, Funding, Indicator, Practice, UsedProduct
from tests.factories import logged_in, make_city, make_practice, make_user

pytestmark = pytest.mark.django_db
COST = {"kind": "cost_once", "value": "45.000 €", "basis": "measured", "period": "2024", "source": "Haushalt"}


@pytest.fixture
def city() -> City:
    return make_city("Trier")


@pytest.fixture
def manager(city: City) -> User:
    return make_user("manager", city=city, name="Verena Verwaltung")


@pytest.fixture
def practice(city: City) -> Practice:
    return make_practice(city=city)


class Window:
    """A browser that shows a section; `fields` are what it would send."""

    def __init__(self, user: User, practice: Practice, section: str = "zahlen") -> None:
        self.client: Client = logged_in(user)
        self.address = f"/praxis/{practice.pk}/bearbeiten/{section}/"
        self.fields = self._read(self.client.get(self.address))

    def _read(self, response: Any) -> dict[str, Any]:
        form = response.context["form"]
        values = {bound.name: bound.value() for bound in form}
        for rows in form.row_sets:
            management = rows.formset.management_form
            values |= {management.add_prefix(bound.name): bound.value() for bound in management}
            values[f"base-{rows.name}"] = rows.mark
            for row in rows.formset:
                shown = {row.add_prefix(b.name): b.field.prepare_value(b.value()) for b in row}
                values |= shown
        return {
            name: value
            for name, value in values.items()
            if value is not None and value is not False and value != []
        }

    def save(self, **changes: Any) -> Any:
        """Names have `__` where the browser has `-`: `figures__0__value`."""
        typed = {name.replace("__", "-"): value for name, value in changes.items()}
        response = self.client.post(self.address, self.fields | {"do": "save"} | typed)
        if response.status_code != 302:
            self.fields = self._read(response)
        return response


def row(table: str, number: int, /, **values: str) -> dict[str, str]:
    return {f"{table}__{number}__{field}": value for field, value in values.items()}


def test_numbers_are_saved_as_they_were_typed(manager: User, practice: Practice) -> None:
    window = Window(manager, practice)
    response = window.save(
        **row("figures", 0, **COST),
        **row("indicators", 0, name="Wartezeit", unit="Tage", before_value="21", after_value="rund 8"),
        indicators__0__basis="measured",
        **row("fundings", 0, programme="Smart Cities", value="bis zu 40.500", part="90 %"),
    )
    assert response.status_code == 302
    figure = practice.figures.get()
    assert (figure.amount, figure.kind, figure.basis, figure.source) == (
        45_000,
        "cost_once",
        "measured",
        "Haushalt",
    )
    indicator = practice.indicators.get()
    assert (indicator.before, indicator.after, indicator.after_accuracy) == (21, 8, "about")
    funding = practice.fundings.get()
    assert (funding.amount, funding.accuracy, funding.share) == (40_500, "at_most", 90)
    practice.refresh_from_db()
    assert (practice.version, practice.updated_by) == (2, manager)


def test_saving_unchanged_is_no_version(manager: User, practice: Practice) -> None:
    Figure.objects.create(
        practice=practice, kind="cost_once", amount="1234.50", accuracy="about", basis="measured"
    )
    Indicator.objects.create(practice=practice, name="Meldungen", after="0.5", basis="estimated")
    Funding.objects.create(practice=practice, programme="Smart Cities", share="12.50")
    assert Window(manager, practice).save().status_code == 302
    practice.refresh_from_db()
    assert practice.version == 1


def test_rows_change_and_go(manager: User, practice: Practice) -> None:
    kept, emptied, removed = (
        Figure.objects.create(practice=practice, kind="cost_once", amount=amount, basis="measured")
        for amount in (1, 2, 3)
    )
    window = Window(manager, practice)
    window.save(
        figures__0__value="1.000",
        **row("figures", 1, kind="", value="", basis=""),
        figures__2__gone="on",
    )
    assert list(practice.figures.values_list("pk", "amount")) == [(kept.pk, 1_000)]
    assert not Figure.objects.filter(pk__in=[emptied.pk, removed.pk]).exists()


def test_without_a_basis_nothing_is_saved_and_all_is_kept(manager: User, practice: Practice) -> None:
    window = Window(manager, practice)
    response = window.save(
        **row("figures", 0, **(COST | {"basis": "", "value": "ziemlich viel"})),
        **row("indicators", 0, name="Wartezeit"),
        **row("fundings", 0, value="5", part="120"),
    )
    assert response.status_code == 422
    page = response.content.decode()
    for said in (
        "Bitte sagen Sie, ob die Zahl gemessen oder geschätzt ist.",
        "„ziemlich viel“ ist keine Zahl",
        "Bitte geben Sie mindestens einen der beiden Werte an.",
        "Mehr als 100 Prozent sind nicht möglich.",
        "Bitte nennen Sie, wer fördert.",
        'href="#id_figures-0-value"',
        'value="ziemlich viel"',
        'value="Haushalt"',
        'value="Wartezeit"',
    ):
        assert said in page
    assert not Figure.objects.exists()
    assert (
        window.save(
            **row("figures", 0, **COST), indicators__0__name="", **row("fundings", 0, value="", part="")
        ).status_code
        == 302
    )
    assert practice.figures.count() == 1


def test_unit_must_fit_the_kind(manager: User, practice: Practice) -> None:
    window = Window(manager, practice)
    response = window.save(**row("figures", 0, **(COST | {"kind": "effort_days"})))
    assert "Diese Art steht in Personentage; hier steht „€“." in response.content.decode()
    assert window.save(figures__0__value="42,5 Tage").status_code == 302
    assert practice.figures.get().amount == 42.5


def test_unit_typed_with_the_value_is_the_unit(manager: User, practice: Practice) -> None:
    window = Window(manager, practice)
    fields = row("indicators", 0, name="Erledigt", after_value="90 %", basis="measured")
    assert window.save(**fields, indicators__0__unit="Tage").status_code == 422
    assert window.save(indicators__0__unit="").status_code == 302
    assert practice.indicators.get().unit == "%"


def test_another_row_comes_without_javascript_and_keeps_what_was_typed(
    manager: User, practice: Practice
) -> None:
    window = Window(manager, practice)
    response = window.save(**row("figures", 0, value="unfertig"), more="figures")
    page = response.content.decode()
    assert response.status_code == 200
    assert 'value="unfertig"' in page
    assert 'id="id_figures-1-value"' in page
    assert "Bitte prüfen Sie" not in page
    assert window.save(**row("figures", 0, **COST), **row("figures", 1, **COST)).status_code == 302
    assert practice.figures.count() == 2


@pytest.mark.parametrize("number", ["", "viele", "9" * 5000])
def test_rows_without_their_number_are_refused_and_kept(
    manager: User, practice: Practice, number: str
) -> None:
    window = Window(manager, practice)
    window.save(**row("figures", 0, **COST))
    sent = row("figures", 0, **COST | {"source": "Nur einmal getippt"})
    response = window.save(figures__TOTAL_FORMS=number, **sent)
    text = response.content.decode()
    assert response.status_code == 422
    assert "Die Zeilen kamen unvollständig an" in text
    assert "Nur einmal getippt" in text
    assert [figure.source for figure in Figure.objects.all()] == ["Haushalt"]


def test_list_has_an_end(manager: User, practice: Practice) -> None:
    for number in range(10):
        Funding.objects.create(practice=practice, programme=f"Programm {number}")
    window = Window(manager, practice)
    page = window.client.get(window.address).content.decode()
    assert 'value="fundings"' not in page
    response = window.save(**row("fundings", 10, programme="Eins zu viel"), fundings__TOTAL_FORMS="11")
    assert "Höchstens 10 Zeilen sind möglich." in response.content.decode()
    assert practice.fundings.count() == 10


def test_who_saves_second_sees_both_and_chooses(manager: User, city: City, practice: Practice) -> None:
    Figure.objects.create(practice=practice, kind="cost_once", amount=1, basis="measured")
    mine, theirs = Window(manager, practice), Window(make_user("manager", city=city), practice)
    theirs.save(figures__0__value="2.000")
    response = mine.save(figures__0__value="3.000")
    assert response.status_code == 422
    page = response.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "Kosten einmalig: 2.000 € (gemessen)" in page
    assert "Kosten einmalig: 3.000 € (gemessen)" in page
    assert practice.figures.get().amount == 2_000
    assert mine.save().status_code == 422
    choice = {"choice-figures": "mine"}
    assert mine.save(**choice).status_code == 302
    assert practice.figures.get().amount == 3_000


def test_what_only_others_changed_stays_theirs(manager: User, city: City, practice: Practice) -> None:
    mine, theirs = Window(manager, practice), Window(make_user("manager", city=city), practice)
    theirs.save(**row("figures", 0, **COST))
    fields = row("fundings", 0, programme="Smart Cities")
    assert mine.save(**fields).status_code == 302
    assert practice.figures.get().amount == 45_000
    assert practice.fundings.get().programme == "Smart Cities"


def test_taking_the_stored_rows_leaves_them(manager: User, city: City, practice: Practice) -> None:
    mine, theirs = Window(manager, practice), Window(make_user("manager", city=city), practice)
    theirs.save(**row("figures", 0, **COST))
    assert mine.save(**row("figures", 0, **(COST | {"value": "7"}))).status_code == 422
    assert mine.save(**{"choice-figures": "theirs"}).status_code == 302
    assert practice.figures.get().amount == 45_000


def test_reuse_is_saved_with_its_products(manager: User, practice: Practice) -> None:
    window = Window(manager, practice, "nachnutzung")
    response = window.save(
        licence="EUPL-1.2",
        repository_url="git.example.org/portal",
        standards="<p>XÖV</p><script>x</script>",
        offers=["talk", "documents"],
        offer_note="Nach Absprache",
        maintained_until="06/2027",
        **row("products", 0, product="Klickfix", purpose="Meldungen"),
    )
    assert response.status_code == 302
    practice.refresh_from_db()
    assert (practice.licence, practice.repository_url) == ("EUPL-1.2", "https://git.example.org/portal")
    assert (practice.standards, practice.maintained_until) == ("<p>XÖV</p>", "2027-06")
    assert (practice.offers, practice.products.get().product) == (["talk", "documents"], "Klickfix")
    page = Window(manager, practice, "nachnutzung").save(maintained_until="bald", offers=["geld"])
    assert page.status_code == 422
    assert UsedProduct.objects.count() == 1


NAMES = ["kind", "value", "basis", "period", "source", "note", "row", "gone", "name", "unit", "part"]
NAMES += ["before_value", "after_value", "programme"]
KEYS = [
    f"{table}-{n}-{name}" for table in ("figures", "indicators", "fundings") for n in (0, 1) for name in NAMES
]
KEYS += [f"{table}-TOTAL_FORMS" for table in ("figures", "indicators", "fundings")]
KEYS += ["base-figures", "choice-figures", "more", "version", "base", "figures-INITIAL_FORMS"]
ODD = [
    "",
    "\x00",
    "9" * 25,
    "-1",
    "1e9",
    "NaN",
    "<b>",
    "'",
    "a" * 400,
    "\u202e",
    "١٢",
    "cost_once",
    "measured",
    "5",
]
ODD += ["figures", "theirs", "1,500", "3 Tage", "∞", "0,001"]


@settings(
    max_examples=25,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.dictionaries(st.sampled_from(KEYS), st.one_of(st.sampled_from(ODD), st.text(max_size=30)), max_size=12)
)
def test_any_input_is_saved_or_refused(manager: User, practice: Practice, changes: dict[str, str]) -> None:
    window = Window(manager, practice)
    response = window.client.post(window.address, window.fields | changes)
    assert response.status_code in {200, 302, 422}
