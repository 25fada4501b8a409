"""`make bench`: see docs/benchmark.md."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from tests.bench import environment
from tests.bench.databases import ROOT, BenchDatabase

RESULTS = ROOT / ".data" / "bench"


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--size", type=int, default=int(os.environ.get("SIZE") or 100_000))
    parser.add_argument("--register", type=Path, default=os.environ.get("REGISTER") or None)
    parser.add_argument("--fresh", action="store_true", help="fill the database anew")
    parser.add_argument("--seconds", type=float, default=6.0, help="at most, for each scenario")
    parser.add_argument("--queries", type=int, default=10_000, help="generated ones, against everything")
    parser.add_argument("--lines", type=int, default=5_000, help="write-ups to import and take back")
    options = parser.parse_args()
    RESULTS.mkdir(parents=True, exist_ok=True)
    database = BenchDatabase(options.size, options.register)
    environment.enter(database.url, RESULTS / "media")
    prepare(database, options)

    from tests.bench import running  # noqa: PLC0415  Django is set up only now

    plan = running.Plan(options.size, options.seconds, options.queries, options.lines)
    sys.stdout.write(running.run(plan, RESULTS))
    return 0


def prepare(database: BenchDatabase, options: argparse.Namespace) -> None:
    """Fill the database unless it is; set Django up."""
    is_ready = database.is_filled and not options.fresh
    if not is_ready:
        database.create_anew()
    import django  # noqa: PLC0415  the settings read the environment, which is complete only now

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("collectstatic", interactive=False, verbosity=0)
    if is_ready:
        return
    from tests.bench.filling import Filling  # noqa: PLC0415

    begun = time.monotonic()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    Filling(options.size, register=options.register).run()
    database.mark_filled()
    sys.stderr.write(f"filled {database.name} in {time.monotonic() - begun:.0f} s\n")


if __name__ == "__main__":
    sys.exit(main())
