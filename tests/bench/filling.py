"""Fills an empty, migrated database: what write-ups hang on, then the write-ups in parallel."""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache, partial
from math import ceil
from pathlib import Path

import django
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction
from taggit.models import Tag, TaggedItem

from accounts.models import User
from cities import search_entry as city_entries
from cities.enums import Role
from cities.models import City, Membership
from practices.models import Adoption, Practice, PracticeTopic, WorkflowStep
from practices.search_entry import entries_of
from search import vocabulary
from search.bitmaps.folding import fold
from search.entries import enter
from search.folding import german_slug
from search.models import Entry
from tests.bench.generator import network
from tests.bench.generator.lexicon import Lexicon
from tests.bench.generator.places import cities as made_up_cities
from tests.bench.generator.writeups import CHUNK, Author, WriteUps
from tests.bench.generator.written import WriteUp
from tests.bench.loading import continue_numbering, copy, indexes_built_at_the_end, wait_for_no_disk
from topics import search_entry as topic_entries
from topics.models import Leadership, Topic

CITIES = 11_000
# Every adoption came to where it is in one step.
FIRST_STEPS = """
    INSERT INTO practices_adoptionstep (adoption_id, stage, since, remark, previous_stage, previous_since, at)
    SELECT id, stage, since, remark, '', '', created_at FROM practices_adoption
    WHERE practice_id = ANY(%s::bigint[])
"""


@dataclass(frozen=True)
class Filling:
    """What the database shall hold. Without a file of the official register places are made up."""

    size: int
    seed: int = 1
    register: Path | None = None

    def run(self) -> None:
        wait_for_no_disk()
        with transaction.atomic():
            self.lay_the_ground()
        with indexes_built_at_the_end(Entry, Practice):
            self._write(processes=min(4, os.cpu_count() or 1))
            _say("\nbuilding indexes …\n")
        continue_numbering(Practice, City, Topic, Tag, User)
        for source in (topic_entries.TOPICS, city_entries.CITIES):
            enter(source.all_entries())
        vocabulary.compact()
        fold()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")

    def lay_the_ground(self) -> None:
        """All that write-ups hang on."""
        if self.register:
            call_command("import_register", self.register, verbosity=0)
            cities = self._ranked(list(City.objects.order_by("ags")))
            network.admit(cities)
            City.objects.bulk_update(
                cities[: network.MEMBERS + network.GUESTS],
                ["status", "joined_on", "contact_name", "contact_email", "portrait"],
            )
        else:
            cities = self._ranked(list(made_up_cities(CITIES, self.seed)))
            network.admit(cities)
            copy(cities, City)
        copy(network.topics(), Topic)
        names = network.tag_names(Lexicon(self.seed))
        copy((Tag(id=place, name=name, slug=german_slug(name)) for place, name in enumerate(names, 1)), Tag)
        people = list(network.people(cities))
        copy((user for user, _memberships in people), User)
        copy((row for _user, memberships in people for row in memberships), Membership, with_ids=False)
        copy(network.leaderships(self.seed, cities), Leadership, with_ids=False)

    def _ranked(self, cities: list[City]) -> list[City]:
        """Larger ones tend to come first: they join earlier and write more."""
        rng = random.Random(self.seed)
        return sorted(cities, key=lambda city: -(city.population or 0) * rng.random())

    def authors(self) -> list[Author]:
        """All cities, the one that writes most first, each with the person who writes for it."""
        writers = dict(Membership.objects.filter(role=Role.AUTHOR).values_list("city_id", "user_id"))
        cities = list(City.objects.order_by("ags").only("id", "name", "population"))
        return [Author(city.id, city.name, writers.get(city.id)) for city in self._ranked(cities)]

    def _write(self, processes: int) -> None:
        """All chunks, several at a time, each by a process with a connection of its own."""
        chunks = ceil(self.size / CHUNK)
        context = multiprocessing.get_context("spawn")
        connection.close()
        with ProcessPoolExecutor(processes, context, initializer=django.setup) as pool:
            waiting = [pool.submit(_write_chunk, self, number) for number in range(chunks)]
            for done, future in enumerate(as_completed(waiting), 1):
                future.result()
                _say(f"\r{min(done * CHUNK, self.size):,} of {self.size:,} write-ups")


@cache
def _write_ups(filling: Filling) -> WriteUps:
    return WriteUps(filling.seed, filling.authors())


def _write_chunk(filling: Filling, number: int) -> None:
    wait_for_no_disk()
    written = list(_write_ups(filling).chunk(number, filling.size))
    with transaction.atomic():
        load(written)
        enter(entries_of([each.practice.id for each in written]))


def load(written: Sequence[WriteUp]) -> None:
    """The rows of write-ups without their search entries."""
    tagged = partial(TaggedItem, content_type_id=ContentType.objects.get_for_model(Practice).pk)
    partners = Practice.partner_cities.through
    copy((each.practice for each in written), Practice)
    copy((row for each in written for row in each.topics), PracticeTopic, with_ids=False)
    copy((row for each in written for row in each.steps), WorkflowStep, with_ids=False)
    copy(
        (tagged(object_id=each.practice.id, tag_id=tag + 1) for each in written for tag in each.tags),
        TaggedItem,
        with_ids=False,
    )
    copy(
        (
            partners(practice_id=each.practice.id, city_id=city_id)
            for each in written
            for city_id in each.partner_city_ids
        ),
        partners,
        with_ids=False,
    )
    copy((row for each in written for row in each.adoptions), Adoption, with_ids=False)
    with connection.cursor() as cursor:
        cursor.execute(FIRST_STEPS, [[each.practice.id for each in written]])


def _say(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
