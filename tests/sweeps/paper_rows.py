"""The table's rows about briefs and other papers."""

from typing import Any

from tests.support.world import COORDINATION, EVERYBODY, MEMBERS, OWN_CITY, Who, World
from tests.sweeps.table import Case, get

READERS = {
    "published": EVERYBODY,
    "archived": EVERYBODY,
    "draft": OWN_CITY | COORDINATION,
    "network": MEMBERS - {Who.STAFF},
    "anonymous": MEMBERS - {Who.STAFF},
}


def briefs_of(name: str, readers: frozenset[Who]) -> list[Case]:
    """A brief is for those who may read the write-up."""

    def address(world: World) -> list[Any]:
        practice = getattr(world, name)
        return [practice.pk, practice.slug]

    rights: dict[str, Any] = {"hidden_from": EVERYBODY - readers, "is_public": True, "label": name}
    return [get(view, readers, address, **rights) for view in ("practices:brief", "practices:brief_pdf")]


PAPER = [case for name, readers in READERS.items() for case in briefs_of(name, readers)]
