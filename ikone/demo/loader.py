"""Loads the demo content.

What was once in the database is never touched again: people may change, rename, move or delete it, and a
second load leaves that alone. History knows what there once was, so a load asks the event tables.
"""

from __future__ import annotations

from typing import Any
from zlib import crc32

import pghistory
from django.apps import apps
from django.db import models, transaction

from accounts.models import User
from cities.enums import NetworkStatus, Role
from cities.models import City, Membership
from cities.search_entry import entries_of as cities_entries_of
from ikone.demo import (
    adoptions,
    blocks,
    collections,
    files,
    products,
    records,
    register,
    requests,
    services,
)
from ikone.models import OperatorPage
from practices import search_entry
from practices.enums import Status, Step
from practices.models import Practice, PracticeTopic, WorkflowStep
from search import entries
from search.models import Synonym
from topics import search_entry as topics_entry
from topics.models import Leadership, Topic
from ui.richtext import clean

RICH_FIELDS = [
    "standards",
    "procurement",
    "starting_point",
    "solution",
    "lessons",
    "approach",
    "results",
    "obstacles",
    "prerequisites",
    "adaptation",
    "unsuitable_for",
    "legal",
    "stop_reason",
]
PLAIN_FIELDS = [
    "licence",
    "repository_url",
    "offers",
    "offer_note",
    "maintained_until",
    "title",
    "summary",
    "kind",
    "phase",
    "starts",
    "ends",
    "visibility",
    "status",
    "source_name",
    "source_url",
    "published_at",
    "confirmed_on",
    "next_check_on",
]


@transaction.atomic
def load() -> dict[str, int]:
    """Create what has never been there; returns how many of each kind."""
    cities, new_cities = load_cities()
    topics, new_topics = load_topics()
    users = load_accounts(cities)
    return {
        "cities": new_cities,
        "municipalities": register.load(),
        "topics": new_topics,
        "leaderships": load_leaderships(topics, cities),
        "services": services.load(topics, cities),
        "accounts": len(users),
        "practices": load_practices(topics, cities),
        "blocks": blocks.load(topics, cities, author_for),
        "adoptions": adoptions.load(cities, author_for),
        "collections": collections.load(),
        "requests": requests.load(topics, cities, author_for),
        "products": products.load(cities),
        "pages": load_pages(),
        "synonyms": load_synonyms(),
    }


def once_there(model: type[models.Model], **lookup: Any) -> models.QuerySet[Any]:
    """History events of this model."""
    return apps.get_model(model._meta.app_label, f"{model.__name__}Event").objects.filter(**lookup)


def load_cities() -> tuple[dict[str, City], int]:
    """The demo's cities by AGS, and how many of them were admitted now; they may come from the register."""
    content = files.read("cities")
    keys = [row["ags"] for row in content["city"]]
    known = once_there(City, ags__in=keys, status__in=[NetworkStatus.MEMBER, NetworkStatus.GUEST])
    admitted = set(known.values_list("ags", flat=True))
    in_register = City.objects.in_bulk(keys, field_name="ags")
    created = 0
    for row in content["city"]:
        if row["ags"] in admitted:
            continue
        city = in_register.get(row["ags"]) or City(
            **{key: row[key] for key in row if key not in {"joined_on", "website", "portrait"}},
            state=row["ags"][:2],
            population_date=content["population_date"],
            register_date=content["register_date"],
        )
        city.status = NetworkStatus.MEMBER
        city.joined_on = row["joined_on"]
        city.website = row["website"]
        city.portrait = prose(row["portrait"])
        for name, value in office_of(row["slug"]).items():
            setattr(city, name, value)
        city.save()
        created += 1
    cities = City.objects.in_bulk(keys, field_name="ags")
    entries.enter(cities_entries_of([city.pk for city in cities.values()]))
    return cities, created


def prose(text: str) -> str:
    """The portal's rich text from HTML that has line breaks where the file needs them."""
    return clean(" ".join(text.split()).replace("> <", "><"))


def office_of(slug: str) -> dict[str, str]:
    """The contact of a demo city: an office whose address and number reach nobody.

    The Bundesnetzagentur keeps these numbers free for films.
    """
    return {
        "contact_name": "Stabsstelle Digitalisierung",
        "contact_email": f"digital.{slug}@example.org",
        "contact_phone": f"069 90009-{crc32(slug.encode()) % 1000:03}",
    }


def load_topics() -> tuple[dict[str, Topic], int]:
    """The topics by the slug that the demo gave them, and how many are new."""
    rows = files.read("topics")["topic"]
    ids = dict(once_there(Topic, slug__in=[row["slug"] for row in rows]).values_list("slug", "pgh_obj_id"))
    still_there = Topic.objects.in_bulk(ids.values())
    topics = {slug: still_there[pk] for slug, pk in ids.items() if pk in still_there}
    created = 0
    for position, row in enumerate(rows, start=1):
        parent = topics.get(row.get("under", ""))
        if row["slug"] in ids or ("under" in row and parent is None):
            continue
        topics[row["slug"]] = Topic.objects.create(
            slug=row["slug"],
            name=row["name"],
            parent=parent,
            position=position,
            summary=row.get("summary", ""),
            description=prose(row.get("description", "")),
            synonyms=row.get("synonyms", []),
        )
        topics_entry.refresh(topics[row["slug"]])
        created += 1
    return topics, created


def load_accounts(cities: dict[str, City]) -> list[User]:
    content = files.read("accounts")
    rows = content["account"]
    known = once_there(User, email__in=[row["email"] for row in rows]).values_list("email", flat=True)
    created = []
    for row in rows:
        if row["email"] in set(known):
            continue
        user = User.objects.create_user(
            row["email"],
            content["password"],
            name=row["name"],
            office=row["office"],
            is_coordinator=row.get("is_coordinator", False),
        )
        if "city" in row:
            Membership.objects.create(user=user, city=cities[row["city"]], role=Role(row["role"]))
        created.append(user)
    return created


def load_leaderships(topics: dict[str, Topic], cities: dict[str, City]) -> int:
    content = files.read("leaderships")
    known = set(once_there(Leadership, is_demo=True).values_list("topic_id", "city_id"))
    known.update(Leadership.objects.values_list("topic_id", "city_id"))
    created = []
    for row in content["leadership"]:
        topic, city = topics.get(row["topic"]), cities.get(row["city"])
        if topic is None or city is None or (topic.pk, city.pk) in known:
            continue
        parts = [row.get("promise", ""), content["example_note"] if row.get("is_example") else ""]
        created.append(
            Leadership(
                topic=topic,
                city=city,
                engagement=row["engagement"],
                promise="\n".join(part for part in parts if part),
                **office_of(city.slug),
                is_demo=True,
            )
        )
    Leadership.objects.bulk_create(created)
    return len(created)


def load_practices(topics: dict[str, Topic], cities: dict[str, City]) -> int:
    rows = {f"demo:{row['key']}": row for row in files.practices()}
    known = set(once_there(Practice, external_id__in=rows).values_list("external_id", flat=True))
    created = [
        create_practice(external_id, row, topics, cities)
        for external_id, row in rows.items()
        if external_id not in known and row["city"] in cities
    ]
    records.relate(created, rows)
    entries.enter(search_entry.entries_of([practice.pk for practice in created]))
    return len(created)


def create_practice(
    external_id: str, row: dict[str, Any], topics: dict[str, Topic], cities: dict[str, City]
) -> Practice:
    city = cities[row["city"]]
    author = author_for(city)
    practice = Practice.objects.create(
        **{"status": Status.PUBLISHED} | {field: row[field] for field in PLAIN_FIELDS if field in row},
        **{field: prose(row[field]) for field in RICH_FIELDS if field in row},
        city=city,
        **office_of(city.slug),
        created_by=author,
        updated_by=author,
        external_id=external_id,
        is_demo=True,
    )
    PracticeTopic.objects.bulk_create(
        PracticeTopic(practice=practice, topic=topics[slug], is_primary=number == 0)
        for number, slug in enumerate(slug for slug in row["topics"] if slug in topics)
    )
    practice.partner_cities.add(*(cities[ags] for ags in row.get("partners", []) if ags in cities))
    practice.tags.add(*row.get("tags", []))
    records.add_rows(practice, row)
    if practice.status == Status.IN_REVIEW or "returned_with" in row:
        WorkflowStep.objects.create(practice=practice, step=Step.SUBMITTED, by=author)
    if "returned_with" in row:
        manager = User.objects.filter(memberships__city=city, memberships__role=Role.MANAGER).first()
        WorkflowStep.objects.create(
            practice=practice, step=Step.RETURNED, remark=row["returned_with"], by=manager
        )
    return practice


def author_for(city: City) -> User | None:
    """The demo account that may write for this city, else the coordination."""
    emails = [row["email"] for row in files.read("accounts")["account"]]
    demo = User.objects.filter(email__in=emails)
    own = demo.filter(memberships__city=city, memberships__role__in=[Role.AUTHOR, Role.MANAGER])
    return own.order_by("memberships__role").first() or demo.filter(is_coordinator=True).first()


def load_synonyms() -> int:
    groups = files.read("synonyms")["groups"]
    known = [set(terms) for terms in once_there(Synonym, origin="").values_list("terms", flat=True)]
    new = [terms for terms in groups if not any(set(terms) & one for one in known)]
    for terms in new:
        Synonym.objects.create(terms=terms)
    return len(new)


def load_pages() -> int:
    rows = files.read("pages")["page"]
    known = set(once_there(OperatorPage, slug__in=[r["slug"] for r in rows]).values_list("slug", flat=True))
    coordinator = User.objects.filter(is_coordinator=True).order_by("pk").first()
    with pghistory.context(user=coordinator.pk if coordinator else None):
        created = [
            OperatorPage.objects.create(slug=row["slug"], title=row["title"], body=prose(row["body"]))
            for row in rows
            if row["slug"] not in known
        ]
    return len(created)
