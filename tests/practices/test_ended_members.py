"""People who no longer act for a city of the network read what everybody reads."""

import pytest

from cities.enums import NetworkStatus, Role
from cities.models import Membership
from practices.enums import Visibility
from tests.factories import logged_in, make_city, make_practice, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("ending", ["removed", "city left"])
def test_what_the_network_shares_closes_with_the_last_city(ending):
    city = make_city()
    person = make_user(Role.AUTHOR, city=city)
    shared = make_practice(title="Nur unter uns", visibility=Visibility.NETWORK)
    assert logged_in(person).get(shared.get_absolute_url()).status_code == 200
    assert "Nur unter uns" in logged_in(person).get("/praxis/").text
    if ending == "removed":
        Membership.objects.filter(user=person).delete()
    else:
        city.status = NetworkStatus.OUTSIDE
        city.save()
    assert logged_in(person).get(shared.get_absolute_url()).status_code == 404
    assert "Nur unter uns" not in logged_in(person).get("/praxis/").text
    assert logged_in(person).get("/praxis/neu/").status_code in {302, 403}
