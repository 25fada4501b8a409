"""Write-ups whose contact is gone: managers of the city and the coordination find a new one."""

from __future__ import annotations

from collections import defaultdict

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.requests import MemberRequest
from cities.models import Membership
from practices.forms import HandOverForm
from practices.models import Practice
from practices.orphans.actions import hand_over
from practices.orphans.groups import Group, orphan_groups
from practices.permissions import decides_somewhere


@require_http_methods(["GET", "HEAD", "POST"])
def orphans(request: MemberRequest) -> HttpResponse:
    if not decides_somewhere(request.user):
        raise PermissionDenied
    groups = orphan_groups(request.user)
    sent = request.POST.get("group")
    people = _people_of(groups)
    forms = [
        HandOverForm(request.POST if group.key == sent else None, group=group, people=people[group.city.pk])
        for group in groups
    ]
    if request.method == "POST":
        form = next((form for form in forms if form.is_bound), None)
        if form is None:
            messages.info(request, _("Diese Beiträge haben inzwischen eine neue Ansprechstelle."))
            return redirect("practices:orphans")
        if form.is_valid():
            _hand_over(request, form)
            return redirect("practices:orphans")
    status = 422 if any(form.errors for form in forms) else 200
    total = Practice.objects.orphaned_for(request.user).count()
    context = {"forms": forms, "total": total}
    return render(request, "practices/orphans/orphans.html", context, status=status)


def _hand_over(request: MemberRequest, form: HandOverForm) -> None:
    chosen = [one for one in form.group.practices if one.pk in form.cleaned_data["practices"]]
    left = hand_over(practices=chosen, to=form.receiver, by=request.user)
    if done := len(chosen) - len(left):
        said = ngettext(
            "%(n)d Beitrag hat eine neue Ansprechstelle.",
            "%(n)d Beiträge haben eine neue Ansprechstelle.",
            done,
        )
        messages.success(request, said % {"n": done})
    for one in left:
        messages.warning(
            request, _("„%(title)s“ hat keine Vertretung, die übernehmen kann.") % {"title": one}
        )


def _people_of(groups: list[Group]) -> dict[int, list[User]]:
    """Who could take over, by city. One query."""
    people = defaultdict(list)
    rows = Membership.objects.filter(city__in={group.city.pk for group in groups}, user__is_active=True)
    for membership in rows.select_related("user").order_by("user__name"):
        people[membership.city_id].append(membership.user)
    return people
