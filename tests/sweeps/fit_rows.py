"""The table's rows about products and the transfer check."""

from typing import Any

from tests.support.world import COORDINATION, MEMBERS, NOBODY, OWN_CITY, Who, World
from tests.sweeps.table import Case, get

NETWORK = MEMBERS - {Who.STAFF}
STRANGER = frozenset({Who.STRANGER})


def city(world: World) -> list[Any]:
    return [world.city.slug]


def outside(world: World) -> list[Any]:
    return [world.outside_city.slug]


def published(world: World) -> list[Any]:
    return [world.published.pk]


def draft(world: World) -> list[Any]:
    return [world.draft.pk]


PRODUCTS: list[Case] = [
    get("products:list", NETWORK),
    get("products:detail", NETWORK, lambda world: [world.product.slug]),
    get("cities:products", NETWORK, city),
    get("cities:edit_products", OWN_CITY | COORDINATION, city),
    get("cities:import_products", OWN_CITY | COORDINATION, city),
    get("cities:edit_products", NOBODY, outside, hidden_from=MEMBERS, label="outside"),
]
TRANSFER: list[Case] = [
    get("practices:transfer", STRANGER, published),
    get("practices:clarify", STRANGER, lambda world: [world.published.pk, "kosten"]),
    get(
        "practices:transfer",
        STRANGER,
        lambda world: [world.anonymous.pk],
        hidden_from=frozenset({Who.STAFF}),
        label="anonymous",
    ),
    get(
        "practices:transfer",
        NOBODY,
        draft,
        hidden_from=MEMBERS - OWN_CITY - COORDINATION,
        label="draft",
    ),
]
FIT = [*PRODUCTS, *TRANSFER]
