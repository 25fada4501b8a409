"""Loading the demo: into what is there already, quickly, and never in production."""

import time

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from accounts.models import User
from cities.enums import NetworkStatus
from cities.models import City
from ikone.demo import loader


def test_city_that_came_with_the_register_is_admitted(db: None) -> None:
    City.objects.create(ags="07312000", name="Kaiserslautern, Stadt", slug="kaiserslautern-stadt", state="07")
    loader.load()
    city = City.objects.get(ags="07312000")
    assert (city.status, city.slug) == (NetworkStatus.MEMBER, "kaiserslautern-stadt")
    assert city.portrait


def test_municipality_that_came_with_the_register_stays_as_it_is(db: None) -> None:
    City.objects.create(ags="07315000", name="Mainz, Stadt", slug="mainz-stadt", state="07", population=7)
    loader.load()
    city = City.objects.get(ags="07315000")
    assert (city.status, city.slug, city.population) == (NetworkStatus.OUTSIDE, "mainz-stadt", 7)


def test_loading_takes_less_than_five_seconds_of_work(db: None) -> None:
    begun = time.process_time()
    loader.load()
    assert time.process_time() - begun < 5


def test_production_refuses(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "IS_PRODUCTION", True)
    with pytest.raises(CommandError, match="production"):
        call_command("load_demo")
    assert not User.objects.exists()
