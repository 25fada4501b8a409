"""The table's rows about collections."""

from typing import Any

from tests.support.world import MEMBERS, NOBODY, Who, World
from tests.sweeps.table import Case, get, post

OWNER = frozenset({Who.AUTHOR})
NETWORK = MEMBERS - {Who.STAFF}


def rows_of(name: str, readers: frozenset[Who]) -> list[Case]:
    """The addresses of one collection; the author has made both."""

    def key(world: World) -> list[Any]:
        return [world.collections[name].pk]

    def item(world: World) -> list[Any]:
        return [world.collections[name].pk, world.collections[name].items.all()[0].pk]

    def reader(world: World) -> list[Any]:
        return [world.collections[name].pk, world.collections[name].readers.get().pk]

    rights: dict[str, Any] = {"hidden_from": MEMBERS - readers, "label": name}
    return [
        get("collections:detail", readers, key, **rights),
        get("collections:table", readers, key, **rights),
        post("collections:folder", readers, key, **rights),
        *(get(f"collections:{page}", OWNER, key, **rights) for page in ("edit", "delete", "sharing")),
        get("collections:note", OWNER, item, **rights),
        post("collections:name_reader", OWNER, key, **rights),
        post("collections:forget_reader", OWNER, reader, **rights),
        post("collections:move", OWNER, item, **rights),
        post("collections:take_out", OWNER, item, **rights),
    ]


COLLECTIONS = [
    get("collections:own", MEMBERS),
    get("collections:new", MEMBERS),
    get("collections:keep", NOBODY, denied=404, label="of nothing"),
    *rows_of("private", OWNER),
    *rows_of("network", NETWORK),
]
