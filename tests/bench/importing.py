"""How many write-ups a second `import_practices` takes over, with all checks, history and search entries."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice

import pghistory
from django.db import connection, transaction

from practices.exchange_format.exporting import exported, records
from practices.exchange_format.importing import Options, import_lines

DIFFERENT = 2_000  # write-ups that lines are made of; they repeat under other external ids


@dataclass(frozen=True)
class Import:
    lines: int
    seconds: float

    @property
    def per_second(self) -> float:
        return self.lines / self.seconds

    @property
    def minutes_for_100_000(self) -> float:
        return 100_000 / self.per_second / 60


def import_some(number: int) -> Import:
    """Import new write-ups as the command does, and take them back."""
    lines = list(_lines(number))
    with transaction.atomic(), pghistory.context(command="import_practices"):
        begun = time.perf_counter()
        report = import_lines(lines, Options(admits_cities=True))
        passed = time.perf_counter() - begun
        if report.created != number:
            raise RuntimeError(f"{report.created} of {number} lines were new")
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) practices_practice, search_entry, search_wordcount")
    return Import(number, passed)


def _lines(number: int) -> Iterator[bytes]:
    public = exported(with_network=False)
    first = list(public.order_by("pk").values_list("pk", flat=True)[:DIFFERENT])
    some = list(records(public.filter(pk__in=first)))
    for place, record in enumerate(islice(cycle(some), number)):
        yield json.dumps({**record, "external_id": f"bench:{place}"}, ensure_ascii=False).encode()
