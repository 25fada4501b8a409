"""Dates of stages and savings: what cannot be is refused at its field, what is wrong can be mended there."""

import pytest

from cities.models import City
from practices.adoption import actions
from practices.adoption.actions import Standing
from practices.partial_dates import span_of
from tests.factories import logged_in, make_city, make_user
from tests.practices.adoption.rows import adopt
from tests.practices.adoption.test_pages import details, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return make_city("Übernehmstadt")


def test_an_earlier_date_is_corrected_from_the_message_that_names_it(city: City) -> None:
    adoption = adopt(city=city, stage="examined", since="2024-06")
    actions.move(adoption=adoption, standing=Standing("pilot", "2025-10"), by=make_user("author", city=city))
    adoption.refresh_from_db()
    client, address = logged_in(make_user("author", city=city)), f"/uebernahmen/{adoption.pk}/stand/"
    form = {"stage": "live", "since": "03/2025", "remark": "Überall.", "version": adoption.version}
    assert 'name="earlier"' not in client.get(address).content.decode()
    answer = client.post(address, form)
    assert answer.status_code == 422
    assert "im Pilotbetrieb seit 10/2025" in text_of(answer)
    assert "ändern Sie es unten gleich mit" in text_of(answer)
    assert 'name="earlier"' in answer.content.decode()
    for earlier, said in (
        ("2098", "liegt in der Zukunft"),
        ("neulich", "ein Jahr oder einen Monat"),
        ("01/2024", "näher geprüft seit 06/2024"),
        ("04/2025", "im Pilotbetrieb seit 04/2025"),
        ("", "im Pilotbetrieb seit 10/2025"),
    ):
        answer = client.post(address, form | {"earlier": earlier})
        assert (answer.status_code, said in text_of(answer)) == (422, True), earlier
        assert f'value="{earlier}"' in answer.content.decode() or not earlier
    steps = adoption.steps.values_list("stage", "since")
    assert list(steps) == [("examined", "2024-06"), ("pilot", "2025-10")]
    assert client.post(address, form | {"earlier": "01/2025"}).status_code == 302
    assert list(steps.all()) == [("examined", "2024-06"), ("pilot", "2025-01"), ("live", "2025-03")]


def test_what_was_saved_before_it_began_is_refused_at_its_field(city: City) -> None:
    adoption = adopt(city=city, stage="pilot", since="2024-03")
    actions.move(adoption=adoption, standing=Standing("live", "2025"), by=make_user("author", city=city))
    adoption.refresh_from_db()
    client, address = logged_in(make_user("author", city=city)), f"/uebernahmen/{adoption.pk}/bearbeiten/"
    period = "adoption_figures-0-period"
    for wrong in ("2023", "2019 bis 2021", "Haushalt 2022/2023", "2023 bis Februar 2024"):
        response = client.post(address, details(adoption) | {period: wrong})
        assert response.status_code == 422
        assert "vor dem Beginn bei Ihnen (03/2024)" in text_of(response)
        assert f'value="{wrong}"' in response.content.decode()
        errors = response.context["form"].row_sets[0].formset.forms[0].errors
        assert list(errors) == ["period"]
    assert not adoption.adoption_figures.exists()
    assert client.post(address, details(adoption) | {period: "2023 bis 2024"}).status_code == 302


@pytest.mark.parametrize(
    ("words", "latest"),
    [
        ("2023", "2023-12"),
        ("2023 bis März 2024", "2024-03"),
        ("01.02.2024–30.04.2024", "2024-04"),
        ("Sep. 2022", "2022-09"),
        ("5/2021, 2020", "2021-05"),
        ("Märkte 2024", "2024-12"),
        ("Haushalt 22/2023", "2023-12"),
        ("2022-2023", "2023-12"),
        ("seit Beginn", None),
        ("120245", None),
    ],
)
def test_the_last_month_that_words_name(words: str, latest: str | None) -> None:
    span = span_of(words)
    assert (span and span.last) == latest
    assert span is None or not span.is_backwards


@pytest.mark.parametrize(
    "words",
    ["2031 bis 2020", "2024–2023", "03/2024 - 02/2024", "März 2024 bis Ende 2023", "2.3.2024 – 1.2.2024"],
)
def test_what_ends_before_it_begins(words: str) -> None:
    span = span_of(words)
    assert span is not None
    assert span.is_backwards


@pytest.mark.parametrize(
    "words", ["2024, vorher 2023", "2024 – Vergleich 2023", "2024/2023", "12/2024 bis 2024"]
)
def test_two_dates_that_are_no_span(words: str) -> None:
    span = span_of(words)
    assert span is not None
    assert not span.is_backwards
