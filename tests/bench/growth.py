"""How much longer the same takes with more write-ups: all sizes that were measured, side by side."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def growth(folder: Path) -> list[str]:
    """A table of the 95th percentiles with the factor from the smallest to the largest size; none for one."""
    runs = sorted(
        (json.loads(file.read_text()) for file in folder.glob("*.json")), key=lambda run: run["size"]
    )
    if len(runs) < 2:
        return []
    heads = [f"{run['size']:,} ({run['machine']['commit']})" for run in runs]
    lines = [
        "",
        "## p95 in milliseconds as the network grows",
        "",
        f"| scenario | {' | '.join(heads)} | factor |",
        f"| --- |{' ---: |' * (len(runs) + 1)}",
    ]
    times = [{(row["group"], row["name"]): row["p95_ms"] for row in run["scenarios"]} for run in runs]
    for key in dict.fromkeys(key for run in times for key in run):
        found = [run.get(key) for run in times]
        known = [time for time in found if time is not None]
        factor = f"{known[-1] / known[0]:.1f}" if len(known) > 1 else ""
        lines.append(f"| {key[1]} ({key[0]}) | {' | '.join(map(_shown, found))} | {factor} |")
    memory = [_shown(sum(run.get("memory_mb", {}).values()) or None) for run in runs]
    return [*lines, f"| memory, MB | {' | '.join(memory)} | |"]


def _shown(number: Any) -> str:
    return "" if number is None else f"{number:.1f}"
