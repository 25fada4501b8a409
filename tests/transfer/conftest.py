"""Two cities: one that has written something, and one that asks whether it fits."""

import pytest

from cities.enums import Designation
from cities.models import City
from tests.factories import make_city


@pytest.fixture
def there() -> City:
    return make_city("Großdorf", population=40_000, designation=Designation.INDEPENDENT_CITY)


@pytest.fixture
def here() -> City:
    return make_city("Kleindorf", population=30_000, designation=Designation.INDEPENDENT_CITY)
