"""The table's rows about figures and the report."""

from typing import Any

from ikone.statistics.records import LISTS
from tests.support.world import COORDINATION, NOBODY, World
from tests.sweeps.table import get


def report(world: World) -> list[Any]:
    return [world.on_desk.report.pk]


STATISTICS = [
    get("statistics", COORDINATION),
    *(get("statistics_records", COORDINATION, lambda world, what=what: [what], label=what) for what in LISTS),
    get("statistics_records", NOBODY, lambda world: ["nichts"], hidden_from=COORDINATION, label="unknown"),
    get("reports", COORDINATION),
    get("report_pdf", COORDINATION, report),
    get("report_sheet", COORDINATION, report),
]
