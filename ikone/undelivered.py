"""Mails that did not arrive, for the coordination: on the desk, with what can be done about them."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from cities.permissions import is_coordinator
from notifications import actions
from notifications.models import OutgoingMail
from ui.desk import Deed, Group, Task, back_to_desk


def undelivered() -> QuerySet[OutgoingMail]:
    """What has been waiting for an hour or longer, the oldest first. What a mail says stays hidden."""
    return OutgoingMail.objects.undelivered().order_by("pk")


def _task(mail: OutgoingMail) -> Task:
    attempts = ngettext("%(n)d Versuch", "%(n)d Versuche", mail.attempts) % {"n": mail.attempts}
    written = timezone.localtime(mail.created_at)
    return Task(
        title=mail.subject,
        preline=_("an %(to)s · %(day)s, %(time)s Uhr")
        % {"to": mail.to, "day": f"{written:%d.%m.%Y}", "time": f"{written:%H:%M}"},
        note=" · ".join(filter(None, (attempts, mail.last_error[:160]))),
        deeds=[
            Deed(
                _("Noch einmal senden"),
                reverse("send_mail_again", args=[mail.pk]),
                posts=True,
                icon="autorenew",
            ),
            Deed(_("Verwerfen"), reverse("dismiss_mail", args=[mail.pk]), posts=True, icon="delete"),
        ],
    )


UNDELIVERED = Group(
    "mails",
    90,
    gettext_lazy("Mails, die nicht ankamen"),
    undelivered,
    ("subject", "to", "created_at", "attempts", "last_error"),
    _task,
    nothing=gettext_lazy("Alle Mails sind angekommen oder gerade unterwegs."),
    hint=gettext_lazy("Das Portal versucht es etwa einen Tag lang von selbst."),
    one=gettext_lazy("Mail, die nicht ankam"),
)


def _undelivered(request: HttpRequest, pk: int) -> OutgoingMail:
    if not is_coordinator(request.user):
        raise PermissionDenied
    return get_object_or_404(OutgoingMail.objects.undelivered(), pk=pk)


@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    mail = _undelivered(request, pk)
    actions.send_again(mail=mail)
    messages.success(request, _("Der nächste Versuch an %(to)s läuft.") % {"to": mail.to})
    return back_to_desk(request)


@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    mail = _undelivered(request, pk)
    actions.dismiss(mail=mail)
    messages.success(request, _("Die Mail an %(to)s ist verworfen.") % {"to": mail.to})
    return back_to_desk(request)
