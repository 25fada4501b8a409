"""What the server and its database hold in memory, from /proc."""

from __future__ import annotations

from pathlib import Path

from django.db import connection

PROC = Path("/proc")


def of_server(pid: int) -> float:
    """Megabytes of a process and all below it; what they share counts once."""
    return sum(_own(each) for each in _family(pid)) / 1024


def of_database() -> float:
    """Megabytes of PostgreSQL's processes; shared buffers that were touched count once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [backend] = cursor.fetchone()
    if not (PROC / str(backend)).exists():
        return 0.0  # on another machine
    return sum(_own(each) for each in _family(_parent(backend))) / 1024


def _family(pid: int) -> list[int]:
    parents = {int(each.name): _parent(int(each.name)) for each in PROC.iterdir() if each.name.isdecimal()}
    found = [pid]
    for each in found:
        found += [child for child, parent in parents.items() if parent == each]
    return found


def _parent(pid: int) -> int:
    try:
        return int((PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0  # it has ended


def _own(pid: int) -> int:
    """Kilobytes, with the process's share of what it shares."""
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
