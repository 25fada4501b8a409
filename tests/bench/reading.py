"""What people read: the scenarios, and addresses for them that are spread like the content."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from functools import partial
from urllib.parse import urlencode

from django.http import QueryDict

from cities.enums import NetworkStatus, Role, State
from cities.models import City
from practices.enums import Kind, Phase, Status, Visibility
from practices.models import Practice
from practices.search_entry import SOURCE
from search.models import Audience, Entry
from search.paging import Page
from search.searching import ANSWERS
from tests.bench.client import Answer, Browser, member
from tests.bench.generator.lexicon import Lexicon
from tests.bench.generator.words import words as words_of
from tests.bench.measuring import Scenario
from tests.bench.people import coordinator, own_page, people, somebody
from topics.models import Topic

# Milliseconds at the 95th percentile.
BROWSING, SEARCHING, SUGGESTING, COMPARING, MATRIX = 15.0, 25.0, 15.0, 50.0, 300.0
MY_CITY = 50.0
LARGE = 1_000_000  # from here on a search may take more
SEARCHING_MUCH, SUGGESTING_MUCH = 100.0, 30.0
WORKING = 150.0
VARIANTS = 40
PAPER = 200.0
DEPTH = 0.9
# Places in the order of frequency from which a search's words are taken.
FREQUENCY = {"rare": 15_000, "medium": 2_000, "frequent": 0}


class Addresses:
    """Addresses of pages that exist; the same ones in every run."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)
        self._lexicon = Lexicon(seed)
        self._topics = self._some(Topic.objects.order_by("pk").values_list("slug", flat=True))
        members = City.objects.filter(status=NetworkStatus.MEMBER).order_by("pk")
        self._cities = self._some(members.values_list("slug", flat=True))

    def topic_pages(self) -> list[str]:
        return [f"/themen/{slug}/" for slug in self._topics]

    def city_pages(self) -> list[str]:
        return [f"/staedte/{slug}/" for slug in self._cities]

    def comparable_cities(self, profile: str = "") -> list[str]:
        query = f"?profil={profile}" if profile else ""
        return [f"/staedte/{slug}/vergleichbare/{query}" for slug in self._cities]

    def matrix(self) -> list[str]:
        """Two hundred cities and a hundred topics: half of the map's branches, which fill all columns."""
        branches = Topic.objects.roots().order_by("pk").values_list("slug", flat=True)
        return [f"/themen/matrix/?{urlencode({'thema': list(branches[:5])}, doseq=True)}"]

    def figures(self) -> list[str]:
        """Of the whole time and of a year, for the network, a Land and a topic."""
        periods = ["von=2018-01-01&bis=2026-12-31", "von=2025-01-01&bis=2025-12-31"]
        parts = ["", "&land=07", f"&thema={self._topics[0]}"]
        return [f"/koordination/statistik/?{period}{part}" for period in periods for part in parts]

    def lists(
        self,
        *,
        topics: int = 0,
        city: bool = False,
        like: bool = False,
        more: Mapping[str, str] | None = None,
    ) -> list[str]:
        """Addresses of the list with so many topics chosen."""
        found = []
        for number in range(VARIANTS):
            query: dict[str, str | list[str]] = dict(more or {})
            if topics:
                query["thema"] = self._rng.sample(self._topics, topics)
            if like:
                query["wie"] = self._cities[number % len(self._cities)]
            if city:
                query["stadt"] = self._cities[number % len(self._cities)]
            found.append(f"/praxis/?{urlencode(query, doseq=True)}")
        return found

    def searches(
        self, first: int, *, words: int = 1, mistyped: bool = False, more: Mapping[str, str] | None = None
    ) -> list[str]:
        """So many words a search, the first of them from this place in the order of frequency."""
        found = []
        for place in range(first, first + VARIANTS):
            nouns = [self._lexicon.nouns[place + 7 * number].word for number in range(words)]
            if mistyped:  # two letters swapped
                nouns = [f"{word[:4]}{word[5]}{word[4]}{word[6:]}" for word in nouns]
            found.append(f"/praxis/?{urlencode({'q': ' '.join(nouns), **(more or {})})}")
        return found

    def everywhere(self) -> list[str]:
        """Searches for parts of compounds, which most write-ups have."""
        return [f"/praxis/?{urlencode({'q': word})}" for word in words_of("parts")[:VARIANTS]]

    def beginnings(self, letters: int) -> list[str]:
        """Words of which so many letters are typed."""
        return [self._lexicon.nouns[50 * place].word[:letters] for place in range(VARIANTS)]

    def searched_everywhere(self, first: int, *, words: int = 1) -> list[str]:
        """The same searches over all kinds of things."""
        return [address.replace("/praxis/", "/suche/", 1) for address in self.searches(first, words=words)]

    def deep_pages(self, depth: float) -> list[str]:
        """The list after so many of all public write-ups."""
        public = Entry.objects.filter(source=SOURCE, audience=Audience.PUBLIC).order_by("-date", "-id")
        start = int(public.count() * depth)
        keys = public.values_list("date", "id")[start : start + 20 * VARIANTS : 20]
        pages = [Page([], 0, last_key=(date.isoformat(), key)) for date, key in keys]
        return [f"/praxis/?{page.next_query(QueryDict())}" for page in pages]

    def comparisons(self, path: str) -> list[str]:
        """Four write-ups each, that may be read by everybody."""
        keys = [address.split("/")[2].partition("-")[0] for address in self.practices()]
        chosen = (self._rng.sample(keys, min(4, len(keys))) for _number in range(VARIANTS))
        return [f"{path}?{urlencode([('p', key) for key in some])}" for some in chosen]

    def practices(self) -> list[str]:
        public = Practice.objects.filter(status=Status.PUBLISHED, visibility=Visibility.PUBLIC)
        highest = public.order_by("-pk").values_list("pk", flat=True)[0]
        some = public.filter(pk__in=self._rng.sample(range(1, highest + 1), min(4 * VARIANTS, highest)))
        return [practice.get_absolute_url() for practice in some]

    def _some(self, values: Iterable[str]) -> list[str]:
        found = list(values)
        return self._rng.sample(found, min(VARIANTS, len(found)))


def scenarios(seed: int, size: int) -> list[Scenario]:
    addresses = Addresses(seed)
    is_large = size >= LARGE
    visitor, author, curator = Browser(), member(somebody(Role.AUTHOR)), member(coordinator())
    floor = [
        Scenario("empty view", visitor.get, ["/bench/leer/"], "floor"),
        Scenario("empty page in its frame", visitor.get, ["/bench/rahmen/"], "floor"),
        Scenario("empty page in its frame, member", author.get, ["/bench/rahmen/"], "floor"),
    ]
    combined = {"art": Kind.PRACTICE.value, "stand": Phase.LIVE.value}
    browsing = {
        "start page": ["/"],
        "list": ["/praxis/"],
        "list, one topic": addresses.lists(topics=1),
        "list, topic + kind + phase": addresses.lists(topics=1, more=combined),
        "list, three topics": addresses.lists(topics=3),
        "list, city": addresses.lists(city=True),
        "list, city + topic": addresses.lists(city=True, topics=1),
        "list, cities alike": addresses.lists(like=True),
        "list, by confirmation": addresses.lists(more={"sortierung": "bestaetigt"}),
        "list, second page": addresses.deep_pages(0)[:1],
        "list, at 90 % depth": addresses.deep_pages(DEPTH),
        "topic map": ["/themen/"],
        "topic": addresses.topic_pages(),
        "cities": ["/staedte/"],
        "city": addresses.city_pages(),
        "practice": addresses.practices(),
    }
    comparing = {
        "comparable cities": addresses.comparable_cities(),
        "comparable cities, neighbourhood": addresses.comparable_cities("nachbarschaft"),
    }
    searching = {
        **{f"search, {frequency} word": addresses.searches(first) for frequency, first in FREQUENCY.items()},
        "search, very frequent word": addresses.everywhere(),
        **{
            f"search, {number} {frequency} words": addresses.searches(first, words=number)
            for number in (2, 3)
            for frequency, first in FREQUENCY.items()
        },
        "search, beginning of a word": [
            f"/praxis/?{urlencode({'q': text})}" for text in addresses.beginnings(7)
        ],
        "search, over all kinds": addresses.searched_everywhere(0),
        "search, over all kinds, 2 words": addresses.searched_everywhere(FREQUENCY["medium"], words=2),
        "search, mistyped word": addresses.searches(FREQUENCY["medium"], mistyped=True),
        "search, frequent word + kind": addresses.searches(0, more={"art": Kind.PRACTICE.value}),
        "search, frequent word + kind + phase": addresses.searches(0, more=combined),
    }
    of_facets = {
        "list, Land": [f"/praxis/?land={state.value}" for state in State],
        "list, Land + cost + size": [
            f"/praxis/?land={state.value}&kosten=1&kosten=2&groesse=small" for state in State
        ],
        "list, checked": ["/praxis/?geprueft=ja"],
        "list, topic + Land": addresses.lists(topics=1, more={"land": State.RP.value}),
    }
    suggesting = {
        f"suggestions, {letters} letters": [
            f"/suche/vorschlaege/?{urlencode({'q': text})}" for text in addresses.beginnings(letters)
        ]
        for letters in (2, 4, 8)
    }
    of_members = {
        "list": ["/praxis/"],
        "list, one topic": addresses.lists(topics=1),
        "practice": addresses.practices(),
    }
    briefs = [f"{address}kurzfassung" for address in addresses.practices()]
    papers = {
        "brief as PDF": [f"{address}.pdf" for address in briefs],
        "comparison of four": addresses.comparisons("/praxis/vergleich/"),
        "comparison of four as PDF": addresses.comparisons("/praxis/vergleich.pdf"),
    }
    return [
        *floor,
        *(Scenario(name, visitor.get, each, "visitor", BROWSING) for name, each in browsing.items()),
        *(Scenario(name, visitor.get, each, "visitor", COMPARING) for name, each in comparing.items()),
        Scenario("matrix, 200 cities x 100 topics", visitor.get, addresses.matrix(), "visitor", MATRIX),
        Scenario("matrix, 200 cities x 100 topics", author.get, addresses.matrix(), "member", MATRIX),
        *(
            Scenario(
                name,
                partial(_asked_again, visitor),
                each,
                "visitor",
                SEARCHING_MUCH if is_large else SEARCHING,
            )
            for name, each in (of_facets | searching).items()
        ),
        *(
            Scenario(
                f"{name}, first time",
                partial(_asked_first, visitor),
                each,
                "visitor",
                SEARCHING_MUCH if is_large else SEARCHING,
            )
            for name, each in searching.items()
        ),
        *(
            Scenario(name, visitor.get, each, "visitor", SUGGESTING_MUCH if is_large else SUGGESTING)
            for name, each in suggesting.items()
        ),
        Scenario("brief", visitor.get, [f"{address}/" for address in briefs], "visitor", BROWSING),
        *(Scenario(name, visitor.get, each, "visitor", PAPER) for name, each in papers.items()),
        *(Scenario(name, author.get, each, "member", BROWSING) for name, each in of_members.items()),
        Scenario("desk", curator.get, ["/koordination/"], "coordinator", WORKING),
        Scenario("figures of the network", curator.get, addresses.figures(), "coordinator", WORKING),
        *(
            Scenario(f"my city, {role.value}", own_page, people(role), "member", MY_CITY)
            for role in (Role.LEADER, Role.MANAGER, Role.AUTHOR)
        ),
        Scenario("my city, leader where most is", own_page, people(Role.LEADER)[:1], "member", MY_CITY),
    ]


def _asked_again(visitor: Browser, address: str) -> Answer:
    """Somebody has asked this before; what was measured meanwhile has everything forgotten."""
    visitor.get(address)
    return visitor.get(address)


def _asked_first(visitor: Browser, address: str) -> Answer:
    """Nobody has asked this before."""
    ANSWERS.forget()
    return visitor.get(address)
