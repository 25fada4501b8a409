"""The three most useful things for one person, which are the first screen of a phone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cities.enums import Role
from cities.permissions import roles_of
from practices.adoption.reading import subject_of
from practices.enums import Status, Step
from practices.my_city.reading import MyCity, my_city
from practices.permissions import can_write_any
from practices.waiting import MOST, Waiting, waiting_for

if TYPE_CHECKING:
    from django.http import HttpRequest

NUMBER = 3


@dataclass(frozen=True)
class Useful:
    """One thing; `preline` says why it stands here. `is_content` where people wrote the title."""

    preline: str
    title: str
    text: str
    url: str
    is_content: bool = False


def three_things(request: HttpRequest) -> list[Useful]:
    """What waits comes first: for leaders one thing, for the others two, for they do the work."""
    mine, waiting = my_city(request), waiting_for(request)
    leads = Role.LEADER in roles_of(request.user).values()
    urgent = chain(_to_confirm(waiting, request), _to_decide(waiting), _to_look_at(waiting))
    if not leads:
        urgent = chain(urgent, _to_go_on_with(mine, waiting, request))
    found = chain(
        islice(urgent, 1 if leads else 2),
        islice(_alike(mine), 1),
        islice(_new(mine), 1),
        _always(mine, can_write=can_write_any(request.user) and not leads),
    )
    return list(islice(found, NUMBER))


def _to_confirm(waiting: Waiting, request: HttpRequest) -> Iterator[Useful]:
    if not waiting.adoptions:
        return
    number = len(waiting.adoptions)
    first = waiting.adoptions[0]
    title = ngettext("%(number)s Übernahme bestätigen", "%(number)s Übernahmen bestätigen", number)
    yield Useful(
        _("Wartet auf Ihr Wort"),
        title % {"number": number} if number <= MOST else _("Mehr als 10 Übernahmen bestätigen"),
        subject_of(first, request.user).title,
        first.get_absolute_url() if number == 1 else "#uebernahmen-bestaetigen",
    )


def _to_decide(waiting: Waiting) -> Iterator[Useful]:
    if waiting.to_decide:
        title = ngettext(
            "%(number)s Beitrag wartet auf Ihre Entscheidung",
            "%(number)s Beiträge warten auf Ihre Entscheidung",
            waiting.to_decide,
        )
        yield Useful(
            _("Zu entscheiden"),
            title % {"number": number_format(waiting.to_decide, force_grouping=True)},
            _("Lesen, dann veröffentlichen oder zurückgeben."),
            reverse("practices:review_queue"),
        )


def _to_look_at(waiting: Waiting) -> Iterator[Useful]:
    for row in waiting.returned:
        why = _("Zurückgegeben") if row.last_step == Step.RETURNED else _("Wieder geöffnet")
        yield Useful(why, row.title, row.last_remark, row.url, is_content=True)
    for row in waiting.due:
        yield Useful(_("Stimmt das noch?"), row.title, _("Ein Blick und ein Klick."), row.url, True)


def _to_go_on_with(mine: MyCity, waiting: Waiting, request: HttpRequest) -> Iterator[Useful]:
    told = {row.pk for row in waiting.returned}
    for copy in waiting.unsaved:
        if copy.practice_id in told:
            continue
        told.add(copy.practice_id or 0)
        title = copy.practice.title if copy.practice else copy.title
        yield Useful(
            _("Noch nicht gespeichert"),
            title or _("Neuer Beitrag ohne Titel"),
            _("getippt %(moment)s") % {"moment": copy.moment},
            copy.get_absolute_url(),
            is_content=bool(title),
        )
    for practice, card in mine.own:
        is_own_draft = practice.status == Status.DRAFT and practice.created_by_id == request.user.pk
        if is_own_draft and practice.pk not in told:
            yield Useful(
                _("Ihr Entwurf"),
                card.title,
                _("Weiterschreiben, wo Sie aufgehört haben."),
                reverse("practices:edit", args=[practice.pk]),
                is_content=True,
            )


def _alike(mine: MyCity) -> Iterator[Useful]:
    for offer, card in mine.offers:
        yield Useful(
            _("%(city)s hat es, Sie noch nicht") % {"city": offer.nearest.name},
            card.title,
            _("Was es gekostet hat und das Wichtigste sonst, auf einer Seite.")
            if card.cost
            else _("Das Wichtigste auf einer Seite."),
            f"{card.url}kurzfassung/",
            is_content=True,
        )


def _new(mine: MyCity) -> Iterator[Useful]:
    for card in mine.new:
        yield Useful(_("Neu in Ihren Themen"), card.title, card.preline, card.url, is_content=True)


def _always(mine: MyCity, *, can_write: bool) -> Iterator[Useful]:
    """Ways that help everybody, also where there is nothing yet."""
    if can_write:
        yield Useful(
            "",
            _("Eine Erfahrung teilen"),
            _("Was hat Ihre Stadt gelernt? Zehn Minuten genügen für den Anfang."),
            reverse("practices:new"),
        )
    yield Useful(
        "",
        _("Wen rufe ich an?"),
        _("Welche Stadt ein Thema für alle voranbringt und wer dort antwortet."),
        reverse("topics:list"),
    )
    yield Useful(
        "",
        _("Eine Lösung suchen"),
        _("Was andere Städte gemacht haben und was sie heute anders machen würden."),
        reverse("practices:list"),
    )
    if mine.city:
        yield Useful(
            "",
            _("Unsere Stadt"),
            _("Unsere Themen und Zusagen, unsere Beiträge."),
            mine.city.get_absolute_url(),
        )
