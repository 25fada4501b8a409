"""One run on a filled database: all scenarios, then the server under load, then the report."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from tests.bench import memory as memory_of
from tests.bench import reading, writing
from tests.bench.anything import ask_anything
from tests.bench.importing import import_some
from tests.bench.measuring import measure
from tests.bench.report import Report
from tests.bench.throughput import Load, press, server
from tests.bench.together import read_while_writing

SEED = 1


@dataclass(frozen=True)
class Plan:
    """What a run does beside its scenarios: `queries` that are generated, `lines` that are imported."""

    size: int
    seconds: float
    queries: int
    lines: int


def run(plan: Plan, folder: Path) -> str:
    """The report as text."""
    load_before = os.getloadavg()[0]
    with (folder / "log.jsonl").open("w") as log:
        _log_to(log)
        results = measure([*reading.scenarios(SEED, plan.size), *writing.scenarios()], plan.seconds)
        generated = ask_anything(plan.queries, SEED) if plan.queries else None
    with server(folder / "server.log") as (port, pid):
        throughputs = [press(port, load, plan.seconds) for load in _loads()]
        together = read_while_writing(port, _searches(), plan.seconds)
        memory = {"server": memory_of.of_server(pid), "PostgreSQL": memory_of.of_database()}
    imported = import_some(plan.lines) if plan.lines else None
    report = Report(
        plan.size, results, throughputs, load_before, os.getloadavg()[0],
        generated=generated, together=together, imported=imported, memory=memory,
    )  # fmt: skip
    return report.write(folder)


def _log_to(file: TextIO) -> None:
    """Lines are written as in production, only not into the report's way."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(file)


def _loads() -> list[Load]:
    addresses = reading.Addresses(SEED)
    lists = [*addresses.lists(topics=1), *addresses.lists(city=True), *addresses.deep_pages(0)]
    practices = addresses.practices()
    return [
        Load("empty view", ["/bench/leer/"]),
        Load("start page", ["/"]),
        Load("lists with filters", lists),
        Load("practices", practices),
        _searches(),
        Load("all of them in turn", [each for pair in zip(lists, practices, strict=False) for each in pair]),
    ]


def _searches() -> Load:
    """Full search pages by words of all frequencies, one to three of them."""
    addresses = reading.Addresses(SEED)
    kinds = [
        addresses.searches(first, words=words) for first in reading.FREQUENCY.values() for words in (1, 2, 3)
    ]
    return Load("search pages", [address for several in zip(*kinds, strict=True) for address in several])
