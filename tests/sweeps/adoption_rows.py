"""The table's rows about the adoption ledger."""

from typing import Any

from tests.support.adoptions import ADOPTION_TOKEN
from tests.support.world import COORDINATION, EVERYBODY, MEMBERS, NOBODY, OWN_CITY, Who, World
from tests.sweeps.table import PAGE_OR_ELSEWHERE, Case, get, post

READERS = MEMBERS - {Who.STAFF}
ADOPTERS = frozenset({Who.STRANGER, Who.COORDINATOR})
CONFIRMING = frozenset({Who.STRANGER})
PAGES = ("adoption:edit", "adoption:stage", "adoption:withdraw", "adoption:files")
BUTTONS = ("adoption:write_variant",)


def key(world: World) -> list[Any]:
    return [world.adoptions.of_published.pk]


def of_anonymous(world: World) -> list[Any]:
    return [world.adoptions.of_anonymous.pk]


def file(world: World) -> list[Any]:
    return [world.adoptions.of_published.pk, world.adoptions.file.pk]


def published(world: World) -> list[Any]:
    return [world.published.pk]


def anonymous(world: World) -> list[Any]:
    return [world.anonymous.pk]


ROWS = ((key, ""), (of_anonymous, "anonymous"))
OUTSIDE: dict[str, Any] = {"hidden_from": EVERYBODY - READERS, "is_public": True}
STAFF: dict[str, Any] = {"hidden_from": frozenset({Who.STAFF})}
ADOPTION: list[Case] = [
    get("adoption:own", MEMBERS),
    get("adoption:detail", READERS, key, **OUTSIDE),
    get("adoption:detail", OWN_CITY | ADOPTERS, of_anonymous, **OUTSIDE, label="anonymous"),
    get("adoption:file", READERS, file, **OUTSIDE),
    *(get(name, ADOPTERS, key, **STAFF) for name in PAGES),
    *(get(name, ADOPTERS, of_anonymous, **STAFF, label="anonymous") for name in PAGES),
    *(post(name, ADOPTERS, key, **STAFF) for name in BUTTONS),
    *(post(name, ADOPTERS, of_anonymous, **STAFF, label="anonymous") for name in BUTTONS),
    *(post("adoption:confirm", CONFIRMING, row, **STAFF, label=label) for row, label in ROWS),
    post("adoption:ask_again", COORDINATION, key),
    post("adoption:remove_file", ADOPTERS, file, **STAFF),
    get("adoption:answer", EVERYBODY, lambda world: [ADOPTION_TOKEN]),
    get("adoption:answer", NOBODY, lambda world: ["falsch"], denied=404, is_public=True, label="unknown"),
    # Whoever has entered it already is led to the entry.
    get("adoption:adopt", ADOPTERS, published, answers=PAGE_OR_ELSEWHERE),
    get("adoption:adopt", ADOPTERS, anonymous, **STAFF, label="anonymous", answers=PAGE_OR_ELSEWHERE),
    get("adoption:adopt_block", ADOPTERS, lambda world: [world.blocks["open"].pk]),
    get(
        "adoption:adopt_block", ADOPTERS, lambda world: [world.blocks["network"].pk], **STAFF, label="network"
    ),
    get("adoption:ask_adopters", READERS, published, answers=PAGE_OR_ELSEWHERE),
    get("adoption:family", EVERYBODY, published),
    get("adoption:family", READERS, anonymous, **OUTSIDE, label="anonymous"),
    get("adoption:savings", EVERYBODY),
    get("adoption:given", EVERYBODY, lambda world: [world.city.slug]),
    get("adoption:ledger", COORDINATION),
    get("adoption:connect", COORDINATION, of_anonymous),
]
