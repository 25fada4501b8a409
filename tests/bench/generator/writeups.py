"""Write-ups in chunks. A chunk depends on the seed and its number alone: several processes share the work."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone

from practices.enums import Kind, Phase, Status, Step, Visibility
from practices.models import Practice, PracticeTopic, WorkflowStep
from tests.bench.generator.adoptions import Adopting
from tests.bench.generator.lexicon import Lexicon, by_share, picks, zipf
from tests.bench.generator.network import (
    COORDINATORS,
    FIRST_DAY,
    GUESTS,
    LAST_DAY,
    MEMBERS,
    TAGS,
    THEMES,
    TOPICS,
)
from tests.bench.generator.prose import Writer
from tests.bench.generator.written import WriteUp

CHUNK = 2_500
OPTIONAL = ["approach", "results", "obstacles", "prerequisites", "adaptation", "unsuitable_for", "legal"]
# Sections beyond the short profile and sentences in each, with their shares: most are short, few very long.
LENGTHS = {(0, 4): 48, (1, 4): 27, (3, 4): 16, (5, 6): 7, (7, 12): 1.8, (7, 40): 0.2}
STATUSES = {Status.PUBLISHED: 92, Status.DRAFT: 4, Status.ARCHIVED: 3, Status.IN_REVIEW: 1}
VISIBILITIES = {Visibility.PUBLIC: 80, Visibility.NETWORK: 17, Visibility.ANONYMOUS: 3}
KINDS = {Kind.PRACTICE: 62, Kind.LESSON: 18, Kind.STOPPED: 6, Kind.PLAN: 14}
PHASES = {Phase.LIVE: 64, Phase.PILOT: 18, Phase.ENDED: 9, Phase.PLANNED: 6, Phase.IDEA: 3}
PLAN_PHASES = {Phase.PLANNED: 60, Phase.IDEA: 40}
TOPIC_COUNTS = {1: 50, 2: 35, 3: 15}
TAG_COUNTS = {0: 10, 1: 15, 2: 25, 3: 25, 4: 15, 6: 10}
STEPS = {
    Status.DRAFT: [Step.CREATED],
    Status.IN_REVIEW: [Step.CREATED, Step.SUBMITTED],
    Status.PUBLISHED: [Step.CREATED, Step.SUBMITTED, Step.PUBLISHED],
    Status.ARCHIVED: [Step.CREATED, Step.SUBMITTED, Step.PUBLISHED, Step.ARCHIVED],
}


@dataclass(frozen=True)
class Author:
    """A city that writes, and the person who does it for the city (None: the coordination does)."""

    city_id: int
    city_name: str
    user_id: int | None


class WriteUps:
    """Writes chunks. `authors` begins with the city that writes most."""

    def __init__(self, seed: int, authors: Sequence[Author]) -> None:
        self._seed, self._authors = seed, authors
        self._lexicon = Lexicon(seed)
        self._topic_ids = list(range(1, TOPICS + 1))
        rng = random.Random(seed)
        rng.shuffle(self._topic_ids)
        # Few stand under a root itself.
        self._topic_ids.sort(key=lambda topic: topic <= len(THEMES))

    def chunk(self, number: int, size: int) -> Iterator[WriteUp]:
        """The write-ups of this chunk, out of `size` in all; ids begin at 1."""
        rng = random.Random(f"{self._seed}/{number}")
        desk = _Desk(rng, self._lexicon, self._authors, self._topic_ids)
        # Random choices of their own, so that what is written stays the same.
        adopting = Adopting(
            random.Random(f"{self._seed}/{number}/adoptions"),
            [author.city_id for author in self._authors[: MEMBERS + GUESTS]],
        )
        for practice_id in range(number * CHUNK + 1, min((number + 1) * CHUNK, size) + 1):
            yield adopting.adopted(desk.write(practice_id))


class _Desk:
    """Where one chunk is written: its random choices."""

    def __init__(
        self, rng: random.Random, lexicon: Lexicon, authors: Sequence[Author], topics: Sequence[int]
    ) -> None:
        self._rng = rng
        self._writer = Writer(rng, lexicon, [author.city_name for author in authors])
        self._authors = picks(rng, authors, zipf(len(authors), flat=30))
        network = authors[: MEMBERS + GUESTS]
        self._partners = picks(rng, network, zipf(len(network), flat=30))
        self._topics = picks(rng, topics, zipf(len(topics), flat=5))
        self._tags = picks(rng, range(TAGS), zipf(TAGS, flat=10))
        self._statuses = by_share(rng, STATUSES)
        self._visibilities = by_share(rng, VISIBILITIES)
        self._kinds = by_share(rng, KINDS)
        self._phases = by_share(rng, PHASES)
        self._plan_phases = by_share(rng, PLAN_PHASES)
        self._lengths = by_share(rng, LENGTHS)
        self._topic_counts = by_share(rng, TOPIC_COUNTS)
        self._tag_counts = by_share(rng, TAG_COUNTS)

    def write(self, practice_id: int) -> WriteUp:
        author = next(self._authors)
        user_id = author.user_id or 1 + practice_id % COORDINATORS
        kind, status = next(self._kinds), next(self._statuses)
        created = self._moment()
        published = min(created + dt.timedelta(days=self._rng.randint(0, 60)), _end(LAST_DAY))
        is_out = status in {Status.PUBLISHED, Status.ARCHIVED}
        practice = Practice(
            id=practice_id,
            city_id=author.city_id,
            kind=kind,
            phase=self._phase(kind),
            status=status,
            visibility=next(self._visibilities),
            title=self._writer.title(author.city_name),
            summary=self._writer.summary(author.city_name),
            contact_name="Stabsstelle Digitalisierung",
            contact_email=f"kontakt{author.city_id}@example.org",
            deputy_name="Hauptamt",
            created_by_id=user_id,
            updated_by_id=user_id,
            created_at=created,
            updated_at=published,
            published_at=published if is_out else None,
            version=self._rng.randint(1, 9),
            **self._texts(author.city_name, is_stopped=kind == Kind.STOPPED),
            **self._course(created, published if is_out else None),
        )
        topic_ids = dict.fromkeys(next(self._topics) for _ in range(next(self._topic_counts)))
        return WriteUp(
            practice,
            topics=[
                PracticeTopic(practice_id=practice_id, topic_id=topic_id, is_primary=place == 0)
                for place, topic_id in enumerate(topic_ids)
            ],
            steps=[
                WorkflowStep(
                    practice_id=practice_id, step=step, by_id=user_id,
                    at=created if step == Step.CREATED else published,
                )
                for step in STEPS[status]
            ],
            tags=list(dict.fromkeys(next(self._tags) for _ in range(next(self._tag_counts)))),
            partner_city_ids=self._partner_city_ids(author),
        )  # fmt: skip

    def _texts(self, city: str, *, is_stopped: bool) -> dict[str, str]:
        """The sections of the short profile and some more."""
        more, sentences = next(self._lengths)
        names = ["starting_point", "solution", "lessons", *self._rng.sample(OPTIONAL, more)]
        if is_stopped:
            names.append("stop_reason")
        spread = self._rng.randint
        return {
            name: self._writer.section(name, city, spread(sentences - 1, sentences + sentences // 2 + 1))
            for name in names
        }

    def _phase(self, kind: Kind) -> Phase:
        if kind == Kind.STOPPED:
            return Phase.ENDED
        return next(self._plan_phases) if kind == Kind.PLAN else next(self._phases)

    def _course(self, created: dt.datetime, published: dt.datetime | None) -> dict[str, object]:
        """When it began and ended, and when it was last found to be true."""
        begun = created.date() - dt.timedelta(days=self._rng.randint(30, 900))
        ended = begun + dt.timedelta(days=self._rng.randint(60, 1_500))
        course: dict[str, object] = {
            "starts": f"{begun:%Y-%m}" if self._rng.random() < 0.6 else f"{begun:%Y}",
            "ends": f"{ended:%Y-%m}" if self._rng.random() < 0.3 else "",
        }
        if published:
            confirmed = published.date()
            if self._rng.random() < 0.4:
                confirmed += (LAST_DAY - confirmed) * self._rng.random()
            course |= {"confirmed_on": confirmed, "next_check_on": confirmed + dt.timedelta(days=365)}
        return course

    def _moment(self) -> dt.datetime:
        """Any working hour of the eight years; the network grows, so later ones come more often."""
        days = (LAST_DAY - FIRST_DAY).days
        day = FIRST_DAY + dt.timedelta(days=int(days * self._rng.random() ** 0.6))
        noon = timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
        return noon + dt.timedelta(minutes=self._rng.randint(-240, 300))

    def _partner_city_ids(self, author: Author) -> list[int]:
        if self._rng.random() > 0.12:
            return []
        partners = {next(self._partners).city_id for _ in range(self._rng.randint(1, 3))}
        return sorted(partners - {author.city_id})


def _end(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(18)))
