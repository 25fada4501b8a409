"""Mails that did not arrive, for the coordination: on the desk, with what can be done about them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cities.permissions import is_coordinator
from notifications import actions
from notifications.models import OutgoingMail
from ui.panels import Panel, register

ON_DESK = 10


def register_panels() -> None:
    register(Panel("desk", 90, "home/panels/undelivered.html", desk))


def desk(_request: HttpRequest, _subject: Any) -> dict[str, Any]:
    """What has been waiting for an hour or longer, the oldest first. What a mail says stays hidden."""
    waiting = OutgoingMail.objects.undelivered()
    rows = list(waiting.defer("text", "html").order_by("pk")[: ON_DESK + 1])
    return {"mails": rows[:ON_DESK], "total": len(rows) if len(rows) <= ON_DESK else waiting.count()}


def _undelivered(request: HttpRequest, pk: int) -> OutgoingMail:
    if not is_coordinator(request.user):
        raise PermissionDenied
    return get_object_or_404(OutgoingMail.objects.undelivered(), pk=pk)


@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    mail = _undelivered(request, pk)
    actions.send_again(mail=mail)
    messages.success(request, _("Der nächste Versuch an %(to)s läuft.") % {"to": mail.to})
    return redirect("desk")


@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    mail = _undelivered(request, pk)
    actions.dismiss(mail=mail)
    messages.success(request, _("Die Mail an %(to)s ist verworfen.") % {"to": mail.to})
    return redirect("desk")
