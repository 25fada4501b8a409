"""Coordinators bring cities together that do the same, or say why it is not the same."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from cities.permissions import is_coordinator
from practices.islands.actions import DecidedMeanwhileError, bring_together, dismiss, reopen
from practices.islands.forms import BringTogetherForm, DismissForm
from practices.models import Island
from ui.desk import back_to_desk, way_back

REFUSED = 422


def _asked(request: HttpRequest, pk: int) -> tuple[User, Island | None]:
    """Who asks, and the pair; None where it is no open matter any more."""
    user = request.user
    if not user.is_authenticated or not is_coordinator(user):
        raise PermissionDenied
    island = Island.objects.open().with_write_ups().filter(pk=pk).first()
    if island is None:
        get_object_or_404(Island, pk=pk)
    return user, island


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, pk: int) -> HttpResponse:
    user, island = _asked(request, pk)
    if island is None:
        return _decided(request)
    form = BringTogetherForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            bring_together(
                island=island, text=sent["text"], topic=sent["topic"], links=sent["links"], by=user
            )
        except DecidedMeanwhileError:
            return _decided(request)
        messages.success(request, _("Beide Städte bekommen Ihre Nachricht."))
        return back_to_desk(request, "gaps")
    shown = {"form": form, "island": island, "back_url": way_back(request, "gaps")}
    return render(request, "practices/islands/join.html", shown, status=REFUSED if form.errors else None)


@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    user, island = _asked(request, pk)
    if island is None:
        return _decided(request)
    form = DismissForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            dismiss(island=island, reason=form.cleaned_data["reason"], by=user)
        except DecidedMeanwhileError:
            return _decided(request)
        messages.success(request, _("Verworfen. Das Paar erscheint nicht wieder."))
        return back_to_desk(request, "gaps")
    shown = {"form": form, "island": island, "back_url": way_back(request, "gaps")}
    return render(request, "practices/islands/dismiss.html", shown, status=REFUSED if form.errors else None)


@require_POST
def open_again(request: HttpRequest, pk: int) -> HttpResponse:
    user = request.user
    if not user.is_authenticated or not is_coordinator(user):
        raise PermissionDenied
    try:
        reopen(island=get_object_or_404(Island, pk=pk), by=user)
    except DecidedMeanwhileError:
        return _decided(request)
    messages.success(request, _("Zurückgenommen. Das Paar steht wieder oben."))
    return back_to_desk(request, "gaps")


def _decided(request: HttpRequest) -> HttpResponse:
    messages.info(
        request, _("Darüber ist inzwischen entschieden, oder an den Beiträgen hat sich etwas geändert.")
    )
    return back_to_desk(request, "gaps")
