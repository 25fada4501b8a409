"""An absurd number does not get into the sums without a question, and whoever confirms sees it."""

from decimal import Decimal
from typing import Any

import pytest

from cities.models import City
from notifications.models import OutgoingMail
from practices.adoption import actions
from practices.adoption.plausible import question, remarkable
from practices.models import Adoption, Practice
from tests.factories import logged_in, make_city, make_user
from tests.practices.adoption.rows import adopt
from tests.practices.adoption.test_pages import details, links, text_of

pytestmark = pytest.mark.django_db
EACH = "rund 18.700 € je Einwohner"
NAME = "adoption_figures-0"


@pytest.fixture
def city() -> City:
    return make_city("Übernehmstadt", population=48_209)


def plain(response: Any) -> str:
    return text_of(response).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("kind", "number", "inhabitants", "said"),
    [
        ("saving_yearly", 900_000_000, 48_209, EACH),
        ("cost_once", 900_000, 500, ""),  # much for each, yet no large sum
        ("cost_once", 90_000_000, 1_000_000, ""),  # a large sum, yet not for so many
        ("cost_once", 2_000_000, None, "mehr als eine Million Euro"),
        ("effort_days", 2_000, 500, ""),
        ("effort_days", 2_001, 500, "rund 9 Jahre Arbeit einer Person"),
        ("saving_days", 1_000_000_000, None, "rund 4.550.000 Jahre Arbeit einer Person"),
    ],
)
def test_what_is_hardly_meant(kind: str, number: int, inhabitants: int | None, said: str) -> None:
    assert remarkable(kind, Decimal(number), inhabitants).replace("\xa0", " ") == said
    assert bool(question(kind, Decimal(number), inhabitants)) == bool(said)


def test_a_large_saving_is_asked_about_and_shown_to_whoever_confirms(city: City) -> None:
    leader = make_user("leader", city=city)
    adoption = adopt(city=city, by=make_user("author", city=city))
    author, address = logged_in(make_user("author", city=city)), f"{adoption.get_absolute_url()}bearbeiten/"
    assert f"{NAME}-sure" not in author.get(address).content.decode()
    form = details(adoption, value="900 Mio. €")
    answer = author.post(address, form)
    assert answer.status_code == 422
    assert f"900.000.000 € sind {EACH}. Bitte prüfen Sie die Zahl" in plain(answer)
    assert "Der Wert stimmt so" in plain(answer)
    for kept in ("900 Mio. €", "Haushalt 2025", "Es ging schnell.", f'name="{NAME}-sure"'):
        assert kept in answer.content.decode()
    assert not adoption.adoption_figures.exists()
    OutgoingMail.objects.all().delete()
    Adoption.objects.get(pk=adoption.pk).asks.all().delete()
    assert author.post(address, form | {f"{NAME}-sure": "on"}).status_code == 302
    assert adoption.adoption_figures.get().amount == 900_000_000
    mail = OutgoingMail.objects.get(to=leader.email)
    assert EACH in mail.text.replace("\xa0", " ")
    (link,) = links(mail)
    for page in (link, adoption.get_absolute_url(), "/mein/", "/uebernahmen/"):
        assert f"900.000.000 € ({EACH})" in plain(logged_in(leader).get(page)), page
    actions.confirm(adoption=Adoption.objects.get(), by=leader)
    assert f"900.000.000 € ({EACH})" in plain(logged_in(None).get("/praxis/einsparungen/"))
    Practice.objects.filter(adoptions=adoption).update(visibility="anonymous")
    unnamed = plain(logged_in(make_user("author")).get("/praxis/einsparungen/"))
    assert "900.000.000 €" in unnamed
    assert "je Einwohner" not in unnamed


def test_what_is_stored_is_not_asked_about_again(city: City) -> None:
    adoption = adopt(city=city)
    client, address = logged_in(make_user("author", city=city)), f"{adoption.get_absolute_url()}bearbeiten/"
    client.post(address, details(adoption, value="900 Mio. €") | {f"{NAME}-sure": "on"})
    shown = client.get(address).context["form"]
    stored = {
        "adoption_figures-INITIAL_FORMS": "1",
        "base": shown["base"].value(),
        "version": shown["version"].value(),
        "base-adoption_figures": shown.row_sets[0].mark,
        f"{NAME}-row": str(adoption.adoption_figures.get().pk),
    }
    same = details(adoption, value="900.000.000 €", source="Haushalt 2026") | stored
    assert client.post(address, same).status_code == 302
    assert adoption.adoption_figures.get().source == "Haushalt 2026"
    shown = client.get(address).context["form"]
    stored |= {
        "base": shown["base"].value(),
        "version": shown["version"].value(),
        "base-adoption_figures": shown.row_sets[0].mark,
    }
    other = client.post(address, details(adoption, value="950.000.000 €", source="Haushalt 2026") | stored)
    assert (other.status_code, "Der Wert stimmt so" in plain(other)) == (422, True)


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2031 bis 2020", "endet, bevor er beginnt"),
        ("ab 2098", "beginnt erst in der Zukunft"),
    ],
)
def test_a_time_that_cannot_be_is_refused_at_its_field(city: City, period: str, said: str) -> None:
    adoption = adopt(city=city)
    address = f"{adoption.get_absolute_url()}bearbeiten/"
    client, sent = logged_in(make_user("author", city=city)), details(adoption) | {f"{NAME}-period": period}
    for kind in ("saving_yearly", "cost_once"):
        answer = client.post(address, sent | {f"{NAME}-kind": kind})
        assert (answer.status_code, said in plain(answer)) == (422, True)
        assert list(answer.context["form"].row_sets[0].formset.forms[0].errors) == ["period"]
        assert f'value="{period}"' in answer.content.decode()
    assert not adoption.adoption_figures.exists()
