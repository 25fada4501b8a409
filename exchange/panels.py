"""What requests show on pages of other things, which read them along with their subject: no query more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse

from cities.enums import Role
from cities.models import Membership
from exchange.asking import ask_url
from exchange.enums import STILL_OPEN
from exchange.models import Request
from exchange.permissions import can_ask
from exchange.reading import rows_of
from ui.panels import Panel, register

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from cities.models import City
    from practices.views.listing import Unanswered
    from topics.models import Topic

    Person = User | AnonymousUser

ON_PAGES, OF_MINE = 4, 5


def register_panels() -> None:
    register(Panel("city.main", 15, "exchange/panels/city.html", of_city, read_with_city))
    register(Panel("topic.main", 30, "exchange/panels/topic.html", of_topic, read_with_topic))
    register(Panel("mine.tasks", 15, "exchange/panels/tasks.html", tasks, read_with_tasks))
    register(Panel("mine", 12, "exchange/panels/mine.html", mine, read_with_membership))
    register(Panel("practices.nothing", 20, "exchange/panels/nothing.html", instead_of_nothing))
    register(Panel("practices.end", 10, "search/ask_network.html", beside_what_was_found))


def read_with_city(reader: Person) -> dict[str, Any]:
    """What a city looks for now, as far as this person may know."""
    sought = Request.objects.visible_to(reader).still_open().filter(city=OuterRef("pk")).order_by("-pk")
    return {"requests_read": ArraySubquery(sought.as_rows()[: ON_PAGES + 1])}


def of_city(_request: HttpRequest, city: City) -> dict[str, Any] | None:
    rows = rows_of(city.requests_read)  # type: ignore[attr-defined]
    if not rows:
        return None
    return {
        "rows": rows[:ON_PAGES],
        "has_more": len(rows) > ON_PAGES,
        "url": f"{reverse('exchange:list')}?stadt={city.slug}",
    }


def read_with_topic(reader: Person) -> dict[str, Any]:
    """What cities look for under a topic, as far as this person may know."""
    sought = Request.objects.visible_to(reader).still_open().under(OuterRef("pk")).order_by("-pk")
    return {"requests_read": ArraySubquery(sought.as_rows()[: ON_PAGES + 1])}


def of_topic(request: HttpRequest, topic: Topic) -> dict[str, Any] | None:
    """What is sought under a topic, and to members the way to ask."""
    rows = rows_of(topic.requests_read)  # type: ignore[attr-defined]
    may_ask = can_ask(request.user) and not topic.is_retired
    if not rows and not may_ask:
        return None
    return {
        "rows": rows[:ON_PAGES],
        "has_more": len(rows) > ON_PAGES,
        "url": f"{reverse('exchange:list')}?thema={topic.slug}",
        "ask_url": ask_url(topic=topic.slug) if may_ask else "",
    }


def read_with_membership(reader: Person) -> dict[str, Any]:
    """What the city looks for now, and what others look for in the topics that it leads."""
    sought = Request.objects.visible_to(reader).still_open()
    own = sought.filter(city=OuterRef("city")).order_by("-pk")
    others = sought.exclude(city=OuterRef("city")).led_by(OuterRef(OuterRef("city"))).order_by("-pk")
    return {
        "own_requests": ArraySubquery(own.as_rows()[:OF_MINE]),
        "led_requests": ArraySubquery(others.as_rows()[:OF_MINE]),
    }


def mine(request: HttpRequest, memberships: list[Membership]) -> dict[str, Any] | None:
    if not can_ask(request.user):
        return None
    own = {row.pk: row for one in memberships for row in rows_of(one.own_requests)}  # type: ignore[attr-defined]
    led = {row.pk: row for one in memberships for row in rows_of(one.led_requests)}  # type: ignore[attr-defined]
    others = [row for key, row in led.items() if key not in own]
    if not own and not others:
        return None
    return {"own": list(own.values()), "others": others, "url": f"{reverse('exchange:list')}?stadt=unsere"}


def read_with_tasks(_reader: Person) -> dict[str, Any]:
    """Requests of the city with answers, about which this person can say how they stand."""
    managed = Membership.objects.filter(pk=OuterRef(OuterRef("pk")), role=Role.MANAGER)
    own = Request.objects.filter(city=OuterRef("city"), state__in=STILL_OPEN).answered()
    own = own.filter(Q(asked_by=OuterRef("user")) | Exists(managed)).order_by("-pk")
    return {"answered_requests": ArraySubquery(own.as_rows()[:OF_MINE])}


def tasks(_request: HttpRequest, memberships: list[Membership]) -> dict[str, Any] | None:
    """Answers to look at, as long as nobody has said whether they helped."""
    rows = [
        row
        for one in memberships
        if one.city.is_in_network
        for row in rows_of(one.answered_requests)  # type: ignore[attr-defined]
    ]
    return {"rows": rows} if rows else None


def instead_of_nothing(request: HttpRequest, subject: Unanswered) -> dict[str, Any] | None:
    """To members whose search no write-up answers: ask the network. No query."""
    question, _answer = subject
    if not question.text or not can_ask(request.user):
        return None
    return {"url": ask_url(question.text)}


def beside_what_was_found(request: HttpRequest, subject: Unanswered) -> dict[str, Any]:
    """Below what was found for words: whom to ask where none of it helps. No query."""
    text = subject.question.text
    return {"asks_network": ask_url(text) if can_ask(request.user) else "", "text": text}
