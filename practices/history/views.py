"""The versions of a write-up: the list, two side by side, and bringing one back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import MemberRequest
from practices.forms.versions import ComparisonForm
from practices.history import restoring, states, timeline
from practices.history.comparison import side_by_side
from practices.history.pages import VersionPage, name_of, names_of
from practices.history.restoring import ChangedMeanwhileError, NoSuchVersionError, NotRestorableError, Plan
from practices.models import Practice
from practices.views.pages import editable_practice
from search.paging import Cursor

MOST_DIGITS = 10


@require_safe
def versions(request: MemberRequest, pk: int) -> HttpResponse:
    practice = editable_practice(request.user, pk)
    page = VersionPage.of(practice, Cursor.from_query(request.GET), request.user)
    if not page.versions and request.GET:
        raise Http404
    return render(request, "practices/history.html", {"practice": practice, "page": page})


@require_safe
def compare(request: MemberRequest, pk: int) -> HttpResponse:
    practice = editable_practice(request.user, pk)
    found = timeline.read(practice)
    form = ComparisonForm(request.GET, newest=len(found))
    context: dict[str, Any] = {"practice": practice, "form": form, "newest": len(found)}
    context |= {"sides": [], "comparison": None}
    if len(found) > 1 and form.is_valid():
        pair = [found[number - 1] for number in form.pair]
        old, new = states.read(pair, request.user)
        names = names_of(pair)
        context["sides"] = [(version, name_of(version, names)) for version in pair]
        context["comparison"] = side_by_side(old, new)
    status = 422 if len(found) > 1 and form.errors else 200
    return render(request, "practices/history_compare.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: MemberRequest, pk: int, number: int) -> HttpResponseBase:
    """What would change, and the button that does it."""
    practice = editable_practice(request.user, pk)
    user = request.user
    try:
        if request.method == "POST":
            return _restored(request, practice, number, user)
        return _confirmation(request, practice, restoring.plan(practice=practice, number=number, reader=user))
    except NoSuchVersionError:
        raise Http404 from None


def _restored(request: MemberRequest, practice: Practice, number: int, user: User) -> HttpResponse:
    seen = request.POST.get("seen", "")
    newest_seen = int(seen) if seen.isdecimal() and len(seen) < MOST_DIGITS else 0
    try:
        lost = restoring.restore(practice=practice, number=number, seen=newest_seen, by=user)
    except ChangedMeanwhileError:
        notice = _("Inzwischen gibt es eine neuere Fassung. Bitte sehen Sie noch einmal, was sich ändert.")
    except NotRestorableError as error:
        notice = " ".join(error.reasons)
    else:
        messages.success(
            request, _("Fassung %(number)d ist wiederhergestellt, als neue Fassung.") % {"number": number}
        )
        for line in lost:
            messages.warning(request, _("Nicht wiederhergestellt: %(what)s") % {"what": line})
        return redirect(practice.get_absolute_url())
    planned = restoring.plan(practice=practice, number=number, reader=user)
    return _confirmation(request, practice, planned, notice, status=422)


def _confirmation(
    request: MemberRequest, practice: Practice, planned: Plan, notice: str = "", *, status: int = 200
) -> HttpResponse:
    context = {"practice": practice, "plan": planned, "version": planned.old.version, "notice": notice}
    return render(request, "practices/history_restore.html", context, status=status)
