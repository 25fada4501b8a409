"""Numbers with their basis: what the database holds to, how they are read, and what the page says."""

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from practices import search_entry
from practices.cards import cards_of
from practices.enums import Accuracy, FigureKind, Visibility
from practices.figures import costs
from practices.figures.amounts import DAYS, EURO, Amount, AmountField, parse
from practices.figures.costs import CostClass
from practices.models import Figure, Funding, Indicator, Practice, UsedProduct
from search.models import Entry
from tests.factories import logged_in, make_city, make_coordinator, make_practice, make_user
from tests.practices.write_ups import published

FIGURE = {"kind": "cost_once", "amount": 100, "basis": "measured"}
INDICATOR = {"name": "Meldungen", "after": 150, "basis": "measured"}


def figure(practice: Practice, **fields: Any) -> Figure:
    return Figure.objects.create(practice=practice, **(FIGURE | fields))


def page_of(practice: Practice, reader: Any = None) -> str:
    text = logged_in(reader).get(practice.get_absolute_url()).content.decode()
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "good", "bad"),
    [
        (Figure, FIGURE, {"basis": ""}),
        (Figure, FIGURE, {"basis": "guessed"}),
        (Figure, FIGURE | {"amount": 0}, {"amount": -1}),
        (Figure, FIGURE, {"kind": "else"}),
        (Figure, FIGURE | {"accuracy": "about"}, {"accuracy": "so-so"}),
        (Indicator, INDICATOR, {"basis": ""}),
        (Indicator, INDICATOR | {"before": 3, "after": None}, {"before": None, "after": None}),
        (Indicator, INDICATOR, {"name": ""}),
        (Indicator, INDICATOR | {"before": 0}, {"before": -1}),
        (Indicator, INDICATOR, {"after_accuracy": "so-so"}),
        (Funding, {"programme": "Smart Cities"}, {"programme": ""}),
        (Funding, {"programme": "x", "share": 100}, {"share": 101}),
        (Funding, {"programme": "x", "amount": 0}, {"amount": -1}),
        (Funding, {"programme": "x"}, {"accuracy": "so-so"}),
        (UsedProduct, {"product": "Beteiligungsplattform"}, {"product": ""}),
    ],
)
def test_database_refuses_a_bad_row(model: Any, good: dict[str, Any], bad: dict[str, Any]) -> None:
    practice = make_practice()
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(practice=practice, **(good | bad))
    model.objects.create(practice=practice, **good)


@pytest.mark.django_db
def test_database_refuses_odd_reuse_fields() -> None:
    practice = make_practice()
    for bad in ({"offers": ["money"]}, {"maintained_until": "bald"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Practice.objects.filter(pk=practice.pk).update(**bad)
    Practice.objects.filter(pk=practice.pk).update(offers=["talk", "visit"], maintained_until="2027-06")


@pytest.mark.parametrize(
    ("text", "number", "accuracy"),
    [
        ("60.750 €", "60750", ""),
        ("1,5", "1.5", ""),
        ("12.000,50", "12000.50", ""),
        ("12,000.50", "12000.50", ""),
        ("12.5", "12.5", ""),
        ("1 000 000", "1000000", ""),
        ("ca. 5000", "5000", "about"),
        ("Bis zu 1,5 Mio. €", "1500000", "at_most"),
        ("über 1.700", "1700", "over"),
        ("ueber 1.700", "1700", "over"),
        ("mindestens 40", "40", "at_least"),
        ("50.000,-", "50000", ""),
        ("50 T€", "50000", ""),
        ("0", "0", ""),
    ],
)
def test_number_is_read_as_germans_write_it(text: str, number: str, accuracy: str) -> None:
    amount = parse(text)
    assert amount is not None
    assert (amount.number, amount.accuracy) == (Decimal(number), accuracy)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("viel", "keine Zahl"),
        ("5.000–10.000", "eine einzige Zahl"),
        ("1,500", "„1.500“ oder „1,5“"),
        ("0,125", "zwei Nachkommastellen"),
        ("-3", "keine negative"),
        ("9" * 30, "zu groß"),
        ("1.2.3", "keine Zahl"),
        ("١٢", "keine Zahl"),
    ],
)
def test_what_is_no_number_is_said_so(text: str, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        parse(text)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        amount = parse(text)
    except ValidationError:
        return
    assert amount is None or 0 <= amount.number < 10**12


@given(
    st.decimals(min_value=0, max_value=10**11, places=2, allow_nan=False, allow_infinity=False),
    st.sampled_from(list(Accuracy)),
)
def test_what_is_shown_is_read_again(number: Decimal, accuracy: Accuracy) -> None:
    field = AmountField(required=False)
    amount = Amount(number, accuracy)
    assert field.clean(field.prepare_value(amount)) == amount
    assert not field.has_changed(amount, field.prepare_value(amount))


def test_unit_must_fit() -> None:
    assert AmountField(units=(DAYS,)).clean("3 Tage") == Amount(Decimal(3), unit=DAYS)
    with pytest.raises(ValidationError, match="ohne „€“"):
        AmountField(units=(DAYS,)).clean("3 €")


def test_amounts_are_shown_as_germans_write_them() -> None:
    shown = [Amount(Decimal(text)).display(EURO) for text in ("60750", "12000.50", "1.5", "0")]
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in shown] == [
        "60.750 €",
        "12.000,50 €",
        "1,50 €",
        "0 €",
    ]
    assert Amount(Decimal("1.5")).display(DAYS) == "1,5 Personentage"


@pytest.mark.django_db
def test_page_says_what_each_number_rests_on() -> None:
    practice = published()
    figure(practice, amount=45_000, basis="measured", period="2024", source="https://example.org/haushalt/")
    figure(practice, kind="cost_yearly", amount=0, basis="estimated", note="läuft mit")
    Indicator.objects.create(
        practice=practice, name="Wartezeit", unit="Tage", before=21, after=8, basis="measured"
    )
    Funding.objects.create(practice=practice, programme="Smart Cities", amount=40_500, share=90)
    page = page_of(practice)
    assert "45.000 € (gemessen, 2024)" in page
    assert "0 € (geschätzt)" in page
    assert 'href="https://example.org/haushalt/"' in page
    assert "40.500 €, 90 %" in page
    assert page.count('class="bars"') == 1
    assert "zusammen" not in page


@pytest.mark.django_db
def test_totals_keep_measured_and_estimated_apart() -> None:
    practice = published()
    figure(practice, amount=10_000, basis="measured")
    figure(practice, amount=2_000, basis="measured", accuracy="about")
    figure(practice, amount=5_000, basis="estimated")
    page = page_of(practice)
    assert "rund 12.000 € gemessen und 5.000 € geschätzt" in page
    assert "17.000" not in page


@pytest.mark.django_db
def test_anonymous_numbers_hide_what_tells_the_city() -> None:
    city = make_city()
    practice = published(
        city=city,
        visibility=Visibility.ANONYMOUS,
        repository_url="https://git.example.org/verraeter",
        offers=["visit"],
        offer_note="Rathaus Verratstadt",
        licence="EUPL-1.2",
    )
    figure(practice, amount=45_000, source="Verräterblatt")
    Indicator.objects.create(practice=practice, **(INDICATOR | {"source": "https://verraeter.example.org/"}))
    Funding.objects.create(practice=practice, programme="Verrätermittel", source="Verräterblatt")
    stranger, own = make_user("manager"), make_user("author", city=city)
    page = page_of(practice, stranger)
    assert "45.000 € (gemessen)" in page
    assert "EUPL-1.2" in page
    for secret in ("verraeter", "Verräter", "Verratstadt", "Besuch vor Ort"):
        assert secret not in page
        assert secret in page_of(practice, own)
        assert secret in page_of(practice, make_coordinator())


@pytest.mark.django_db
def test_reuse_is_shown_and_found() -> None:
    practice = published(standards="<p>XÖV und OParl</p>", procurement="<p>Freihändig</p>", offers=["talk"])
    UsedProduct.objects.create(practice=practice, product="Klickfix", purpose="Meldungen")
    page = page_of(practice)
    assert "Klickfix – Meldungen" in page
    assert "XÖV und OParl" in page
    assert "Vortrag" in page
    assert "klickfix" not in Entry.objects.get().words
    search_entry.refresh(practice)
    assert "klickfix" in Entry.objects.get().words
    assert "oparl" in Entry.objects.get().words


def test_cost_classes_have_their_limits() -> None:
    said = {
        None: CostClass.UNKNOWN,
        0: CostClass.SMALL,
        10_000: CostClass.SMALL,
        Decimal("10000.01"): CostClass.MIDDLE,
        50_000: CostClass.MIDDLE,
        250_000: CostClass.LARGE,
        250_001: CostClass.HUGE,
    }
    classes = {amount: costs.cost_class(None if amount is None else Decimal(amount)) for amount in said}
    assert classes == said


@pytest.mark.django_db
def test_cost_class_adds_what_is_paid_once_and_never_the_years() -> None:
    practice = make_practice()
    for amount in (9_000, 2_000):
        figure(practice, amount=amount)
    for year in ("2024", "2025"):
        figure(practice, kind=FigureKind.COST_YEARLY, amount=8_000, period=year)
    rows = list(practice.figures.all())
    assert costs.one_off(rows) == CostClass.MIDDLE
    assert costs.yearly(rows) == CostClass.SMALL
    assert costs.one_off([]) == CostClass.UNKNOWN


@pytest.mark.django_db
def test_card_says_the_class_of_the_cost_where_it_is_known() -> None:
    figure(published("Beitrag mit Kosten"), amount=11_000)
    figure(published("Beitrag ohne Kosten"), kind="saving_once", amount=11_000)
    published("Beitrag umsonst")
    figure(Practice.objects.get(title="Beitrag umsonst"), amount=0)
    page = logged_in(None).get("/praxis/").content.decode()
    assert page.count("Kosten bis 50.000 €") == 1
    assert page.count("Kosten bis 10.000 €") == 1
    rows = Practice.objects.for_cards().order_by("pk")
    assert [card.cost for card in cards_of(rows, AnonymousUser())] == ["bis 50.000 €", "", "bis 10.000 €"]
