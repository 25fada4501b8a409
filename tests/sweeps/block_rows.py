"""The table's rows about building blocks."""

from typing import Any

from tests.support.world import COORDINATION, EVERYBODY, MANAGEMENT, MEMBERS, OWN_CITY, Who, World
from tests.sweeps.table import ELSEWHERE, Case, get, post

WRITERS = OWN_CITY | {Who.STRANGER, Who.COORDINATOR}
EDITORS = frozenset({Who.AUTHOR, Who.MANAGER, Who.COORDINATOR})
READERS = {
    "open": EVERYBODY,
    "draft": OWN_CITY | COORDINATION,
    "network": MEMBERS - {Who.STAFF},
}


def rows_of(name: str, readers: frozenset[Who]) -> list[Case]:
    """The addresses of one block; whom it is hidden from gets 404 everywhere."""

    def key(world: World) -> list[Any]:
        return [world.blocks[name].pk]

    def address(world: World) -> list[Any]:
        return [world.blocks[name].pk, world.blocks[name].slug]

    def version(world: World) -> list[Any]:
        return [world.blocks[name].pk, world.blocks[name].versions.get().pk]

    def part(world: World) -> list[Any]:
        return [world.blocks[name].pk, world.blocks[name].versions.get().parts.get().pk]

    hidden = EVERYBODY - readers
    public: dict[str, Any] = {"hidden_from": hidden, "is_public": True, "label": name}
    inside: dict[str, Any] = {"hidden_from": hidden - {Who.VISITOR}, "label": name}
    deleters = EDITORS if name == "draft" else MANAGEMENT
    return [
        get("blocks:detail", readers, address, **public),
        get("blocks:short", readers, key, answers=ELSEWHERE, **public),
        get("blocks:part", readers, part, **public),
        get("blocks:edit", EDITORS, key, **inside),
        get("blocks:new_version", EDITORS, key, **inside),
        get("blocks:contents", EDITORS, version, **inside),
        get("blocks:retire", MANAGEMENT, key, **inside),
        get("blocks:delete", deleters, key, **inside),
        post("blocks:publish", MANAGEMENT, key, **inside),
        post("blocks:remove_part", EDITORS, part, **inside),
    ]


BLOCKS = [
    get("blocks:list", EVERYBODY),
    get("blocks:new", WRITERS),
    get("blocks:own", MEMBERS),
    get("blocks:suggest", MEMBERS),
    *(case for name, readers in READERS.items() for case in rows_of(name, readers)),
]
