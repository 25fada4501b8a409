"""Takes a file of write-ups over: all of it or, when a line is wrong, nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from practices import search_entry
from practices.enums import Kind, Phase, Status
from practices.exchange_format import days, links
from practices.exchange_format.complaints import complaints
from practices.exchange_format.identity import own_id, own_key
from practices.exchange_format.inserting import insert
from practices.exchange_format.links import Keys
from practices.exchange_format.makers import NewMakers
from practices.exchange_format.record import BrokenRecordError, Record, read
from practices.exchange_format.references import Cities, Services, Tags, Topics
from practices.models import Practice
from search.entering import Entering

BATCH = 500
MOST_PROBLEMS = 1_000
ADVISORY_LOCK = 7_312_001
# The triggers of the history ask, for every row, which of them shall do nothing. Where that was never said,
# PostgreSQL raises an error that they catch, and each time looks through all that it has to check at the end.
BEGIN = "SELECT pg_advisory_xact_lock(%s), set_config('pgtrigger.ignore', '{}', true)"
BOOKKEEPING = ["contact_user", "deputy_user", "updated_by", "updated_at", "version"]
RELATED: list[str] = ["topic_links", "tags", "partner_cities", "service_links"]
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Problem:
    """What is wrong with a line."""

    line: int
    message: str

    def __str__(self) -> str:
        return _("Zeile %(line)d: %(message)s") % {"line": self.line, "message": self.message}


class ImportRefusedError(Exception):
    """Nothing was taken over; `problems` says why, line by line."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


@dataclass(frozen=True)
class Options:
    creates_topics: bool = False
    admits_cities: bool = False
    overwrites: bool = False  # also what somebody has edited in the portal since
    only_checks: bool = False  # report what would happen, and leave everything as it was


@dataclass
class Report:
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)  # ids of those edited in the portal, left as they are
    topics: list[str] = field(default_factory=list)
    cities: list[str] = field(default_factory=list)


@transaction.atomic
def import_lines(
    lines: Iterable[bytes], options: Options, on_progress: Callable[[int], Any] = lambda number: None
) -> Report:
    """Create and update write-ups with their search entries, or raise ImportRefusedError and write nothing.

    `on_progress` hears how many lines more are done.
    """
    with connection.cursor() as cursor:
        cursor.execute(BEGIN, [ADVISORY_LOCK])
    numbered = enumerate(lines, 1)
    with Entering(on_other_cores=True) as entering:
        run = _Run(options, entering)
        while batch := list(islice(numbered, BATCH)):
            run.take(batch)
            on_progress(len(batch))
            if len(run.problems) >= MOST_PROBLEMS:
                break
        if run.problems:
            raise ImportRefusedError(sorted(run.problems, key=lambda problem: problem.line))
    if options.only_checks:
        transaction.set_rollback(True)
    run.report.topics, run.report.cities = run.topics.created, run.cities.admitted
    return run.report


@dataclass
class _Incoming:
    """A line that could be read, and what it names."""

    line: int
    record: Record
    city_id: int | None
    keys: Keys
    from_tags: list[int]  # topics that some of its tags have become


class _Run:
    """One import: goes through the file in batches, and stops writing once a line is wrong."""

    def __init__(self, options: Options, entering: Entering) -> None:
        self.options = options
        self._entering = entering
        self.report = Report()
        self.problems: list[Problem] = []
        self.cities = Cities(admits=options.admits_cities)
        self.topics = Topics(creates=options.creates_topics)
        self._tags = Tags()
        self._services = Services()
        self._lines: dict[str, int] = {}

    def take(self, batch: list[tuple[int, bytes]]) -> None:
        incoming = list(self._read(batch))
        known = _known([each.record.external_id for each in incoming])
        new: list[tuple[Practice, Keys]] = []
        changed: list[tuple[Practice, Keys]] = []
        fields: set[str] = set()
        makers = NewMakers()
        for each in incoming:
            practice = known.get(each.record.external_id)
            keys = self._keys(practice, each)
            if practice is None:
                practice = _new(each)
                new.append((practice, keys))
            elif self._is_named_twice(practice, each):
                continue
            else:
                touched = _differences(practice, days.later(practice, _values(each)))
                if not touched and not links.differ(practice, keys):
                    self.report.unchanged += 1
                    continue
                if practice.updated_by_id and not self.options.overwrites:
                    self.report.kept.append(each.record.external_id)
                    continue
                fields |= touched
                changed.append((practice, keys))
                makers.note(each.line, practice, keys, touched)
            self._complain(each, complaints(practice, keys, self.topics.retired))
        self.problems += [Problem(line, message) for line, message in makers.problems()]
        if not self.problems:
            if not self.options.only_checks:
                self.cities.admit()
            self._write(new, changed, fields)

    def _read(self, batch: list[tuple[int, bytes]]) -> Iterator[_Incoming]:
        for number, line in batch:
            text = line.removeprefix(BYTE_ORDER_MARK).strip()
            if not text:
                continue
            try:
                record = read(text)
            except BrokenRecordError as error:
                unknown = self.topics.complaints(error.topics)
                messages = [*error.messages, *unknown, *self._repeated(number, error.external_id)]
                self.problems += [Problem(number, message) for message in messages]
                continue
            messages = self._repeated(number, record.external_id)
            try:
                resolved = self._resolved(number, record)
            except BrokenRecordError as error:
                messages += error.messages
            self.problems += [Problem(number, message) for message in messages]
            if not messages:
                yield resolved

    def _repeated(self, number: int, name: str) -> list[str]:
        first = self._lines.setdefault(name, number) if name else number
        message = _("external_id „%(id)s“ steht schon in Zeile %(first)d.")
        return [message % {"id": name, "first": first}] if first != number else []

    def _resolved(self, number: int, record: Record) -> _Incoming:
        """With the ids of what it names; all that is unknown is said at once."""
        messages: list[str] = []

        def found(look_up: Callable[[], Any]) -> Any:
            try:
                return look_up()
            except BrokenRecordError as error:
                messages.extend(error.messages)

        place = record.city
        city_id = found(lambda: self.cities.key_of(place)) if place else None
        tags, from_tags = self._tags.keys_of(record.tags)
        keys = Keys(
            topics=found(lambda: self.topics.keys_of(record.topics)) if record.mentions("topics") else None,
            tags=tags if record.mentions("tags") else None,
            services=found(lambda: self._services.keys_of(record.services))
            if record.mentions("services")
            else None,
            partners=found(lambda: list(dict.fromkeys(map(self.cities.key_of, record.partner_cities))))
            if record.mentions("partner_cities")
            else None,
        )
        if messages:
            raise BrokenRecordError(messages)
        return _Incoming(number, record, city_id, keys, from_tags)

    def _keys(self, practice: Practice | None, each: _Incoming) -> Keys:
        """What the write-up shall be connected with. A topic that was a tag comes along with the topics, if
        something new may be put under it.
        """
        named = each.keys.topics
        if practice and named is None:
            return each.keys
        has = links.topics_of(practice) if practice else []
        topics = self.topics.after_splits(practice.pk, named or []) if practice else named or []
        topics += [key for key in each.from_tags if key in has or key not in self.topics.retired]
        return replace(each.keys, topics=list(dict.fromkeys(topics)))

    def _is_named_twice(self, practice: Practice, each: _Incoming) -> bool:
        """Whether an earlier line has the same write-up under its other id."""
        for name in (practice.external_id or "", own_id(practice)):
            if (first := self._lines.get(name, each.line)) < each.line:
                message = _("Derselbe Beitrag steht schon in Zeile %(first)d, dort als „%(id)s“.")
                self._complain(each, [message % {"id": name, "first": first}])
                return True
        return False

    def _complain(self, each: _Incoming, messages: Iterable[str]) -> None:
        self.problems += [Problem(each.line, message) for message in messages]

    def _write(
        self, new: list[tuple[Practice, Keys]], changed: list[tuple[Practice, Keys]], fields: set[str]
    ) -> None:
        links.link_accounts([practice for practice, _keys in (*new, *changed)])
        for practice, _keys in changed:
            practice.version += 1
            practice.updated_by = None
        insert([practice for practice, _keys in new])
        if changed:
            Practice.objects.bulk_create(
                [practice for practice, _keys in changed],
                update_conflicts=True,
                unique_fields=["id"],
                update_fields=sorted({*fields, *BOOKKEEPING}),
            )
        links.write(new, are_new=True)
        links.write(changed, are_new=False)
        connection.check_constraints()  # what waits for the end would grow with the file
        if not self.options.only_checks:
            self._entering.add(search_entry.entries_of([practice.pk for practice, _keys in (*new, *changed)]))
        self.report.created += len(new)
        self.report.updated += len(changed)


def _known(external_ids: list[str]) -> dict[str, Practice]:
    """The write-ups that these ids stand for, locked, with their links."""
    own = {key: name for name in external_ids if (key := own_key(name)) is not None}
    locked = Practice.objects.select_for_update().prefetch_related(*RELATED)
    known = {str(practice.external_id): practice for practice in locked.filter(external_id__in=external_ids)}
    known |= {own[practice.pk]: practice for practice in locked.filter(pk__in=own)}
    return known


def _values(each: _Incoming) -> dict[str, Any]:
    values = each.record.values()
    if each.city_id is not None:
        values["city_id"] = each.city_id
    return values


def _new(each: _Incoming) -> Practice:
    record = each.record
    practice = Practice(external_id=record.external_id, status=Status(record.status), **_values(each))
    if practice.kind == Kind.STOPPED and not record.mentions("phase"):
        practice.phase = Phase.ENDED
    if practice.status == Status.PUBLISHED:
        days.begin(practice)
    return practice


def _differences(practice: Practice, values: dict[str, Any]) -> set[str]:
    """Set what the line says; returns the names of the fields that were another."""
    touched = set()
    for name, value in values.items():
        if value is None:  # a day of its life that the file does not know
            continue
        if getattr(practice, name) != value:
            setattr(practice, name, value)
            touched.add(name.removesuffix("_id"))
    return touched
