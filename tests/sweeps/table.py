"""Who gets what at every address. An address without a row here fails `test_access`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.support.world import Who, World

Arguments = Callable[[World], list[Any]]
Answer = Any  # what Django's test client gives; django-stubs types it apart from every other response
HTMX = {"HX-Request": "true"}

PAGE = frozenset({200})
PAGE_OR_ELSEWHERE = frozenset({200, 302})  # the login's pages send on those who have no business there
ELSEWHERE = frozenset({301, 302})
NOTHING_THERE = frozenset({302, 404})


@dataclass(frozen=True)
class Case:
    """One address: `who` gets one of `answers`; others who are logged in get `denied`, visitors the login.

    Those it is `hidden_from` get 404. `is_public` marks views that answer visitors by themselves, so that
    these get 404 or `denied` too.
    """

    name: str
    who: frozenset[Who]
    args: Arguments = lambda world: []
    denied: int = 403
    hidden_from: frozenset[Who] = frozenset()
    is_public: bool = False
    method: str = "GET"
    answers: frozenset[int] = frozenset({200})
    label: str = ""
    query: str = ""  # of the address, without its question mark

    def __str__(self) -> str:
        return f"{self.name}{f' ({self.label})' if self.label else ''}"

    def url(self, world: World) -> str:
        return f"{reverse(self.name, args=self.args(world))}{f'?{self.query}' if self.query else ''}"

    def ask(self, world: World, who: Who, headers: dict[str, str] | None = None) -> Answer:
        client = world.client(who)
        send = client.get if self.method == "GET" else client.post
        return read_to_the_end(send(self.url(world), headers=headers))


def read_to_the_end(response: Answer) -> Answer:
    """Closes the file that is served, if one is."""
    if response.streaming:
        response.streaming_content = [b"".join(response.streaming_content)]
    return response


def get(name: str, who: frozenset[Who], args: Arguments = lambda world: [], **rest: Any) -> Case:
    return Case(name, who, args, **rest)


def post(name: str, who: frozenset[Who], args: Arguments = lambda world: [], **rest: Any) -> Case:
    rest.setdefault("answers", frozenset({200, 302, 303, 400, 422}))
    return Case(name, who, args, method="POST", **rest)


def patterns(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every view of the portal with its full name."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, namespace + (f"{entry.namespace}:" if entry.namespace else ""))
        else:
            yield f"{namespace}{entry.name or entry.pattern}", entry


def is_admin(name: str) -> bool:
    """Django's admin has its own rule: nothing without `is_staff`."""
    return name.startswith("admin:")
