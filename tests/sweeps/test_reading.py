"""Reading costs few queries, and no more however much there is."""

import pytest
from django.db import connection
from django.db.utils import InternalError
from django.test.utils import CaptureQueriesContext

from cities.models import City
from practices.enums import Status, Visibility
from search.searching import ANSWERS
from tests import factories
from tests.support.reporting import assert_none
from tests.support.transactions import read_only, undone
from tests.support.world import Who, World
from tests.sweeps.answers import Answers
from tests.sweeps.rows import PAGES
from tests.sweeps.table import Case, read_to_the_end
from topics.enums import Engagement

MOST_QUERIES = 8
READERS = (Who.VISITOR, Who.AUTHOR, Who.MANAGER, Who.COORDINATOR)
# Pages of the login are allauth's; what they ask does not depend on the network's contents.
COUNTED = [case for case in PAGES if not case.name.startswith(("account_", "mfa_"))]


def test_a_write_is_refused_while_reading(world: World) -> None:
    with pytest.raises(InternalError, match="read-only"), read_only():
        City.objects.update(portrait="geändert")


def grow(world: World, number: int) -> None:
    """More of everything that a page might list."""
    for _index in range(number):
        city = factories.make_city()
        topic = factories.make_topic(parent=world.topic)
        factories.make_topic(parent=world.subtopic)
        person = factories.make_user("author", city=world.city)
        factories.make_leadership(topic=world.subtopic, city=city, engagement=Engagement.WORKS_ON)
        factories.make_leadership(topic=topic, city=world.city)
        for status in (Status.DRAFT, Status.IN_REVIEW, Status.PUBLISHED):
            practice = factories.make_practice(
                city=world.city,
                topics=[world.subtopic, topic],
                status=status,
                created_by=world.people[Who.AUTHOR],
            )
            practice.partner_cities.add(city)
            practice.tags.add("Beispiel", f"Wort {topic.pk}")
        factories.make_practice(
            city=city, topics=[world.subtopic], visibility=Visibility.NETWORK, created_by=person
        )
    for _index in range(5):  # resemble the draft, few enough that its words stay rare
        factories.make_practice(world.draft.title, city=world.city, topics=[world.subtopic])


def queries_of(case: Case, world: World, who: Who) -> int:
    """How often a page asks the database; the tests' own savepoints stand for BEGIN and COMMIT."""
    ANSWERS.forget()  # as if nobody had searched for it before
    with world.tolerant(who), CaptureQueriesContext(connection) as captured:
        read_to_the_end(world.client(who).get(case.url(world)))
    statements = [query["sql"] for query in captured.captured_queries]
    return sum(not sql.startswith(("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO")) for sql in statements)


def asked() -> list[tuple[Case, Who]]:
    return [(case, who) for case in COUNTED for who in READERS if who in case.who]


@pytest.fixture(scope="module")
def few(lasting_world: World, answers: Answers) -> dict[tuple[Case, Who], int]:
    """What each page costs in the world as it was made."""
    numbers = {}
    for case, who in asked():
        answers.of(case, who)  # fills what a process keeps, such as content types
        numbers[case, who] = queries_of(case, lasting_world, who)
        if numbers[case, who] > MOST_QUERIES:  # what was kept may just have run out
            numbers[case, who] = queries_of(case, lasting_world, who)
    return numbers


def test_pages_cost_few_queries(few: dict[tuple[Case, Who], int]) -> None:
    assert_none({f"{case} {who}": number for (case, who), number in few.items() if number > MOST_QUERIES})


def test_pages_cost_no_more_however_much_there_is(world: World, few: dict[tuple[Case, Who], int]) -> None:
    with undone():
        grow(world, 50)
        many = {(case, who): queries_of(case, world, who) for case, who in few}
        for case, who in [asked for asked in few if many[asked] != few[asked]]:
            many[case, who] = queries_of(case, world, who)
    wrong = {}
    # A page may cost less where its newest rows, all of one kind, need no further names.
    for case, who in [asked for asked in few if many[asked] > few[asked]]:
        queries_of(case, world, who)
        if (before := queries_of(case, world, who)) < many[case, who]:
            wrong[f"{case} {who}"] = (before, many[case, who])
    assert_none(wrong)
