"""What a city does for a topic: enter it, change it, confirm it, take it back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from topics.actions import confirm_leadership, hold_map, save_topic
from topics.forms import HandoverForm, LeadershipForm, NutshellForm
from topics.handovers import hand_over
from topics.models import Leadership, Topic
from topics.permissions import (
    can_curate,
    can_describe,
    can_edit_leadership,
    can_engage_cities,
    can_look_after,
    can_remove_leadership,
    managed_city_ids,
)
from ui.desk import back_to_desk, way_back

REFUSED = 422
MOST_ROWS = 200


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
    topics = Topic.objects.select_related("parent__parent")
    if request.method == "POST":
        # So that a city entered twice at once gets its message.
        topics = topics.select_for_update(no_key=True, of=("self",))
    topic = get_object_or_404(topics, slug=slug)
    if topic.is_retired:
        text = _("„%(topic)s“ ist stillgelegt; dort wird keine Stadt mehr eingetragen.")
        messages.info(request, text % {"topic": topic})
        return redirect(topic)
    form = LeadershipForm(request.POST or None, user=user, topic=topic)
    if request.method == "POST" and form.is_valid():
        leadership = form.save()
        messages.success(request, _("%(city)s ist jetzt eingetragen.") % {"city": leadership.city})
        return back_to_desk(request, topic)
    shown = {"form": form, "topic": topic, "back_url": way_back(request, topic)}
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
        messages.success(
            request,
            _("%(city)s, „%(topic)s“: gespeichert.") % {"city": leadership.city, "topic": leadership.topic},
        )
        return back_to_desk(request, leadership.topic)
    shown = {
        "form": form,
        "leadership": leadership,
        "back_url": way_back(request, leadership.topic),
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


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def pass_on(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Hand a city's part over to other people or to another city."""
    leadership, user = _editable(request, slug, pk), _member(request)
    form = HandoverForm(request.POST or None, leadership=leadership, user=user)
    if request.method == "POST" and form.is_valid():
        new = hand_over(
            leadership=leadership,
            to=form.to_city,
            people=form.cleaned_data,
            since=form.cleaned_data["since"],
            former_stays=form.former_stays,
            by=user,
        )
        messages.success(
            request,
            _("%(city)s: Das Thema ist übergeben. Wer es vorher hatte, bleibt nachzulesen.")
            % {"city": new.city},
        )
        return redirect(leadership.topic)
    shown = {"form": form, "leadership": leadership}
    return render(request, "topics/hand_over.html", shown, status=REFUSED if form.errors else None)


@require_safe
def look_after(request: HttpRequest) -> HttpResponse:
    """Which parts of cities need somebody; managers see those of their own cities."""
    user = _member(request)
    if not can_look_after(user):
        raise PermissionDenied
    rows = Leadership.objects.to_look_after().with_what_is_missing().with_people()
    if not can_curate(user):
        rows = rows.filter(city__in=managed_city_ids(user))
    found = list(rows.order_by("next_check", "pk")[: MOST_ROWS + 1])
    gaps = list(Topic.objects.without_leader().top_down()) if can_curate(user) else []
    shown = {
        "rows": found[:MOST_ROWS],
        "has_more": len(found) > MOST_ROWS,
        "gaps": gaps,
        "can_curate": can_curate(user),
    }
    return render(request, "topics/look_after.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def nutshell(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Those of the leading cities keep the topic's texts."""
    user, topic = _member(request), get_object_or_404(Topic, slug=slug)
    leaders = Leadership.objects.leading().filter(topic=topic).values_list("city", flat=True)
    if not can_describe(user, list(leaders)):
        raise PermissionDenied
    if request.method == "POST":
        hold_map()
    form = NutshellForm(request.POST or None, instance=topic)
    if request.method == "POST" and form.is_valid():
        changed = form.save(commit=False)
        form.claim()
        save_topic(topic=changed, by=user)
        messages.success(request, _("Gespeichert."))
        return redirect(changed)
    shown = {"form": form, "topic": topic}
    return render(request, "topics/nutshell.html", shown, status=REFUSED if form.errors else None)


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
    return back_to_desk(request, leadership.topic)
