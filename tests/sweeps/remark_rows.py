"""The pages that ask for a remark before a write-up is returned, archived or opened again."""

from tests.support.world import MANAGEMENT, Who
from tests.sweeps.table import ELSEWHERE, PAGE, Arguments, Case, get


def remarks_on(name: str, key: Arguments, hidden: frozenset[Who]) -> list[Case]:
    """The pages that ask for a remark; where their step does not begin they lead to the write-up."""
    begins = {"practices:send_back": {"in_review"}, "practices:reopen": {"archived"}}
    begins["practices:archive"] = {"published", "network", "anonymous"}
    return [
        get(
            view,
            MANAGEMENT,
            key,
            hidden_from=hidden,
            label=name,
            answers=PAGE if name in names else ELSEWHERE,
        )
        for view, names in begins.items()
    ]
