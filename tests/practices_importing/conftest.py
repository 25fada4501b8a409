"""Somebody who writes for a town."""

import pytest
from django.test import Client

from accounts.models import User
from cities.enums import Role
from tests.factories import logged_in, make_city, make_user


@pytest.fixture
def author() -> User:
    return make_user(Role.AUTHOR, city=make_city("Musterstadt"), office="Grünflächenamt")


@pytest.fixture
def client(author: User) -> Client:
    return logged_in(author)
