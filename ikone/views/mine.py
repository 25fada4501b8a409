"""Pages for the person who is logged in: what waits, what is mine, and the coordinators' desk."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cities.comparable.own import remember_own_city
from cities.models import Membership
from cities.permissions import is_coordinator
from ui.desk import groups


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    own = Membership.objects.filter(user=request.user.pk).select_related("city").order_by("city__sort_name")
    remember_own_city(request.user, [one.city for one in own])
    return render(request, "home/mine.html", {"memberships": own})


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What needs a person today: groups with tasks first, then those in which all is done."""
    if not is_coordinator(request.user):
        raise PermissionDenied
    read = [(group, group.read(request)) for group in groups()]
    return render(
        request,
        "home/desk.html",
        {
            "open": [(group, tasks) for group, tasks in read if tasks.total],
            "done": [group for group, tasks in read if not tasks.total],
            "number": sum(tasks.total for _group, tasks in read),
        },
    )
