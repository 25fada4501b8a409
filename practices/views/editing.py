"""The editor."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from practices import actions
from practices.actions import AlreadyCreatedError, IncompleteError, StepNotPossibleError
from practices.enums import Status
from practices.forms import PracticeForm
from practices.models import Practice
from practices.permissions import can_decide, can_edit, can_submit, can_write_any, decides_somewhere
from practices.profile import last_return_of
from practices.views.pages import NOT_YOURS, editable_practice

SUBMIT, PUBLISH = "submit", "publish"
SAVED = "saved"  # tells the browser to forget what it keeps of the form


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    user = _person(request)
    if not can_write_any(user):
        raise PermissionDenied(_("Sie arbeiten noch für keine Stadt mit. Die Koordination hilft weiter."))
    if request.method != "POST":
        form = PracticeForm(user=user)
        form.offer_contact()
        form.offer_topic(request.GET.get("thema", ""))
        return _editor(request, form)
    if practice := _created_before(request, user):
        return _save(request, practice.pk, user)
    form = PracticeForm(request.POST, user=user, is_final=_step(request) != "")
    if not form.is_valid():
        return _editor(request, form)
    try:
        with transaction.atomic():
            practice = actions.create(
                practice=form.save(commit=False), links=form.links, by=user, key=form.cleaned_data["key"]
            )
            return _go_on(request, practice, user)
    except AlreadyCreatedError:
        # The same form arrived twice at once, and the other request was quicker.
        return _save(request, Practice.objects.get(creation_key=form.cleaned_data["key"]).pk, user)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    user = _person(request)
    if request.method == "POST":
        return _save(request, pk, user)
    practice = editable_practice(user, pk)
    return _editor(request, PracticeForm(instance=practice, user=user), practice)


def _save(request: HttpRequest, pk: int, user: User) -> HttpResponseBase:
    """Save over the row as it is now, which stays locked until it is done."""
    with transaction.atomic():
        rows = Practice.objects.visible_to(user).select_related("city").select_for_update(of=("self",))
        practice = get_object_or_404(rows, pk=pk)
        _require_edit(user, practice)
        form = PracticeForm(request.POST, instance=practice, user=user, is_final=_step(request) != "")
        if form.is_valid():
            changed = [name for name in form.changed_data if name in PracticeForm.Meta.fields]
            actions.save(practice=form.save(commit=False), links=form.links, by=user, fields=changed)
            return _go_on(request, practice, user)
        # What was typed is on the form's row now; here is the row as it is stored.
        stored = Practice.objects.select_related("city").get(pk=pk)
        if form.is_repetition:
            return _go_on(request, stored, user)
        return _editor(request, form, stored)


def _go_on(request: HttpRequest, practice: Practice, user: User) -> HttpResponse:
    """After saving: take the step that was asked for and say what happened."""
    step = _step(request)
    try:
        if step == PUBLISH and can_decide(user, practice):
            actions.publish(practice=practice, by=user)
            messages.success(request, _("„%(title)s“ ist veröffentlicht.") % {"title": practice.title}, SAVED)
        elif step and can_submit(user, practice):
            actions.submit(practice=practice, by=user)
            messages.success(
                request, _("Eingereicht. Sie bekommen eine Mail, sobald entschieden ist."), SAVED
            )
        elif practice.status == Status.DRAFT and not step:
            messages.success(request, _("Entwurf gespeichert."), SAVED)
            return redirect("practices:edit", practice.pk)
        else:
            messages.success(request, _("Gespeichert."), SAVED)
    except StepNotPossibleError:
        messages.success(request, _("Gespeichert."), SAVED)
    except IncompleteError:
        messages.warning(request, _("Gespeichert, aber noch nicht eingereicht: Es fehlt noch etwas."), SAVED)
    return redirect(practice)


def _created_before(request: HttpRequest, user: User) -> Practice | None:
    """The write-up that an earlier sending of the same form has made."""
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        return None
    return Practice.objects.filter(creation_key=key, created_by=user).first()


def _step(request: HttpRequest) -> str:
    asked = request.POST.get("do", "")
    return asked if asked in {SUBMIT, PUBLISH} else ""


def _require_edit(user: User, practice: Practice) -> None:
    if not can_edit(user, practice):
        raise PermissionDenied(NOT_YOURS)


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  the view is for members
    return request.user


def _editor(request: HttpRequest, form: PracticeForm, stored: Practice | None = None) -> HttpResponse:
    user = _person(request)
    context: dict[str, Any] = {
        "form": form,
        "practice": stored,
        "last_return": last_return_of(stored) if stored else None,
        "city": form.instance.city if "city" not in form.fields else None,
        "is_draft": stored is None or stored.status == Status.DRAFT,
        "may_publish": can_decide(user, stored) if stored else decides_somewhere(user),
    }
    return render(request, "practices/editor.html", context, status=422 if form.errors else 200)
