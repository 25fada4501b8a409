"""The table's rows about figures and the report."""

from typing import Any

from ikone.statistics.records import LISTS
from tests.support.world import COORDINATION, NOBODY, World
from tests.sweeps.table import Arguments, get


def report(world: World) -> list[Any]:
    return [world.on_desk.report.pk]


def records(what: str) -> Arguments:
    return lambda world: [what]


STATISTICS = [
    get("statistics", COORDINATION),
    *(get("statistics_records", COORDINATION, records(what), label=what) for what in LISTS),
    get("statistics_records", NOBODY, lambda world: ["nichts"], hidden_from=COORDINATION, label="unknown"),
    get("reports", COORDINATION),
    get("report_pdf", COORDINATION, report),
    get("report_sheet", COORDINATION, report),
]
