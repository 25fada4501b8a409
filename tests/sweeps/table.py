"""Who gets what at every address. An address without a row here fails `test_access`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.support.world import (
    COORDINATION,
    EVERYBODY,
    MANAGEMENT,
    MEMBERS,
    Who,
    World,
)

Arguments = Callable[[World], list[Any]]
Answer = Any  # what Django's test client gives; django-stubs types it apart from every other response
HTMX = {"HX-Request": "true"}


@dataclass(frozen=True)
class Case:
    """One address: `who` gets one of `answers`; others who are logged in get `denied`, visitors the login.

    `is_public` marks views that answer visitors by themselves, so that these get `denied` too.
    """

    name: str
    who: frozenset[Who]
    args: Arguments = lambda world: []
    denied: int = 403
    is_public: bool = False
    method: str = "GET"
    answers: frozenset[int] = frozenset({200})
    label: str = ""

    def __str__(self) -> str:
        return f"{self.name}{f' ({self.label})' if self.label else ''}"

    def url(self, world: World) -> str:
        return reverse(self.name, args=self.args(world))

    def ask(self, world: World, who: Who, headers: dict[str, str] | None = None) -> Answer:
        client = world.client(who)
        send = client.get if self.method == "GET" else client.post
        return send(self.url(world), headers=headers)


def get(name: str, who: frozenset[Who], args: Arguments = lambda world: [], **rest: Any) -> Case:
    return Case(name, who, args, **rest)


def post(name: str, who: frozenset[Who], args: Arguments = lambda world: [], **rest: Any) -> Case:
    rest.setdefault("answers", frozenset({200, 302, 303, 400, 422}))
    return Case(name, who, args, method="POST", **rest)


def topic(world: World) -> list[Any]:
    return [world.subtopic.slug]


def leadership(world: World) -> list[Any]:
    return [world.subtopic.slug, world.leadership.pk]


OR_ELSEWHERE = frozenset({200, 302})  # pages of the login flow send on those who have no business there
ELSEWHERE = frozenset({302})

PORTAL = [
    get("home", EVERYBODY),
    get("mine", MEMBERS),
    get("desk", COORDINATION),
    post("choose_theme", EVERYBODY),
    post("choose_language", EVERYBODY),
    get("ui:gallery", EVERYBODY),
    get("notifications:outbox", EVERYBODY),
    get("operator_page", EVERYBODY, lambda world: ["impressum"]),
    get(
        "operator_page",
        frozenset(),
        lambda world: ["gibt-es-nicht"],
        denied=404,
        is_public=True,
        label="unknown",
    ),
    get("edit_operator_page", COORDINATION, lambda world: ["impressum"]),
]

TOPICS = [
    get("topics:list", EVERYBODY),
    get("topics:detail", EVERYBODY, topic),
    get("topics:detail", frozenset(), lambda world: ["fehlt"], denied=404, is_public=True, label="unknown"),
    get("topics:curate", COORDINATION),
    get("topics:create", COORDINATION),
    get("topics:edit", COORDINATION, topic),
    get("topics:delete", COORDINATION, topic),
    get("topics:engage", frozenset({Who.MANAGER, Who.STRANGER, Who.COORDINATOR}), topic),
    get("topics:leadership", MANAGEMENT, leadership),
    post("topics:confirm", MANAGEMENT, leadership),
    get("topics:remove", COORDINATION, leadership),
]

ACCOUNT = [
    get("accounts:profile", MEMBERS),
    get("accounts:welcome", MEMBERS),
    post("accounts:end_session", frozenset(), lambda world: [0], denied=404),
    get("account_login", EVERYBODY, answers=OR_ELSEWHERE),
    get("mfa_login_webauthn", EVERYBODY, answers=OR_ELSEWHERE),
    get("mfa_authenticate", EVERYBODY, answers=ELSEWHERE),
    get("account_inactive", EVERYBODY),
    get("account_logout", EVERYBODY, answers=OR_ELSEWHERE),
    get("account_signup", EVERYBODY, answers=OR_ELSEWHERE),
    get("account_reauthenticate", MEMBERS, answers=OR_ELSEWHERE),
    get("mfa_reauthenticate", MEMBERS, answers=OR_ELSEWHERE),
    get("mfa_reauthenticate_webauthn", MEMBERS, answers=OR_ELSEWHERE),
    get("account_email", MEMBERS),
    get("account_confirm_email", EVERYBODY, lambda world: ["unbekannt"], answers=OR_ELSEWHERE),
    get("account_change_password", MEMBERS),
    get("account_set_password", MEMBERS, answers=ELSEWHERE),
    get("account_reset_password", EVERYBODY, answers=OR_ELSEWHERE),
    get("account_reset_password_done", EVERYBODY),
    get(
        "account_reset_password_from_key", EVERYBODY, lambda world: ["abc", "unbekannt"], answers=OR_ELSEWHERE
    ),
    get("account_reset_password_from_key_done", EVERYBODY),
    get("usersessions_list", MEMBERS),
    get("mfa_index", MEMBERS),
    get("mfa_activate_totp", MEMBERS, answers=OR_ELSEWHERE),
    get("mfa_deactivate_totp", MEMBERS, answers=frozenset({200, 302, 404})),
    get("mfa_view_recovery_codes", MEMBERS, answers=frozenset({200, 302, 404})),
    get("mfa_generate_recovery_codes", MEMBERS, answers=OR_ELSEWHERE),
    get("mfa_download_recovery_codes", MEMBERS, answers=frozenset({200, 302, 404})),
    get("mfa_list_webauthn", MEMBERS),
    get("mfa_add_webauthn", MEMBERS, answers=OR_ELSEWHERE),
    get("mfa_edit_webauthn", frozenset(), lambda world: [0], denied=404),
    get("mfa_remove_webauthn", frozenset(), lambda world: [0], denied=404),
]

CASES: list[Case] = [*PORTAL, *TOPICS, *ACCOUNT]
# Pages to read; what a form does is swept from the pages that show it.
PAGES = [case for case in CASES if case.method == "GET" and 200 in case.answers]


def patterns(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every view of the portal with its full name."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, namespace + (f"{entry.namespace}:" if entry.namespace else ""))
        else:
            yield f"{namespace}{entry.name or entry.pattern}", entry


def is_admin(name: str) -> bool:
    """Django's admin has its own rule: nothing without `is_staff`."""
    return name.startswith("admin:")
