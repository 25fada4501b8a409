"""The table's rows about requests."""

from typing import Any

from tests.support.world import EVERYBODY, MEMBERS, OWN_CITY, Who, World
from tests.sweeps.table import ELSEWHERE, Case, get

ACTING = MEMBERS - {Who.STAFF}
WRITERS = OWN_CITY | {Who.STRANGER, Who.COORDINATOR}
EDITORS = frozenset({Who.AUTHOR, Who.MANAGER, Who.COORDINATOR})
READERS = {"open": EVERYBODY, "network": ACTING}


def rows_of(name: str, readers: frozenset[Who]) -> list[Case]:
    """The addresses of one request and its answer; whom it is hidden from gets 404 everywhere."""

    def key(world: World) -> list[Any]:
        return [world.requests[name].pk]

    def address(world: World) -> list[Any]:
        return [world.requests[name].pk, world.requests[name].slug]

    def answer(world: World) -> list[Any]:
        return [world.requests[name].answers.get().pk]

    hidden = EVERYBODY - readers
    public: dict[str, Any] = {"hidden_from": hidden, "is_public": True, "label": name}
    inside: dict[str, Any] = {"hidden_from": hidden - {Who.VISITOR}, "label": name}
    return [
        get("exchange:detail", readers, address, **public),
        get("exchange:short", readers, key, answers=ELSEWHERE, **public),
        get("exchange:edit", EDITORS, key, **inside),
        get("exchange:state", EDITORS, key, **inside),
        get("exchange:withdraw", EDITORS, key, **inside),
        get("exchange:answer", WRITERS, key, answers=ELSEWHERE, **inside),
        get("exchange:change_answer", EDITORS, answer, **inside),
        get("exchange:remove_answer", EDITORS, answer, **inside),
    ]


REQUESTS = [
    get("exchange:list", EVERYBODY),
    get("exchange:new", WRITERS),
    get("exchange:known", WRITERS),
    *(case for name, readers in READERS.items() for case in rows_of(name, readers)),
]
