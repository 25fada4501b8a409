"""A remembered answer holds exactly as long as nothing that can be found has changed."""

from collections.abc import Callable

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search import remembering, synonyms, vocabulary
from search.entries import enter, withdraw
from search.models import Audience, Change, Entry, Synonym
from search.searching import Question, search
from tests.factories import make_coordinator
from tests.search.test_searching import SOURCE, source, thing  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
IN_ALL, IN_ONE = Question("Glasfaser"), Question("Glasfaser", source=SOURCE)
NAMES = ("host", "port", "dbname", "user", "password")
WAYS = {
    "all things": Question(),
    "one kind": Question(source=SOURCE),
    "words": IN_ALL,
    "words in one kind": IN_ONE,
}


@pytest.fixture(autouse=True)
def two_things(source: None) -> None:  # noqa: F811  the fixture
    enter([thing(1, title="Glasfaser"), thing(2, title="Glasfaser")])


def queries(of: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        of()
    return len(captured)


@pytest.mark.parametrize("asked", WAYS.values(), ids=WAYS)
def test_the_same_question_costs_one_query_and_gives_the_same(asked: Question) -> None:
    first = search(asked)
    assert first.total == 2
    assert queries(lambda: search(asked)) == 1
    assert search(asked) is first


def test_other_readers_and_other_filters_have_answers_of_their_own() -> None:
    enter([thing(3, title="Glasfaser", audience=Audience.NETWORK, topics=[7])])
    for _again in range(2):
        assert search(IN_ONE).total == 2
        assert search(Question("Glasfaser", audience=Audience.NETWORK, source=SOURCE)).total == 3
        assert search(Question("Glasfaser", source=SOURCE, topics=[7])).total == 0


CHANGES: dict[str, tuple[Callable[[], object], list[int]]] = {
    "another title": (lambda: enter([thing(1, title="Baumkataster")]), [2]),
    "withdrawn": (lambda: withdraw(SOURCE, [1]), [2]),
    "hidden": (lambda: enter([thing(1, title="Glasfaser", audience=Audience.NETWORK)]), [2]),
    "one more": (lambda: enter([thing(3, title="Glasfaser")]), [3, 2, 1]),
    "taken over often": (lambda: Entry.objects.filter(object_id=1).update(uses=900), [1, 2]),
}


@pytest.mark.parametrize(("change", "expected"), CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("asked", [IN_ALL, IN_ONE], ids=["words", "words in one kind"])
def test_every_change_of_an_entry_is_seen_at_once(
    asked: Question, change: Callable[[], object], expected: list[int]
) -> None:
    assert search(asked).page.ids == [2, 1]
    change()
    assert search(asked).page.ids == expected


def test_a_synonym_works_at_once_for_those_who_asked_before() -> None:
    enter([thing(3, title="Lichtwellenleiter")])
    assert search(IN_ONE).total == 2
    synonyms.save(synonym=Synonym(terms=["Glasfaser", "Lichtwellenleiter"]), by=make_coordinator())
    assert search(IN_ONE).total == 3


def test_a_word_that_was_learned_repairs_what_was_mistyped_before() -> None:
    asked = Question("Glasfasre", source=SOURCE)
    assert search(asked).total == 0
    vocabulary.learn()
    assert search(asked).did_you_mean == "Glasfaser"


def test_folding_the_marks_leaves_one_and_every_answer_as_it_was() -> None:
    enter([thing(3)])
    state, answer = remembering.current_state(), search(IN_ONE)
    assert Change.objects.count() > 1
    remembering.fold()
    assert Change.objects.count() == 1
    assert remembering.current_state() == state
    assert search(IN_ONE) is answer


def test_what_changes_nothing_makes_no_mark() -> None:
    enter([thing(1, title="Glasfaser")])
    marks = Change.objects.count()
    enter([thing(1, title="Glasfaser")])
    withdraw(SOURCE, [99])
    assert Change.objects.count() == marks


@pytest.mark.django_db(transaction=True)
def test_what_somebody_is_about_to_commit_is_seen_just_when_they_do() -> None:
    before = search(IN_ONE)
    parameters = connection.get_connection_params()
    with psycopg.connect(**{name: parameters[name] for name in NAMES if name in parameters}) as other:
        other.execute("DELETE FROM search_entry WHERE source = %s AND object_id = 1", [SOURCE])
        assert search(IN_ONE) is before
        enter([thing(3)])  # another change meanwhile
        assert search(IN_ONE).total == 2
        other.commit()
        assert search(IN_ONE).page.ids == [2]


def test_a_slow_thread_with_an_older_answer_does_not_come_between(monkeypatch: pytest.MonkeyPatch) -> None:
    remembered = remembering.Remembered[str]()
    place = remembered._place(repr("asked"))
    place.kept = ("now", "present answer")

    def state_read_slowly() -> str:
        place.kept = ("before", "older answer")
        return "now"

    monkeypatch.setattr(remembering, "current_state", state_read_slowly)
    assert remembered.answer("asked", lambda state: (state, "new answer")) == "present answer"
