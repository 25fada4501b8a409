"""Write-ups on the coordinators' desk: what waits for a decision, an answer, a look or a contact."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.urls import reverse, reverse_lazy
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.enums import RequestState
from practices.models import ContactRequest, Practice
from ui.desk import Deed, Group, Task, day, register

if TYPE_CHECKING:
    from practices.following import ContactRequestQuerySet
    from practices.querysets import PracticeQuerySet


def register_groups() -> None:
    register(REVIEW, QUESTIONS, UNANSWERED, ORPHANS)


def review() -> PracticeQuerySet:
    """What waits for a decision anywhere, the longest wait first."""
    return Practice.objects.waiting_for_review().with_submission().order_by("submitted_at", "pk")


def _review(practice: Any) -> Task:
    page = practice.get_absolute_url()
    return Task(
        title=practice.title,
        url=page,
        preline=f"{practice.get_kind_display()} · {practice.city.name}",
        note=_("eingereicht am %(day)s") % {"day": day(_moment(practice.submitted_at))},
        deeds=[Deed(_("Lesen und entscheiden"), page)],
    )


def _moment(said: str | None) -> dt.datetime | None:
    return parse_datetime(said) if said else None


def questions() -> ContactRequestQuerySet:
    """What has to be passed on to a city that stays anonymous, or answered for it."""
    return ContactRequest.objects.to_pass_on().order_by("sent_at", "pk")


def _question(question: ContactRequest) -> Task:
    answer = Deed(_("Antworten"), reverse("practices:answer_request", args=[question.pk]), returns=True)
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


def unanswered() -> PracticeQuerySet:
    """Where even the coordination was asked whether it still holds: the longest overdue first."""
    return Practice.objects.left_to_coordination().order_by("next_check_on", "pk")


def _still_true(practice: Practice) -> Task:
    confirm = reverse("practices:step", args=[practice.pk, "bestaetigen"])
    return Task(
        title=practice.title,
        url=practice.get_absolute_url(),
        preline=_("%(city)s, zu prüfen seit %(day)s")
        % {"city": practice.city.name, "day": day(practice.next_check_on)},
        deeds=[Deed(_("Stimmt noch"), confirm, posts=True, icon="check")],
    )


def orphans() -> PracticeQuerySet:
    """Whose contact is gone; the oldest write-ups first."""
    return Practice.objects.orphaned().order_by("pk")


def _orphan(practice: Practice) -> Task:
    person = practice.contact_user
    return Task(
        title=practice.title,
        url=practice.get_absolute_url(),
        preline=practice.city.name,
        note=_("bisher %(person)s") % {"person": person} if person else _("nie benannt"),
        deeds=[Deed(_("Neue Ansprechstelle"), reverse("practices:orphans"))],
    )


REVIEW = Group(
    "review",
    10,
    gettext_lazy("Beiträge zu prüfen"),
    review,
    ("title", "kind", "city__name", "submitted_at"),
    _review,
    nothing=gettext_lazy("Kein Beitrag wartet auf eine Entscheidung."),
    all_url=reverse_lazy("practices:review_queue"),
    all_label=gettext_lazy("Alle ansehen"),
    shown=lambda practices: practices.with_submission(),
    one=gettext_lazy("Beitrag zu prüfen"),
)
QUESTIONS = Group(
    "questions",
    12,
    gettext_lazy("Fragen an Städte, die anonym bleiben"),
    questions,
    (
        *("state", "sent_at", "text", "sender__name", "sender__email"),
        *("practice__title", "practice__city__name"),
    ),
    _question,
    nothing=gettext_lazy("Keine Frage wartet."),
    one=gettext_lazy("Frage an eine Stadt, die anonym bleibt"),
)
UNANSWERED = Group(
    "unanswered",
    14,
    gettext_lazy("Stimmt das noch? Aus der Stadt antwortet niemand"),
    unanswered,
    ("title", "next_check_on", "city__name"),
    _still_true,
    nothing=gettext_lazy("Auf jede Frage „Stimmt das noch?“ kommt eine Antwort, oder sie läuft noch."),
)
ORPHANS = Group(
    "orphans",
    16,
    gettext_lazy("Beiträge ohne Ansprechstelle"),
    orphans,
    ("title", "city__name", "contact_user__name", "contact_user__email"),
    _orphan,
    nothing=gettext_lazy("Zu jedem Beitrag gibt es jemanden, den man fragen kann."),
    all_url=reverse_lazy("practices:orphans"),
    all_label=gettext_lazy("Alle ansehen und übergeben"),
    one=gettext_lazy("Beitrag ohne Ansprechstelle"),
)
