"""Rows of the table: the topic map, who leads what, and its working pages."""

from typing import Any

from tests.support.world import COORDINATION, EVERYBODY, MANAGEMENT, NOBODY, OWN_CITY, Who, World
from tests.sweeps.ozg_rows import MATRIX, OZG
from tests.sweeps.table import get, post

MANAGERS = frozenset({Who.MANAGER, Who.STRANGER, Who.COORDINATOR})


def topic(world: World) -> list[Any]:
    return [world.subtopic.slug]


def leadership(world: World) -> list[Any]:
    return [world.subtopic.slug, world.leadership.pk]


TOPICS = [
    get("topics:list", EVERYBODY),
    get("topics:detail", EVERYBODY, topic),
    get("topics:engaged", EVERYBODY, topic),
    get("topics:engaged", NOBODY, lambda world: ["fehlt"], denied=404, is_public=True, label="unknown"),
    get("topics:detail", NOBODY, lambda world: ["fehlt"], denied=404, is_public=True, label="unknown"),
    get("topics:curate", COORDINATION),
    get("topics:changes", COORDINATION),
    post("topics:undo", COORDINATION, lambda world: [world.on_map.reshaping.pk]),
    get("topics:look_after", MANAGERS),
    get("topics:nutshell", OWN_CITY | COORDINATION, topic),
    get("topics:merge", COORDINATION, topic),
    get("topics:split", COORDINATION, topic),
    get("topics:retire", COORDINATION, topic),
    get("topics:hand_over", MANAGEMENT, leadership),
    get("topics:create", COORDINATION),
    get("topics:edit", COORDINATION, topic),
    get("topics:delete", COORDINATION, topic),
    get("topics:engage", MANAGERS, topic),
    get("topics:leadership", MANAGEMENT, leadership),
    post("topics:confirm", MANAGEMENT, leadership),
    get("topics:remove", COORDINATION, leadership),
    *OZG,
    *MATRIX,
]
