"""The rows of the coordinators' working pages, and of cities that ask to join."""

from typing import Any

from tests.support.desk import JOIN_TOKEN
from tests.support.world import (
    COORDINATION,
    EVERYBODY,
    NOBODY,
    Who,
    World,
)
from tests.sweeps.table import Case, get, post


def colleague(world: World) -> list[Any]:
    return [world.people[Who.COLLEAGUE].pk]


def tag(world: World) -> list[Any]:
    return [world.published.tags.get().pk]


def invitation(world: World) -> list[Any]:
    return [world.invitation.pk]


DESK: list[Case] = [
    get("operator_page", EVERYBODY, lambda world: ["impressum"]),
    get(
        "operator_page", NOBODY, lambda world: ["gibt-es-nicht"], denied=404, is_public=True, label="unknown"
    ),
    get("edit_operator_page", COORDINATION, lambda world: ["impressum"]),
    get("operator_pages", COORDINATION),
    get("edit_identity", COORDINATION),
    get("network_logo", NOBODY, lambda world: [1], denied=404, is_public=True),
    get("page_versions", COORDINATION, lambda world: ["datenschutz"]),
    get("page_version", COORDINATION, lambda world: ["datenschutz", 1]),
    get("page_version", NOBODY, lambda world: ["datenschutz", 9], hidden_from=COORDINATION, label="unknown"),
    get("tags:list", COORDINATION),
    get("tags:tag", COORDINATION, tag),
    get("tags:merge", COORDINATION),
    get("tags:changes", COORDINATION),
    get("tags:change", COORDINATION, lambda world: [world.on_desk.tag_change.pk]),
    post("tags:undo", COORDINATION, lambda world: [world.on_desk.tag_change.pk]),
    get("city_desk", COORDINATION),
    get("standing", COORDINATION, lambda world: [world.city.slug]),
    get(
        "standing",
        NOBODY,
        lambda world: [world.outside_city.slug],
        hidden_from=COORDINATION,
        label="outside",
    ),
    get("people", COORDINATION),
    get("person", COORDINATION, colleague),
    post("deactivate_person", COORDINATION, colleague),
    post("reactivate_person", COORDINATION, colleague),
    get("invitations", COORDINATION),
    get("invite_many", COORDINATION),
    post("send_invitation_again", COORDINATION, invitation),
    get("withdraw_invitation", COORDINATION, invitation),
    get("join_choose", EVERYBODY),
    get("join", EVERYBODY, lambda world: [world.outside_city.ags]),
    get("join", EVERYBODY, lambda world: [world.city.ags], label="already"),
    get("join", NOBODY, lambda world: ["99999999"], denied=404, is_public=True, label="unknown"),
    get("join_sent", EVERYBODY),
    get("join_confirm", EVERYBODY, lambda world: [JOIN_TOKEN]),
    get("join_confirm", NOBODY, lambda world: ["falsch"], denied=404, is_public=True, label="wrong"),
    get("join_request", COORDINATION, lambda world: [world.on_desk.wish.pk]),
]
