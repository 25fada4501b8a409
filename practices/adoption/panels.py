"""What the adoption ledger shows on pages of write-ups, blocks and cities, and to those who have to act."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cities.permissions import can_write_for, city_ids_of, is_coordinator, is_member
from practices.adoption import desk
from practices.adoption.drawing import Axis, TimeRow, bars_of
from practices.adoption.enums import RUNNING, Stage
from practices.adoption.giving import GiveAndTake, give_and_take
from practices.adoption.listing import listed
from practices.adoption.permissions import can_adopt, confirming_city_ids
from practices.adoption.reading import Adopter, adopters_of
from practices.enums import Status, Visibility
from practices.permissions import can_see_city
from practices.waiting import MOST, waiting_for
from ui.panels import Panel, register

IN_GROUP, IN_DRAWING = 10, 20


def register_panels() -> None:
    register(Panel("practice.actions", 10, "practices/adoption/panels/actions.html", act_on_practice))
    register(Panel("block.actions", 10, "practices/adoption/panels/actions.html", act_on_block))
    register(Panel("practice.main", 30, "practices/adoption/panels/adopters.html", of_practice))
    register(Panel("block.main", 10, "practices/adoption/panels/adopters.html", of_block))
    register(Panel("city.main", 20, "practices/adoption/panels/city.html", of_city, reads=give_and_take))
    register(Panel("mine.tasks", 30, "practices/adoption/panels/tasks.html", tasks))
    register(Panel("mine", 30, "practices/adoption/panels/mine.html", mine))
    register(Panel("desk.tools", 30, "practices/adoption/panels/tools.html", lambda _request, _subject: {}))
    desk.register_groups()


def act_on_practice(request: HttpRequest, practice: Any) -> dict[str, Any] | None:
    """`practice` comes from `practices.views.pages.practice_for`."""
    return _act(request, practice, practice.own_adoptions, reverse("adoption:adopt", args=[practice.pk]))


def act_on_block(request: HttpRequest, block: Any) -> dict[str, Any] | None:
    return _act(request, block, block.own_adoptions, reverse("adoption:adopt_block", args=[block.pk]))


def _act(
    request: HttpRequest, thing: Any, rows: list[dict[str, Any]] | None, url: str
) -> dict[str, Any] | None:
    own = [row for row in rows or [] if row["withdrawn_at"] is None]
    is_open = can_adopt(request.user, thing)
    # Who acts for one city has nothing more to enter; for several, there may be another.
    is_done = bool(own) and len(city_ids_of(request.user)) == 1 and not is_coordinator(request.user)
    if not own and not is_open:
        return None
    return {
        "own": [
            {"url": reverse("adoption:detail", args=[row["pk"]]), "label": Stage(row["stage"]).label}
            for row in own
        ],
        "adopt_url": url if is_open and not is_done else "",
    }


def of_practice(request: HttpRequest, practice: Any) -> dict[str, Any] | None:
    is_hidden = practice.visibility == Visibility.ANONYMOUS and not can_see_city(request.user, practice)
    context = _adopters(request, practice, starts=practice.starts)
    if practice.status not in {Status.PUBLISHED, Status.ARCHIVED} and not context["adopters"]:
        return None
    askable = [one for one in context["adopters"] if one.city_id not in city_ids_of(request.user)]
    return context | {
        "is_hidden": is_hidden,
        "is_visitor": not is_member(request.user),
        "ask_url": reverse("adoption:ask_adopters", args=[practice.pk])
        if askable and is_member(request.user)
        else "",
        "family_url": reverse("adoption:family", args=[practice.pk]) if _has_family(practice) else "",
    }


def _has_family(practice: Any) -> bool:
    return any(row["kind"] == "builds_on" for row in [*practice.outgoing, *practice.incoming])


def of_block(request: HttpRequest, block: Any) -> dict[str, Any]:
    return _adopters(request, block) | {
        "is_hidden": False,
        "is_visitor": not is_member(request.user),
        "ask_url": "",
        "family_url": "",
    }


def _adopters(request: HttpRequest, thing: Any, starts: str = "") -> dict[str, Any]:
    adopters = adopters_of(thing.adoption_rows or [])
    groups: dict[str, list[Adopter]] = {}
    for one in adopters:
        groups.setdefault(one.label, []).append(one)
    return {
        "title": _title(thing, adopters),
        "adopters": adopters,
        "groups": [(label, rows[:IN_GROUP], rows[IN_GROUP:]) for label, rows in groups.items()],
        "adopted": thing.adopters,
        "unconfirmed": sum(not one.trust.is_confirmed for one in adopters),
        "anew": [] if is_member(request.user) else _confirmed_anew(thing),
        "drawing": _drawing(adopters, starts),
        "can_adopt": can_adopt(request.user, thing),
    }


def _title(thing: Any, adopters: list[Adopter]) -> str:
    """Whoever has only looked at it, or has given it up, has not taken it over."""
    if adopters and not thing.adopters and not any(one.stage in RUNNING for one in adopters):
        return _("Wer sich damit befasst hat")
    return _("Wer es übernommen hat")


def _confirmed_anew(thing: Any) -> list[tuple[str, str]]:
    """Cities with the address of the page that says no more than that; members see the entries themselves."""
    return [(row["city"], reverse("adoption:detail", args=[row["pk"]])) for row in thing.confirmed_anew or []]


def _drawing(adopters: list[Adopter], starts: str) -> dict[str, Any] | None:
    """A line for each city, the longest with it first; of many the first ones."""
    drawn = [one for one in adopters if one.trust.is_confirmed][:IN_DRAWING]
    if not drawn:
        return None
    axis = Axis.of([since for one in drawn for _stage, since in one.steps] + ([starts] if starts else []))
    rows = [
        TimeRow(one.city, f"{one.label}, {one.since}", bars_of(one.steps, axis))
        for one in sorted(drawn, key=lambda one: one.steps[0][1])
    ]
    used = {stage for one in drawn for stage, _since in one.steps}
    return {
        "rows": rows,
        "years": axis.years,
        "legend": [(stage.value, stage.label) for stage in Stage if stage.value in used],
    }


def of_city(request: HttpRequest, city: Any) -> dict[str, Any] | None:
    """How many have taken over what the city made, and what it has taken over itself."""
    found = GiveAndTake.of(city)
    rows = listed(found.taken, request.user)
    can_write = can_write_for(request.user, city)
    if not rows and not found.cities and not can_write:
        return None
    return {
        "city": city,
        "cities": found.cities,
        "things": found.things,
        "examples": found.examples,
        "rows": rows,
        "taken": found.taken_number,
        "has_more": found.taken_number > len(rows),
        "is_own": city.pk in city_ids_of(request.user),
        "can_write": can_write,
    }


def tasks(request: HttpRequest, _subject: Any) -> dict[str, Any] | None:
    """What waits for this person's word, the oldest first."""
    if not confirming_city_ids(request.user):
        return None
    rows = listed(waiting_for(request).adoptions, request.user)
    return {"rows": rows[:MOST], "has_more": len(rows) > MOST} if rows else None


def mine(request: HttpRequest, _subject: Any) -> dict[str, Any] | None:
    """The way to what one's own cities have taken over."""
    return {} if city_ids_of(request.user) else None
