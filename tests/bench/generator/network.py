"""What write-ups hang on: topics, tags, the cities' place in the network, people and who leads what."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence

from accounts.models import User
from cities.enums import NetworkStatus, Role
from cities.models import City, Membership
from search.folding import german_slug
from tests.bench.generator.lexicon import Lexicon, picks, zipf
from tests.bench.generator.words import pairs
from topics.enums import Engagement
from topics.models import Leadership, Topic

TOPICS, TAGS = 200, 5_000
MEMBERS, GUESTS = 1_000, 500  # of all cities, the best-placed ones
COORDINATORS = 5
FIRST_DAY, LAST_DAY = dt.date(2018, 11, 1), dt.date(2026, 10, 31)  # eight years

# Roots with the subjects below them; the subjects' own topics are compounds of them.
THEMES = {
    "Verwaltung und Organisation": "Akten Posteingangs Termin Vertrags",
    "Bürgerdienste": "Melde Ausweis Standesamts Fundsachen",
    "Bauen und Wohnen": "Bauantrags Wohngeld Bebauungsplan Leerstands",
    "Mobilität und Verkehr": "Parkraum Radverkehrs Nahverkehrs Ladesäulen",
    "Beteiligung und Rat": "Beteiligungs Sitzungs Bürgerhaushalts Ehrenamts",
    "Netze und Technik": "Breitband Mobilfunk Sensor Cloud",
    "Bildung und Familie": "Schul Kinderbetreuungs Bibliotheks Volkshochschul",
    "Umwelt und Klima": "Bewässerungs Starkregen Energie Abfall",
    "Wirtschaft und Innenstadt": "Gewerbe Einkaufs Tourismus Fördermittel",
    "Daten und Sicherheit": "Geodaten Datenschutz Notfall Identitäts",
}
TOPIC_HEADS = ["verwaltung", "planung", "dienste", "prozesse", "plattformen", "beratung"]


def topics() -> Iterator[Topic]:
    """A tree of depth three with `TOPICS` nodes, parents before children; ids begin at 1."""
    numbers = iter(range(1, TOPICS + 1))
    roots = [_topic(next(numbers), name, None) for name in THEMES]
    yield from roots
    subjects = [
        _topic(next(numbers), f"{subject.removesuffix('s')}-Themen", root.id, depth=2)
        for root, subjects in zip(roots, THEMES.values(), strict=True)
        for subject in subjects.split()
    ]
    yield from subjects
    stems = " ".join(THEMES.values()).split()
    for head in TOPIC_HEADS:
        for stem, subject in zip(stems, subjects, strict=True):
            if (number := next(numbers, None)) is None:
                return
            yield _topic(number, stem + head, subject.id, depth=3)


def _topic(number: int, name: str, parent: int | None, depth: int = 1) -> Topic:
    return Topic(
        id=number, name=name, slug=german_slug(name), parent_id=parent, depth=depth, position=number,
        summary=f"Was Städte über {name} voneinander lernen.",
        description=f"<p>Alles über {name}: Einführung, Betrieb und Erfahrungen.</p>",
        synonyms=[f"E-{name}"] if depth == 3 else [],
    )  # fmt: skip


def tag_names(lexicon: Lexicon) -> list[str]:
    return [noun.word for noun in lexicon.nouns[-TAGS:]]


def admit(cities: Sequence[City]) -> None:
    """Give the first of `cities` a place in the network and a portrait."""
    for rank, city in enumerate(cities[: MEMBERS + GUESTS]):
        city.status = NetworkStatus.MEMBER if rank < MEMBERS else NetworkStatus.GUEST
        city.joined_on = FIRST_DAY + dt.timedelta(days=rank * 2 % (LAST_DAY - FIRST_DAY).days)
        city.contact_name = "Stabsstelle Digitalisierung"
        city.contact_email = f"digital@{city.slug}.example.org"
        city.portrait = (
            f"<p>{city.name} arbeitet seit {city.joined_on.year} im Netzwerk mit und bringt eigene "
            f"Schwerpunkte ein.</p><p>Besuche sind nach Absprache willkommen.</p>"
        )


def people(cities: Sequence[City]) -> Iterator[tuple[User, list[Membership]]]:
    """Coordinators, then for every city in the network its staff; nobody can log in with a password."""
    number = 0
    for number in range(1, COORDINATORS + 1):
        yield _user(number, "Koordination", is_coordinator=True), []
    for rank, city in enumerate(cities[: MEMBERS + GUESTS]):
        roles = [Role.MANAGER, Role.AUTHOR, Role.LEADER] if rank < MEMBERS else [Role.AUTHOR]
        for role in roles:
            number += 1
            membership = Membership(
                user_id=number, city_id=city.id, role=role, since=city.joined_on or FIRST_DAY
            )
            yield _user(number, str(role.label)), [membership]


def _user(number: int, name: str, *, is_coordinator: bool = False) -> User:
    return User(
        id=number, email=f"person{number}@example.org", name=f"{name} {number}", password="!",
        office="Rathaus", is_coordinator=is_coordinator,
    )  # fmt: skip


def leaderships(seed: int, cities: Sequence[City]) -> Iterator[Leadership]:
    """A third of the topics has a lead, all have cities that work on them."""
    rng = random.Random(seed)
    by_rank = picks(rng, cities[:MEMBERS], zipf(min(MEMBERS, len(cities)), flat=10))
    offices = picks(rng, [office.partition(" ")[2] for office in pairs("offices")[0]])
    for topic_id in range(1, TOPICS + 1):
        engaged = {city.id: city for city, _place in zip(by_rank, range(rng.randint(1, 8)), strict=False)}
        for place, city in enumerate(engaged.values()):
            leads = place == 0 and topic_id % 3 == 0
            since = FIRST_DAY + dt.timedelta(days=rng.randrange(2_000))
            yield Leadership(
                topic_id=topic_id, city_id=city.id, since=since, next_check=since + dt.timedelta(days=2_500),
                engagement=Engagement.LEADS if leads else rng.choice(Engagement.values[1:]),
                promise="Erfahrungen sammeln und allen einen Leitfaden geben." if leads else "",
                contact_name=next(offices), contact_email=f"kontakt{city.id}@example.org",
            )  # fmt: skip
