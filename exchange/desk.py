"""Requests on the coordinators' desk: those that nobody has answered for two weeks."""

from __future__ import annotations

from django.urls import reverse_lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.models import Request
from exchange.querysets import RequestQuerySet
from ui.desk import Deed, Group, Task, day


def unanswered() -> RequestQuerySet:
    return Request.objects.waiting_for_an_answer()


def _task(request: Request) -> Task:
    page = request.get_absolute_url()
    return Task(
        title=request.title,
        url=page,
        preline=f"{request.asker} · {request.topic.name}",
        note=_("gestellt am %(day)s, offen bis %(end)s")
        % {"day": day(request.created_at), "end": day(request.open_until)},
        deeds=[Deed(_("Lesen und antworten"), page)],
    )


UNANSWERED = Group(
    "requests",
    24,
    gettext_lazy("Gesuche, auf die niemand antwortet"),
    unanswered,
    ("title", "created_at", "open_until", "city__name", "topic__name"),
    _task,
    nothing=gettext_lazy("Auf jedes Gesuch, das älter als zwei Wochen ist, hat jemand geantwortet."),
    hint=gettext_lazy("Wer könnte helfen? Ein Hinweis auf eine Stadt oder einen Beitrag genügt."),
    all_url=format_lazy("{}?stand=open", reverse_lazy("exchange:list")),
    all_label=gettext_lazy("Alle offenen Gesuche"),
    one=gettext_lazy("Gesuch, auf das niemand antwortet"),
)
