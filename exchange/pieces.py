"""How requests take part when a topic is split, and what a city has of them."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cities.standing.ties import Tie
from exchange.models import Answer, Request
from topics.models import Topic
from topics.splitting import Option, Piece, first_of

TIES = [
    Tie(17, Request.objects.all, lambda n: ngettext("%(n)d Gesuch", "%(n)d Gesuche", n) % {"n": n}),
    Tie(
        18,
        Answer.objects.all,
        lambda n: ngettext("%(n)d Antwort auf ein Gesuch", "%(n)d Antworten auf Gesuche", n) % {"n": n},
    ),
]


def _requests(topic: Topic, words: str) -> tuple[list[Option], int]:
    found = Request.objects.filter(topic=topic).select_related("city").order_by("-pk")
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(text__icontains=word))
    rows, total = first_of(found)
    return [Option(row.pk, row.title, row.asker) for row in rows], total


PIECE = Piece("exchange.Request", _("Gesuche"), _requests, order=10)
