"""What a city does for a topic: enter it, change it, confirm it, take it back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from topics.actions import confirm_leadership
from topics.forms import LeadershipForm
from topics.models import Leadership, Topic
from topics.permissions import can_edit_leadership, can_engage_cities, can_remove_leadership

REFUSED = 422


def _member(request: HttpRequest) -> User:
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user


def _editable(request: HttpRequest, slug: str, pk: int) -> Leadership:
    """The city's entry under this topic; who may not edit it is refused, since all of it can be read."""
    rows = Leadership.objects.select_related("topic", "city")
    leadership = get_object_or_404(rows, pk=pk, topic__slug=slug)
    if not can_edit_leadership(request.user, leadership):
        raise PermissionDenied
    return leadership


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def engage(request: HttpRequest, slug: str) -> HttpResponseBase:
    user = _member(request)
    if not can_engage_cities(user):
        raise PermissionDenied
    topics = Topic.objects.all()
    if request.method == "POST":
        topics = topics.select_for_update(
            no_key=True
        )  # so that a city entered twice at once gets its message
    topic = get_object_or_404(topics, slug=slug)
    form = LeadershipForm(request.POST or None, user=user, topic=topic)
    if request.method == "POST" and form.is_valid():
        leadership = form.save()
        messages.success(request, _("%(city)s ist jetzt eingetragen.") % {"city": leadership.city})
        return redirect(topic)
    shown = {"form": form, "topic": topic}
    return render(request, "topics/engage.html", shown, status=REFUSED if form.errors else None)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def edit(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    leadership = _editable(request, slug, pk)
    form = LeadershipForm(
        request.POST or None, instance=leadership, user=_member(request), topic=leadership.topic
    )
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Gespeichert."))
        return redirect(leadership.topic)
    shown = {
        "form": form,
        "leadership": leadership,
        "can_remove": can_remove_leadership(request.user, leadership),
    }
    return render(request, "topics/leadership.html", shown, status=REFUSED if form.errors else None)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    leadership = _editable(request, slug, pk)
    if not can_remove_leadership(request.user, leadership):
        raise PermissionDenied
    if request.method == "POST":
        leadership.delete()
        messages.success(
            request,
            _("%(city)s ist nicht mehr unter „%(topic)s“ eingetragen.")
            % {"city": leadership.city, "topic": leadership.topic},
        )
        return redirect(leadership.topic)
    return render(request, "topics/remove.html", {"leadership": leadership})


@require_POST
def confirm(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One click says that all of it still holds."""
    leadership = _editable(request, slug, pk)
    day = confirm_leadership(leadership=leadership, by=_member(request))
    messages.success(
        request,
        _("Danke. „%(topic)s“ fragt erst am %(day)s wieder.")
        % {"topic": leadership.topic, "day": date_format(day, "SHORT_DATE_FORMAT")},
    )
    return redirect(leadership.topic)
