"""Requests as pages of other apps show them, and the page of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.callees import Callee, contact_of
from cities.contacts import callees_of_city
from cities.permissions import audience_of, is_member
from exchange.asking import LONGEST_TITLE
from exchange.enums import TONES, RequestVisibility, Standing
from exchange.models import Answer, Request, slug_of
from exchange.permissions import can_change_answer, can_edit
from practices.cards import Card, cards_by_key
from practices.enums import Visibility
from practices.search_entry import SOURCE
from search.searching import Question, SearchTooSlow, search
from search.similar import similar_to_text

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from exchange.answering import AnswerForm

SHORTEST_TITLE, MOST_KNOWN = 4, 3


@dataclass(frozen=True)
class Row:
    """A request in a list of another page."""

    pk: int
    title: str
    asker: str
    topic: str
    standing: Standing
    is_for_network: bool
    open_until: dt.date
    is_demo: bool
    answer_number: int
    answered_on: dt.date | None

    @classmethod
    def of(cls, read: dict[str, Any]) -> Row:
        """Of what `as_rows()` reads."""
        answered_at = read["answered_at"] and dt.datetime.fromisoformat(read["answered_at"])
        return cls(
            pk=read["pk"],
            title=read["title"],
            asker=read["city"] or _("Koordination, für das Netzwerk"),
            topic=read["topic"],
            standing=Standing(read["standing"]),
            is_for_network=read["visibility"] == RequestVisibility.NETWORK,
            open_until=dt.date.fromisoformat(read["open_until"]),
            is_demo=read["is_demo"],
            answer_number=read["answer_number"],
            answered_on=answered_at and timezone.localdate(answered_at),
        )

    @property
    def url(self) -> str:
        return reverse("exchange:detail", args=[self.pk, slug_of(self.title)])

    @property
    def tone(self) -> str:
        return TONES[self.standing]


def rows_of(read: list[dict[str, Any]] | None) -> list[Row]:
    """None is what Django gives where conditions exclude everything."""
    return [Row.of(each) for each in read or []]


@dataclass(frozen=True)
class Given:
    """An answer as this reader sees it, with the write-ups that they may read."""

    answer: Answer
    author: str  # members alone learn who it was
    cards: list[Card]
    can_change: bool


@dataclass(frozen=True)
class RequestPage:
    """What the page of a request shows to one person."""

    answers: list[Given]
    callees: list[Callee]
    can_edit: bool

    @classmethod
    def of(
        cls, request: Request, reader: User | AnonymousUser, form: AnswerForm | None = None
    ) -> RequestPage:
        """With the form's candidates, whose cards are read along. Two queries."""
        answers: list[Any] = list(request.answers.for_page())
        keys = [key for answer in answers for key in answer.practice_ids]
        cards = shown_cards([*keys, *(form.candidates if form else ())], reader)
        if form:
            form.offer(cards)
        return cls(
            answers=[
                Given(
                    answer,
                    str(answer.author) if answer.author and is_member(reader) else "",
                    [cards[key] for key in answer.practice_ids if key in cards],
                    can_change_answer(reader, answer),
                )
                for answer in answers
            ],
            callees=whom_to_ask(request, reader),
            can_edit=can_edit(reader, request),
        )


def shown_cards(practice_ids: Collection[int], reader: User | AnonymousUser) -> dict[int, Card]:
    """The cards of those that this person may read, without what became anonymous since it was named."""
    named = {value: str(label) for value, label in Visibility.choices}[Visibility.ANONYMOUS]
    cards = cards_by_key(list(dict.fromkeys(practice_ids)), reader)
    return {key: card for key, card in cards.items() if card.audience != named}


def whom_to_ask(request: Request, reader: User | AnonymousUser) -> list[Callee]:
    """The contact that the request names, else the city's office, else the coordination."""
    contact = contact_of(request, shows_people=is_member(reader), unnamed=request.asker)
    if contact and contact.is_reachable:
        return [contact]
    of_city = callees_of_city(request.city) if request.city else []
    return of_city or [Callee(_("Koordination des Netzwerks"), email=settings.COORDINATION_EMAIL)]


def known_answers(title: str, reader: User | AnonymousUser) -> list[Card]:
    """Write-ups that may answer already what somebody is about to ask; it is only a hint."""
    text = " ".join(title.replace("\x00", " ").split())[:LONGEST_TITLE]
    if len(text) < SHORTEST_TITLE:
        return []
    audience = audience_of(reader)
    ids: list[int] = []
    with suppress(SearchTooSlow):
        answer = search(Question(source=SOURCE, audience=audience, text=text, page_size=MOST_KNOWN))
        # Those behind have only some of the words; a whole sentence rarely finds one with all.
        ids = answer.page.ids[: answer.with_all]
        ids = ids or similar_to_text(text, source=SOURCE, audience=audience, limit=MOST_KNOWN)
    return list(cards_by_key(ids, reader).values())
