"""Write-ups on the coordinators' desk: what waits for a decision, an answer, a look or a contact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.cards import cards_of
from practices.enums import RequestState
from practices.models import ContactRequest, Practice
from ui.desk import Deed, Group, Task, Tasks, day, first_of, register

if TYPE_CHECKING:
    from django.http import HttpRequest

    from practices.querysets import PracticeQuerySet


def register_groups() -> None:
    register(REVIEW)
    register(QUESTIONS)
    register(UNANSWERED)
    register(ORPHANS)


def review(request: HttpRequest) -> Tasks:
    """What waits for a decision anywhere, the longest wait first."""
    waiting, total = first_of(Practice.objects.to_decide_by(request.user).for_cards())
    cards = cards_of(waiting, request.user)
    return Tasks(
        rows=[
            Task(
                title=card.title,
                url=card.url,
                preline=card.preline,
                note=_("eingereicht am %(day)s") % {"day": day(practice.submitted_at)},
                deeds=[Deed(_("Lesen und entscheiden"), card.url)],
            )
            for practice, card in zip(waiting, cards, strict=True)
        ],
        total=total,
        all_url=reverse("practices:review_queue"),
        all_label=_("Alle ansehen"),
    )


def questions(_request: HttpRequest) -> Tasks:
    """What has to be passed on to a city that stays anonymous, or answered for it."""
    waiting = ContactRequest.objects.to_pass_on().select_related("practice__city", "sender")
    rows, total = first_of(waiting.order_by("sent_at", "pk"))
    return Tasks(rows=[_question(question) for question in rows], total=total)


def _question(question: ContactRequest) -> Task:
    answer = Deed(_("Antworten"), reverse("practices:answer_request", args=[question.pk]))
    waits = question.state == RequestState.WAITING
    pass_on = Deed(
        _("Weitergeben"), reverse("practices:pass_on", args=[question.pk]), posts=True, icon="mail"
    )
    return Task(
        title=question.practice.title,
        url=question.practice.get_absolute_url(),
        preline=_("%(person)s fragt %(city)s, %(day)s")
        % {
            "person": question.sender,
            "city": question.practice.city.name,
            "day": day(question.sent_at),
        },
        text=question.text,
        note="" if waits else str(RequestState(question.state).label),
        deeds=[pass_on, answer] if waits else [answer],
    )


def unanswered(_request: HttpRequest) -> Tasks:
    """Where even the coordination was asked whether it still holds: the longest overdue first."""
    left = _named(Practice.objects.left_to_coordination()).order_by("next_check_on", "pk")
    rows, total = first_of(left)
    return Tasks(rows=[_still_true(practice) for practice in rows], total=total)


def _still_true(practice: Practice) -> Task:
    confirm = reverse("practices:step", args=[practice.pk, "bestaetigen"])
    return Task(
        title=practice.title,
        url=practice.get_absolute_url(),
        preline=_("%(city)s, zu prüfen seit %(day)s")
        % {"city": practice.city.name, "day": day(practice.next_check_on)},
        deeds=[Deed(_("Stimmt noch"), confirm, posts=True, icon="check")],
    )


def orphans(request: HttpRequest) -> Tasks:
    """Whose contact is gone; the oldest write-ups first."""
    page = reverse("practices:orphans")
    found = _named(Practice.objects.orphaned_for(request.user), "contact_user")
    rows, total = first_of(found.order_by("pk"))
    return Tasks(
        rows=[
            Task(
                title=practice.title,
                url=practice.get_absolute_url(),
                preline=practice.city.name,
                note=_("bisher %(person)s") % {"person": practice.contact_user}
                if practice.contact_user
                else _("nie benannt"),
                deeds=[Deed(_("Neue Ansprechstelle"), page)],
            )
            for practice in rows
        ],
        total=total,
        all_url=page,
        all_label=_("Alle ansehen und übergeben"),
    )


def _named(practices: PracticeQuerySet, *people: str) -> PracticeQuerySet:
    """Only what a row shows: counting all of many would otherwise carry their texts along."""
    shown = [column for person in people for column in (f"{person}__name", f"{person}__email")]
    return practices.select_related("city", *people).only("title", "next_check_on", "city__name", *shown)


REVIEW = Group(
    "review",
    10,
    gettext_lazy("Beiträge zu prüfen"),
    review,
    nothing=gettext_lazy("Kein Beitrag wartet auf eine Entscheidung."),
)
QUESTIONS = Group(
    "questions",
    12,
    gettext_lazy("Fragen an Städte, die anonym bleiben"),
    questions,
    nothing=gettext_lazy("Keine Frage wartet."),
)
UNANSWERED = Group(
    "unanswered",
    14,
    gettext_lazy("Stimmt das noch? Aus der Stadt antwortet niemand"),
    unanswered,
    nothing=gettext_lazy("Auf jede Frage „Stimmt das noch?“ kommt eine Antwort, oder sie läuft noch."),
)
ORPHANS = Group(
    "orphans",
    16,
    gettext_lazy("Beiträge ohne Ansprechstelle"),
    orphans,
    nothing=gettext_lazy("Zu jedem Beitrag gibt es jemanden, den man fragen kann."),
)
