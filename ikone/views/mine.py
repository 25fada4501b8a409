"""Pages for the person who is logged in: what waits, what is mine, and the coordinators' desk."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import MemberRequest
from cities.comparable.own import remember_own_city
from cities.models import Membership
from cities.permissions import is_coordinator
from ikone.desk import tasks_for


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    own = Membership.objects.filter(user=request.user.pk).select_related("city").order_by("city__sort_name")
    remember_own_city(request.user, [one.city for one in own])
    return render(request, "home/mine.html", {"memberships": own})


@require_safe
def desk(request: MemberRequest) -> HttpResponse:
    """What needs a person today: groups with tasks first, then those in which all is done."""
    if not is_coordinator(request.user):
        raise PermissionDenied
    read = tasks_for(request.user)
    return render(
        request,
        "home/desk.html",
        {
            "open": [tasks for tasks in read if tasks.total],
            "done": [tasks.group for tasks in read if not tasks.total],
            "number": sum(tasks.total for tasks in read),
        },
    )
