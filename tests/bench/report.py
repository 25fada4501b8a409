"""The report: tables for people, and the same figures as JSON."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection

from tests.bench.anything import LIMIT, Generated
from tests.bench.growth import growth
from tests.bench.importing import Import
from tests.bench.measuring import Result
from tests.bench.throughput import CLIENTS, Throughput
from tests.bench.together import Together

MOST_QUERIES = 8


@dataclass
class Report:
    """Everything of one run. Loads are the machine's average number of running processes."""

    size: int
    results: Sequence[Result]
    throughputs: Sequence[Throughput]
    load_before: float
    load_after: float
    generated: Generated | None = None
    together: Together | None = None
    imported: Import | None = None
    memory: Mapping[str, float] = field(default_factory=dict)  # megabytes
    machine: dict[str, str] = field(default_factory=lambda: _machine())

    def write(self, folder: Path) -> str:
        """Save both forms; returns the one for people."""
        (folder / f"{self.size}.json").write_text(json.dumps(self._figures(), indent=1))
        text = "\n".join([*self._lines(), *growth(folder)]) + "\n"
        (folder / f"{self.size}.md").write_text(text)
        return text

    def _lines(self) -> list[str]:
        number = f"{self.size:,}"
        lines = [f"# Benchmark with {number} write-ups", ""]
        lines += [f"- {name}: {value}" for name, value in self.machine.items()]
        lines += [f"- load average before and after: {self.load_before:.1f}, {self.load_after:.1f}"]
        for group in dict.fromkeys(result.scenario.group for result in self.results):
            lines += ["", f"## One client, {group}", "", *_table(self.results, group)]
        if self.throughputs:
            lines += ["", f"## {CLIENTS} clients against the server", "", *_loads(self.throughputs)]
        lines += self._further()
        over = [
            result.scenario.name for result in self.results if result.is_over or _has_many_queries(result)
        ]
        return [*lines, "", f"Over budget: {', '.join(over) or 'nothing'}"]

    def _further(self) -> list[str]:
        lines: list[str] = []
        if each := self.together:
            lines += ["", "## The same search pages while four people save", "", *_loads([each.readers])]
            lines += ["", f"{each.saves} saves: p50 {each.p50:.0f} ms, p95 {each.p95:.0f} ms"]
        if queries := self.generated:
            lines += ["", f"## {len(queries.times):,} generated queries", ""]
            lines += [
                f"p50 {queries.p50:.1f} ms, p95 {queries.p95:.1f} ms; above {LIMIT:.0f} ms: {queries.over}."
                " The slowest:"
            ]
            lines += ["", *(f"- {time:.0f} ms `{address}`" for time, address in queries.slowest)]
        if taken := self.imported:
            lines += ["", "## Import", ""]
            lines += [
                f"{taken.lines:,} write-ups in {taken.seconds:.0f} s: {taken.per_second:.0f} a second,"
                f" {taken.minutes_for_100_000:.1f} minutes for 100,000"
            ]
        if self.memory:
            lines += ["", "## Memory", ""]
            lines += [f"- {name}: {megabytes:.0f} MB" for name, megabytes in self.memory.items()]
        return lines

    def _figures(self) -> dict[str, object]:
        return {
            "size": self.size,
            "machine": self.machine,
            "load": [self.load_before, self.load_after],
            "scenarios": [
                {
                    "group": result.scenario.group,
                    "name": result.scenario.name,
                    "p50_ms": round(result.p50, 2),
                    "p95_ms": round(result.p95, 2),
                    "budget_ms": result.scenario.budget,
                    "queries": result.queries,
                    "database_ms": round(result.database, 2),
                    "processor_ms": round(result.processor, 2),
                    "bytes": result.size,
                    "requests": len(result.answers),
                }
                for result in self.results
            ],
            "throughput": [asdict(throughput) for throughput in self.throughputs],
            "while_writing": asdict(self.together) if self.together else None,
            "generated": asdict(self.generated) if self.generated else None,
            "import": asdict(self.imported) if self.imported else None,
            "memory_mb": dict(self.memory),
        }


def _table(results: Sequence[Result], group: str) -> list[str]:
    lines = [
        "| scenario | p50 ms | p95 ms | budget | | queries | database ms | Python ms | kB sent | times |",
        "| --- | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for result in results:
        if result.scenario.group != group:
            continue
        budget = f"{result.scenario.budget:.0f}" if result.scenario.budget else ""
        mark = ("**over**" if result.is_over else "ok") if budget else ""
        size, times = f"{result.size / 1000:.1f}", len(result.answers)
        queries = f"**{result.queries}**" if _has_many_queries(result) else str(result.queries)
        lines.append(
            f"| {result.scenario.name} | {result.p50:.1f} | {result.p95:.1f} | {budget} | {mark} | {queries} "
            f"| {result.database:.1f} | {result.processor:.1f} | {size} | {times} |"
        )
    return lines


def _has_many_queries(result: Result) -> bool:
    return result.scenario.limits_queries and result.queries > MOST_QUERIES


def _loads(throughputs: Sequence[Throughput]) -> list[str]:
    lines = [
        "| pages | answers a second | p50 ms | p95 ms | failed |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    return lines + [
        f"| {each.name} | {each.per_second:.0f} | {each.p50:.0f} | {each.p95:.0f} | {each.failed} |"
        for each in throughputs
    ]


def _machine() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), current_setting('shared_buffers')")
        postgres, buffers = cursor.fetchone()
        cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        [size] = cursor.fetchone()
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return {
        "when": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "commit": commit.stdout.strip() or "unknown",
        "machine": f"{os.cpu_count()} cores, {_processor()}",
        "software": f"Python {platform.python_version()}, PostgreSQL {postgres}, shared_buffers {buffers}",
        "database": size,
    }


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "unknown"
