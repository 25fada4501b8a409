"""The table's rows about services of the OZG."""

from typing import Any

from tests.support.world import COORDINATION, EVERYBODY, NOBODY, OWN_CITY, World
from tests.sweeps.table import get


def city(world: World) -> list[Any]:
    return [world.city.slug]


def outside(world: World) -> list[Any]:
    return [world.outside_city.slug]


OZG = [
    get("topics:ozg_board", EVERYBODY),
    get("topics:ozg_service", EVERYBODY, lambda world: [world.service.pk]),
    get("topics:ozg_service", NOBODY, lambda world: [0], denied=404, is_public=True, label="unknown"),
    get("topics:ozg_city", EVERYBODY, city),
    get("topics:ozg_city", NOBODY, outside, denied=404, is_public=True, label="outside"),
    get("topics:ozg_grid", OWN_CITY | COORDINATION, city),
    get("topics:ozg_upload", OWN_CITY | COORDINATION, city),
    get("topics:ozg_download", OWN_CITY | COORDINATION, city),
    get("topics:ozg_import", COORDINATION),
]


def cell(world: World) -> list[Any]:
    return [world.subtopic.slug, world.city.slug]


MATRIX = [
    get("matrix:matrix", EVERYBODY),
    get("matrix:sheet", EVERYBODY),
    get("matrix:cell", EVERYBODY, cell),
    get(
        "matrix:cell",
        NOBODY,
        lambda world: [world.subtopic.slug, world.outside_city.slug],
        denied=404,
        is_public=True,
        label="outside",
    ),
]
