"""The benchmark's content: always the same, as skewed as in life, and valid for the real database."""

import re
from collections import Counter

import pytest
from django.db.models import Count

from accounts.models import User
from cities.models import City
from cities.permissions import audience_of
from practices.enums import Status, Visibility
from practices.models import Practice
from practices.search_entry import SOURCE
from search.counting import TopicCounts
from search.entries import rebuild
from search.models import Entry
from tests.bench.filling import Filling, load
from tests.bench.generator import network
from tests.bench.generator.lexicon import Lexicon
from tests.bench.generator.places import cities
from tests.bench.generator.writeups import Author, WriteUp, WriteUps
from topics.models import Topic

SIZE = 400
AUTHORS = [Author(number, f"Ort {number}", None) for number in range(1, 60)]


@pytest.fixture(scope="module")
def written() -> list[WriteUp]:
    return list(WriteUps(1, AUTHORS).chunk(0, SIZE))


def words_of(write_up: WriteUp) -> list[str]:
    practice = write_up.practice
    sections = (
        practice.starting_point,
        practice.solution,
        practice.lessons,
        practice.results,
        practice.legal,
    )
    return re.findall(r"\w+", re.sub("<[^>]+>", " ", " ".join(sections)))


def test_the_same_seed_writes_the_same_and_another_one_does_not(written: list[WriteUp]) -> None:
    again = list(WriteUps(1, AUTHORS).chunk(0, SIZE))
    assert [each.practice.solution for each in again] == [each.practice.solution for each in written]
    other = next(WriteUps(2, AUTHORS).chunk(0, SIZE))
    assert other.practice.solution != written[0].practice.solution


def test_shares_are_those_of_a_living_network(written: list[WriteUp]) -> None:
    statuses = Counter(each.practice.status for each in written)
    audiences = Counter(each.practice.visibility for each in written)
    assert 0.85 < statuses[Status.PUBLISHED] / SIZE < 0.97
    assert 0.72 < audiences[Visibility.PUBLIC] / SIZE < 0.88
    assert audiences[Visibility.ANONYMOUS]
    assert (written[0].practice.created_at.year, written[1].practice.created_at.year) > (2017, 2017)


def test_few_words_and_topics_are_everywhere_and_most_are_rare(written: list[WriteUp]) -> None:
    occurrences = Counter(word for each in written for word in set(words_of(each)))
    assert occurrences.most_common(1)[0][1] > 0.9 * SIZE
    assert sum(number == 1 for number in occurrences.values()) > len(occurrences) / 3
    topics = Counter(link.topic_id for each in written for link in each.topics)
    assert topics.most_common(1)[0][1] > 5 * SIZE / network.TOPICS


def test_texts_are_mostly_short_and_have_no_open_slots(written: list[WriteUp]) -> None:
    lengths = sorted(len(words_of(each)) for each in written)
    assert 90 < lengths[SIZE // 2] < 300
    assert lengths[-1] > 3 * lengths[SIZE // 2]
    assert not any(mark in each.practice.solution for each in written for mark in "{}\x1f%")


def test_made_up_cities_have_keys_and_addresses_of_their_own() -> None:
    places = list(cities(2_000, seed=1))
    assert len({city.ags for city in places}) == len({city.slug for city in places}) == 2_000
    assert all(city.ags.startswith(city.state) for city in places)
    largest = max(city.population or 0 for city in places)
    assert largest > 100 * sorted(city.population or 0 for city in places)[1_000]


def test_there_are_as_many_topics_and_tags_as_promised() -> None:
    topics = list(network.topics())
    assert len(topics) == len({topic.slug for topic in topics}) == network.TOPICS
    assert max(topic.depth for topic in topics) == 3
    assert len(set(network.tag_names(Lexicon(1)))) == network.TAGS


@pytest.mark.django_db
def test_what_is_written_passes_the_database_and_can_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.bench.filling.CITIES", 300)
    filling = Filling(size=60)
    filling.lay_the_ground()
    load(list(WriteUps(1, filling.authors()).chunk(0, filling.size)))
    rebuild()

    assert City.objects.count() == 300
    assert Practice.objects.count() == 60
    assert not Practice.objects.annotate(number=Count("topic_links")).filter(number=0).exists()
    published = Practice.objects.filter(status=Status.PUBLISHED)
    entries = Entry.objects.filter(source=SOURCE)
    assert set(entries.values_list("object_id", flat=True)) == set(published.values_list("pk", flat=True))
    assert TopicCounts.of(audience_of(User.objects.get(pk=1)), source=1)[0] == published.count()
    for practice in Practice.objects.select_related("city")[:10]:
        practice.full_clean(exclude=["city"])
    assert Topic.objects.filter(depth=3).exists()
