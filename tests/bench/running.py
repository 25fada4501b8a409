"""One run on a filled database: all scenarios, then the server under load, then the report."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TextIO

from tests.bench import reading, writing
from tests.bench.measuring import measure
from tests.bench.report import Report
from tests.bench.throughput import Load, press, server

SEED = 1


def run(size: int, folder: Path, *, seconds: float) -> str:
    """The report as text."""
    load_before = os.getloadavg()[0]
    with (folder / "log.jsonl").open("w") as log:
        _log_to(log)
        results = measure([*reading.scenarios(SEED), *writing.scenarios()], seconds)
    with server(folder / "server.log") as port:
        throughputs = [press(port, load, seconds) for load in _loads()]
    return Report(size, results, throughputs, load_before, os.getloadavg()[0]).write(folder)


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
        Load("all of them in turn", [each for pair in zip(lists, practices, strict=False) for each in pair]),
    ]
