"""People at test clients, each in the middle of a session."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from http.cookies import SimpleCookie
from typing import Any

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY as AUTHENTICATION_METHODS_USER_SESSION_KEY,
)
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client

from accounts.models import User
from tests import factories
from tests.support.transactions import undone

AS_LONG_AS_THE_SWEEPS_TAKE = 3600


class Sessions:
    """The test clients of the people of a network; who is not among them is a visitor."""

    people: dict[Any, User]

    @cached_property
    def _clients(self) -> dict[str, Client]:
        return {}

    def client(self, who: str) -> Client:
        if who not in self._clients:
            self._clients[who] = client_of(self.people.get(who))
        return self._clients[who]

    @contextmanager
    def trial(self) -> Iterator[None]:
        """Take back everything that the block did: what it wrote, and what browsers keep of it."""
        kept = {who: dict(client.cookies) for who, client in self._clients.items()}
        with undone():
            yield
        for who, cookies in kept.items():
            self._clients[who].cookies = SimpleCookie(cookies)

    @contextmanager
    def tolerant(self, who: str) -> Iterator[None]:
        """A page that crashes is an answer with 500 in the block, so that others are still read."""
        client = self.client(who)
        client.raise_request_exception = False
        try:
            yield
        finally:
            client.raise_request_exception = True


def client_of(user: User | None) -> Client:
    """The test client of a person, or of a visitor, who has been here before (a session notes when it began).

    It is always as after a login a moment ago: nobody is asked for the password again, and no visit is noted.
    """
    client = factories.logged_in(user)
    if user is not None:
        now = time.time() + AS_LONG_AS_THE_SWEEPS_TAKE
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            {"method": "password", "at": now, "reauthenticated": True}
        ]
        session[AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
        session["begun_at"] = session["active_at"] = int(now)
        session.save()
        client.get("/mein/")
    return client
