"""The table's rows about briefs and other papers."""

from typing import Any

from tests.support.world import COORDINATION, EVERYBODY, MEMBERS, NOBODY, OWN_CITY, Who, World
from tests.sweeps.collection_rows import COLLECTIONS
from tests.sweeps.table import Case, get

READERS = {
    "published": EVERYBODY,
    "archived": EVERYBODY,
    "draft": OWN_CITY | COORDINATION,
    "network": MEMBERS - {Who.STAFF},
    "anonymous": MEMBERS - {Who.STAFF},
}


AUTHOR = frozenset({Who.AUTHOR})


def build(world: World) -> list[Any]:
    return [world.build.pk]


def briefs_of(name: str, readers: frozenset[Who]) -> list[Case]:
    """A brief is for those who may read the write-up."""

    def address(world: World) -> list[Any]:
        practice = getattr(world, name)
        return [practice.pk, practice.slug]

    rights: dict[str, Any] = {"hidden_from": EVERYBODY - readers, "is_public": True, "label": name}
    return [get(view, readers, address, **rights) for view in ("practices:brief", "practices:brief_pdf")]


PAPER = [
    *COLLECTIONS,
    *(case for name, readers in READERS.items() for case in briefs_of(name, readers)),
    get("documents:build", AUTHOR, build, hidden_from=MEMBERS - AUTHOR),
    get("documents:file", NOBODY, build, hidden_from=MEMBERS, label="not done"),
    get("practices:compare", EVERYBODY),
    get("practices:compare_pdf", NOBODY, denied=404, is_public=True, label="of nothing"),
]
