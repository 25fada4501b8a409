"""The table: one row or more for each address of the portal."""

from collections.abc import Callable
from typing import Any

from practices.editing.sections import PROFILE, SECTIONS
from tests.support.world import (
    CONFIRMATION_TOKEN,
    COORDINATION,
    EVERYBODY,
    INVITATION_TOKEN,
    MANAGEMENT,
    MEMBERS,
    NOBODY,
    OWN_CITY,
    Who,
    World,
)
from tests.sweeps.account_rows import ACCOUNT
from tests.sweeps.adoption_rows import ADOPTION
from tests.sweeps.block_rows import BLOCKS
from tests.sweeps.desk_rows import DESK
from tests.sweeps.finding_rows import FINDING
from tests.sweeps.fit_rows import FIT
from tests.sweeps.import_rows import IMPORT
from tests.sweeps.no_documents import NO_DOCUMENTS
from tests.sweeps.paper_rows import PAPER
from tests.sweeps.remark_rows import remarks_on
from tests.sweeps.request_rows import REQUESTS
from tests.sweeps.statistics_rows import STATISTICS
from tests.sweeps.table import ELSEWHERE, PAGE_OR_ELSEWHERE, Case, get, post
from tests.sweeps.topic_rows import TOPICS

OUTSIDERS = EVERYBODY - OWN_CITY - COORDINATION
MANAGERS = frozenset({Who.MANAGER, Who.STRANGER, Who.COORDINATOR})
WRITERS = OWN_CITY | {Who.STRANGER, Who.COORDINATOR}
EDITORS = frozenset({Who.AUTHOR, Who.MANAGER, Who.COORDINATOR})


def city(world: World) -> list[Any]:
    return [world.city.slug]


def invitation(world: World) -> list[Any]:
    return [world.city.slug, world.invitation.pk]


def membership(world: World) -> list[Any]:
    return [world.city.slug, world.people[Who.COLLEAGUE].memberships.get().pk]


def membership_of_another_city(world: World) -> list[Any]:
    return [world.other_city.slug, world.people[Who.COLLEAGUE].memberships.get().pk]


PORTAL = [
    get("home", EVERYBODY),
    get("mine", MEMBERS),
    get("desk", COORDINATION),
    post("send_mail_again", COORDINATION, lambda world: [world.undelivered.pk]),
    post("dismiss_mail", COORDINATION, lambda world: [world.undelivered.pk]),
    get("gaps", COORDINATION),
    get("islands:join", COORDINATION, lambda world: [world.on_map.island.pk]),
    get("islands:dismiss", COORDINATION, lambda world: [world.on_map.island.pk]),
    post("islands:reopen", COORDINATION, lambda world: [world.on_map.island.pk]),
    get("undertaking", COORDINATION, lambda world: [world.on_map.undertaking.pk]),
    get("health", EVERYBODY),
    get("ui:gallery", frozenset({Who.STAFF})),
    get("notifications:outbox", EVERYBODY),
]

PRACTICES = [
    get("practices:list", EVERYBODY),
    get("practices:city_suggestions", EVERYBODY),
    get("practices:new", WRITERS),
    get("practices:keep_new", WRITERS),
    get("practices:back", MEMBERS),
    post(
        "practices:discard",
        frozenset({Who.AUTHOR}),
        lambda world: [world.working_copy.pk],
        denied=404,
        answers=frozenset({302}),
    ),
    get("practices:own", MEMBERS),
    get("practices:review_queue", MANAGERS),
    get("practices:short", EVERYBODY, lambda world: [world.published.pk], answers=ELSEWHERE),
    get(
        "practices:short",
        OWN_CITY | COORDINATION,
        lambda world: [world.draft.pk],
        answers=ELSEWHERE,
        hidden_from=OUTSIDERS,
        is_public=True,
        label="draft",
    ),
]


def sections_of(name: str, editors: frozenset[Who], hidden: frozenset[Who]) -> list[Case]:
    """Each section of a draft; of write-ups in other states the short profile stands for all."""

    def address(slug: str) -> Callable[[World], list[Any]]:
        return lambda world: [getattr(world, name).pk, slug]

    kept = get("practices:keep", editors, address(PROFILE), hidden_from=hidden, label=name)
    shown = [section.slug for section in SECTIONS if section.form and name in {"draft", "published"}]
    return [
        kept,
        *(
            get("practices:section", editors, address(slug), hidden_from=hidden, label=f"{name} {slug}")
            for slug in shown or [PROFILE]
        ),
    ]


for name, readers in {
    "published": EVERYBODY,
    "archived": EVERYBODY,
    "draft": OWN_CITY | COORDINATION,
    "in_review": OWN_CITY | COORDINATION,
    "network": MEMBERS - {Who.STAFF},  # an account that acts for no city shares in nothing
    "anonymous": MEMBERS - {Who.STAFF},
}.items():

    def address(world: World, name: str = name) -> list[Any]:
        practice = getattr(world, name)
        return [practice.pk, practice.slug]

    def key(world: World, name: str = name) -> list[Any]:
        return [getattr(world, name).pk]

    def version(world: World, name: str = name) -> list[Any]:
        return [getattr(world, name).pk, 1]

    hidden = EVERYBODY - readers
    editors = EDITORS - {Who.AUTHOR} if name == "archived" else EDITORS

    def attachment(world: World, name: str = name) -> list[Any]:
        practice = getattr(world, name)
        return [practice.pk, world.attachments[practice.pk].pk]

    def used(world: World, name: str = name) -> list[Any]:
        return [getattr(world, name).pk, world.blocks["open"].pk]

    PRACTICES += [
        get("practices:file", readers, attachment, hidden_from=hidden, is_public=True, label=name),
        get("practices:picture", readers, attachment, hidden_from=hidden, is_public=True, label=name),
        get("practices:blocks", editors, key, hidden_from=hidden - {Who.VISITOR}, label=name),
        post("practices:stop_using_block", editors, used, hidden_from=hidden - {Who.VISITOR}, label=name),
        get("practices:files", editors, key, hidden_from=hidden - {Who.VISITOR}, label=name),
        get("practices:describe_file", editors, attachment, hidden_from=hidden - {Who.VISITOR}, label=name),
        get("practices:remove_file", editors, attachment, hidden_from=hidden - {Who.VISITOR}, label=name),
        get("practices:detail", readers, address, hidden_from=hidden, is_public=True, label=name),
        get("practices:edit", editors, key, hidden_from=hidden - {Who.VISITOR}, label=name),
        *sections_of(name, editors, hidden - {Who.VISITOR}),
        get("practices:relations", editors, key, hidden_from=hidden - {Who.VISITOR}, label=name),
        get("practices:replace", editors, key, hidden_from=hidden - {Who.VISITOR}, label=name),
        get("practices:history", editors, key, hidden_from=hidden - {Who.VISITOR}, label=name),
        get("practices:history_compare", editors, key, hidden_from=hidden - {Who.VISITOR}, label=name),
        get("practices:history_restore", editors, version, hidden_from=hidden - {Who.VISITOR}, label=name),
        *remarks_on(name, key, hidden - {Who.VISITOR}),
        get(
            "practices:opinion",
            COORDINATION if name in {"published", "network", "anonymous"} else NOBODY,
            key,
            hidden_from=hidden - {Who.VISITOR},
            label=name,
        ),
        post("practices:withdraw_opinion", NOBODY, key, denied=404, label=name),
    ]
    for step, pressers in {
        "einreichen": editors,
        "veroeffentlichen": MANAGEMENT,
        "zurueckziehen": frozenset({Who.AUTHOR}),
        "bestaetigen": editors,
    }.items():

        def pressed(world: World, name: str = name, step: str = step) -> list[Any]:
            return [getattr(world, name).pk, step]

        PRACTICES.append(
            post(
                "practices:step",
                pressers,
                pressed,
                hidden_from=hidden - {Who.VISITOR},
                label=f"{name} {step}",
            )
        )

PRACTICES += [
    get(
        "practices:ask_city",
        frozenset({Who.STRANGER, Who.COORDINATOR}),
        lambda world: [world.published.pk],
        label="published",
    ),
    get(
        "practices:ask_city",
        frozenset({Who.STRANGER, Who.COORDINATOR}),
        lambda world: [world.anonymous.pk],
        hidden_from=frozenset({Who.STAFF}),
        label="anonymous",
    ),
    get("practices:orphans", MANAGERS),
    post("practices:pass_on", COORDINATION, lambda world: [world.question.pk]),
    get("practices:answer_request", COORDINATION, lambda world: [world.question.pk]),
    get("practices:still_true", EVERYBODY, lambda world: [CONFIRMATION_TOKEN]),
    get(
        "practices:still_true",
        NOBODY,
        lambda world: ["falsch"],
        denied=404,
        is_public=True,
        label="unknown",
    ),
]

CITIES = [
    get("cities:list", EVERYBODY),
    get("cities:detail", EVERYBODY, city),
    get("cities:detail", NOBODY, lambda world: ["fehlt"], denied=404, is_public=True, label="unknown"),
    get(
        "cities:detail",
        COORDINATION,
        lambda world: [world.outside_city.slug],
        denied=404,
        is_public=True,
        label="outside",
    ),
    get("cities:comparable", EVERYBODY, city),
    get(
        "cities:comparable",
        COORDINATION,
        lambda world: [world.outside_city.slug],
        denied=404,
        is_public=True,
        label="outside",
    ),
    get("cities:edit", MANAGEMENT, city),
    get("cities:admission", COORDINATION),
    get("cities:admit", COORDINATION, lambda world: [world.outside_city.ags]),
]

PEOPLE = [
    get("cities:people", MANAGEMENT, city),
    get("cities:invite", MANAGEMENT, city),
    post("cities:invite_again", MANAGEMENT, invitation),
    post("cities:revoke_invitation", MANAGEMENT, invitation),
    get("cities:change_role", MANAGEMENT, membership),
    get("cities:remove_member", MANAGEMENT, membership),
    get(
        "cities:remove_member",
        NOBODY,
        membership_of_another_city,
        hidden_from=MANAGERS - {Who.MANAGER},
        label="elsewhere",
    ),
    get("invitation", EVERYBODY, lambda world: [INVITATION_TOKEN]),
    get("invitation", NOBODY, lambda world: ["falsch"], denied=404, is_public=True, label="wrong"),
    get("coordinators", COORDINATION),
    get("invite_coordinator", COORDINATION),
    post("invite_coordinator_again", NOBODY, lambda world: [0], hidden_from=COORDINATION),
    post("revoke_coordinator_invitation", NOBODY, lambda world: [0], hidden_from=COORDINATION),
    get(
        "remove_coordinator",
        COORDINATION,
        lambda world: [world.people[Who.COORDINATOR].pk],
        answers=PAGE_OR_ELSEWHERE,
    ),
]

PRACTICE_CASES = [*PRACTICES, *ADOPTION, *BLOCKS, *IMPORT, *PAPER, *REQUESTS]
PORTAL_CASES = [*PORTAL, *FINDING, *DESK, *STATISTICS, *FIT]
CASES: list[Case] = [*PORTAL_CASES, *PRACTICE_CASES, *TOPICS, *CITIES, *PEOPLE, *ACCOUNT]
# Pages to read; what a form does is swept from the pages that show it.
PAGES = [case for case in CASES if case.method == "GET" and 200 in case.answers]
DOCUMENTS = [case for case in PAGES if case.name not in NO_DOCUMENTS]
