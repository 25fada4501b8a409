"""Entries of many things: on other cores, in few statements, and never half."""

import datetime as dt
import time
from multiprocessing.context import SpawnProcess

import pytest
from django.db import DatabaseError, connection, transaction

from search import entering
from search.analysis.vectors import Texts, analyse
from search.analysis.workers import Workers
from search.entering import Entering
from search.entries import EntryData, enter
from search.models import Audience, Entry, NewWord

SOURCE = 91
TEXTS = [
    Texts("Bürgerbeteiligungsplattform", "Ein Satz.", "E-Akte\nDMS", "Die Straßenbeleuchtung von O'Connor."),
    Texts("", "", "", "\x00 \\ ' 💡 2.500"),
]


def thing(number: int, title: str = "Laterne") -> EntryData:
    return EntryData(
        source=SOURCE, object_id=number, audience=Audience.PUBLIC, date=dt.date(2024, 1, 1), title=title
    )


def words_of(number: int) -> str:
    return str(Entry.objects.get(source=SOURCE, object_id=number).words)


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entering, "PIECE", 2)


def test_other_cores_find_the_same_words_and_a_dead_one_costs_nothing() -> None:
    workers = Workers()
    try:
        assert workers.analyse(TEXTS)() == analyse(TEXTS)
        assert workers._pool is not None
        for process in list(workers._pool._processes.values()):
            process.kill()
        begun = workers.analyse(TEXTS)
        assert begun() == analyse(TEXTS)
        assert workers.analyse(TEXTS)() == analyse(TEXTS)
    finally:
        workers.close()


def _wait_for_the_end(process: SpawnProcess) -> None:
    """The pool's own thread waits for it as well, and may be the one that is told how it ended."""
    end = time.monotonic() + 20
    while process.exitcode is None and time.monotonic() < end:
        process.join(0.05)
        time.sleep(0.05)


@pytest.mark.parametrize("room", [0, 1])
def test_a_machine_without_room_for_processes_costs_nothing_either(
    monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    starts: list[SpawnProcess] = []
    really_start = SpawnProcess.start

    def start(process: SpawnProcess) -> None:
        starts.append(process)
        if len(starts) > room:
            raise OSError(12, "Cannot allocate memory")
        really_start(process)

    monkeypatch.setattr("os.cpu_count", lambda: 3)
    monkeypatch.setattr(SpawnProcess, "start", start)
    workers = Workers()
    begun = [workers.analyse(TEXTS) for _number in range(3)]
    assert [answer() for answer in begun] == [analyse(TEXTS)] * 3
    workers.close()
    assert len(starts) == room + 1
    for process in starts[:room]:
        _wait_for_the_end(process)
        assert process.exitcode == 0


def test_a_machine_without_semaphores_does_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("search.analysis.workers.ProcessPoolExecutor", fails)
    workers = Workers()
    assert workers.analyse(TEXTS)() == analyse(TEXTS)
    workers.close()


@pytest.mark.django_db
def test_many_things_are_entered_by_pieces_on_other_cores(small_pieces: None) -> None:
    with Entering(on_other_cores=True) as begun:
        begun.add(thing(number, f"Laterne Nummer{number}") for number in range(21))
        assert begun._workers is not None
    assert Entry.objects.filter(source=SOURCE).count() == 21
    assert all(f"nummer{number}" in words_of(number) for number in range(21))
    assert NewWord.objects.filter(lexeme="nummer20").exists()


@pytest.mark.django_db
def test_few_things_need_no_other_core() -> None:
    with Entering(on_other_cores=True) as begun:
        begun.add(map(thing, range(3)))
    assert begun._workers is None
    assert Entry.objects.filter(source=SOURCE).count() == 3


@pytest.mark.django_db
def test_a_thing_that_comes_twice_is_entered_as_it_came_last() -> None:
    enter([thing(1, "Laterne"), thing(2), thing(1, "Ampel")])
    assert Entry.objects.filter(source=SOURCE).count() == 2
    assert "ampel" in words_of(1)
    assert "latern" not in words_of(1)


@pytest.mark.django_db
def test_nothing_is_entered_after_an_error() -> None:
    def broken():
        yield thing(1)
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        enter(broken())
    assert not Entry.objects.filter(source=SOURCE).exists()


@pytest.mark.django_db
def test_the_index_of_words_has_nothing_left_to_do_after_a_statement() -> None:
    enter(map(thing, range(5)))
    Entry.objects.filter(source=SOURCE).update(uses=3)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reloptions FROM pg_class WHERE relname = 'entry_words'")
        assert cursor.fetchone() == (["fastupdate=on"],)
        cursor.execute("SELECT gin_clean_pending_list('entry_words')")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_entries_can_be_written_while_the_index_of_words_is_built_anew() -> None:
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("DROP INDEX entry_words")
        enter([thing(1)])
        assert Entry.objects.filter(source=SOURCE).count() == 1
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("SELECT gin_clean_pending_list('entry_words')")
        transaction.set_rollback(True)
