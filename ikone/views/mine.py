"""Pages for the person who is logged in: what waits, what is mine, and the coordinators' desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import MemberRequest
from cities.comparable.own import remember_own_city
from cities.models import Membership
from cities.permissions import is_coordinator
from cities.readers import KeptForReaders
from ikone.desk import tasks_for
from ui.desk import group_in
from ui.panels import reads_for

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User

MEMBERSHIPS = KeptForReaders()


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    memberships: list[Membership] = MEMBERSHIPS.rows(request.user, (), _with_what_panels_read)
    remember_own_city(request.user, [one.city for one in memberships])
    return render(request, "home/mine.html", {"memberships": memberships})


def _with_what_panels_read(reader: User) -> QuerySet[Membership]:
    reads = reads_for("mine", reader) | reads_for("mine.tasks", reader)
    own = Membership.objects.filter(user=reader.pk).annotate(**reads)
    return own.select_related("city").order_by("city__sort_name")


@require_safe
def desk(request: MemberRequest) -> HttpResponse:
    """What needs a person today: groups with tasks first, then those in which all is done.

    What a deed has to say stands in its group, or on top where nothing is left to do there.
    """
    if not is_coordinator(request.user):
        raise PermissionDenied
    read = tasks_for(request.user)
    context: dict[str, Any] = {
        "open": [tasks for tasks in read if tasks.total],
        "done": [tasks.group for tasks in read if not tasks.total],
        "number": sum(tasks.total for tasks in read),
        "said": [],
        "said_in": "",
    }
    if done_in := group_in(request):
        still_open = [tasks.group.code for tasks in context["open"]]
        context |= {
            "said": list(get_messages(request)),
            "said_in": done_in if done_in in still_open else "",
            "messages": [],  # not once more above the page
        }
    return render(request, "home/desk.html", context)
