"""Rows for tests: valid, small, in German. Keyword arguments overwrite any field."""

import datetime
import itertools
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from accounts.models import User
from cities.enums import NetworkStatus, Role
from cities.models import City, Membership
from practices import search_entry
from practices.enums import Status, Visibility
from practices.models import Practice, PracticeTopic
from topics.enums import Engagement
from topics.models import Leadership, Service, Topic
from topics.ozg import search_entry as service_entry

PASSWORD = "Gartenzaun-Nebel-42"

_numbers = itertools.count(1)


def make_user(
    role: Role | str | None = None, *, city: City | None = None, password: str | None = None, **fields: Any
) -> User:
    """A person; with `role` a member of `city` (made if not given). Coordinators: `is_coordinator=True`."""
    number = next(_numbers)
    values = {"email": f"person{number}@example.org", "name": f"Stelle {number}"} | fields
    user = User.objects.create_user(values.pop("email"), password, **values)
    if role is not None:
        Membership.objects.create(user=user, city=city or make_city(), role=Role(role))
    return user


def make_coordinator(**fields: Any) -> User:
    """A coordinator with the second factor without which nothing opens."""
    user = make_user(is_coordinator=True, **fields)
    give_second_factor(user)
    return user


def give_second_factor(user: User) -> None:
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "unused"})


def make_city(name: str | None = None, **fields: Any) -> City:
    """A member of the network in Rheinland-Pfalz with a place on the map."""
    number = next(_numbers)
    name = name or f"Musterstadt {number}"
    values: dict[str, Any] = {
        "ags": f"07{number:06}",
        "name": name,
        "slug": f"musterstadt-{number}",
        "state": "07",
        "district": "Musterkreis",
        "designation": "63",
        "population": 20_000 + number,
        "population_date": datetime.date(2024, 12, 31),
        "area_km2": "42.50",
        "latitude": "49.445456",
        "longitude": "7.768864",
        "status": NetworkStatus.MEMBER,
        "joined_on": datetime.date(2020, 8, 1),
    } | fields
    if values["status"] == NetworkStatus.OUTSIDE and "joined_on" not in fields:
        values["joined_on"] = None
    if "ags" in fields and "state" not in fields:
        values["state"] = fields["ags"][:2]
    city = City.objects.create(**values)
    city.refresh_from_db()
    return city


def make_topic(name: str | None = None, **fields: Any) -> Topic:
    number = next(_numbers)
    values: dict[str, Any] = {
        "name": name or f"Musterthema {number}",
        "slug": f"musterthema-{number}",
        "summary": "Worum es bei diesem Thema geht.",
    } | fields
    topic = Topic.objects.create(**values)
    topic.refresh_from_db()
    return topic


def make_leadership(**fields: Any) -> Leadership:
    """A city leads a topic; both are made if not given."""
    values: dict[str, Any] = {
        "engagement": Engagement.LEADS,
        "contact_name": "Stabsstelle Digitalisierung",
        "contact_email": "digitalisierung@example.org",
        "since": datetime.date(2024, 1, 1),
    } | fields
    values["topic"] = fields.get("topic") or make_topic()
    values["city"] = fields.get("city") or make_city()
    return Leadership.objects.create(**values)


def make_service(name: str | None = None, *, field: Topic | None = None, **values: Any) -> Service:
    """A service of the OZG without a key unless told otherwise; it can be found."""
    number = next(_numbers)
    service = Service.objects.create(
        name=name or f"Musterleistung {number}", field=field or make_topic(), **values
    )
    service_entry.refresh([service.pk])
    return service


def make_practice(
    title: str | None = None, *, topics: list[Topic] | None = None, city: City | None = None, **fields: Any
) -> Practice:
    """A published public write-up unless told otherwise; the first of `topics` is the primary one."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "title": title or f"Musterpraxis {number}",
        "summary": "Was die Stadt in einem Satz gelernt hat.",
        "starting_point": "<p>So war es vorher.</p>",
        "solution": "<p>So wurde es gelöst.</p>",
        "lessons": "<p>Das würden wir heute anders machen.</p>",
        "stop_reason": "<p>Deshalb endete es.</p>" if fields.get("kind") == "stopped" else "",
        "contact_name": "Stabsstelle Digitalisierung",
        "contact_email": "digitalisierung@example.org",
        "status": Status.PUBLISHED,
        "visibility": Visibility.PUBLIC,
        "city": city or make_city(),
    } | fields
    if values["status"] in {Status.PUBLISHED, Status.ARCHIVED} and "published_at" not in fields:
        values["published_at"] = timezone.now()
        values.setdefault("confirmed_on", timezone.localdate())
    practice = Practice.objects.create(**values)
    for index, topic in enumerate(topics or [make_topic()]):
        PracticeTopic.objects.create(practice=practice, topic=topic, is_primary=index == 0)
    search_entry.refresh(practice)
    return practice


def logged_in(user: User | AnonymousUser | None) -> Client:
    """A test client for this person, or for a visitor."""
    client = Client()
    if isinstance(user, User):
        client.force_login(user)
    return client
