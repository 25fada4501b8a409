"""The outbox of a portal that runs on a developer's or a visitor's own machine."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from notifications.models import OutgoingMail

SHOWN = 50


@require_safe
@login_not_required  # an invitation's link must be found before anybody can log in
def outbox(request: HttpRequest) -> HttpResponse:
    """The last mails written, with links that work; does not exist in production."""
    if not settings.SHOWS_SENT_MAIL:
        raise Http404
    return render(request, "notifications/outbox.html", {"mails": OutgoingMail.objects.all()[:SHOWN]})
