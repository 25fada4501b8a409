"""The editor: a new short profile, the task list of a write-up, and a page for each of its sections."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from practices import actions
from practices.actions import AlreadyCreatedError, IncompleteError, StepNotPossibleError
from practices.editing.overview import tasks_of
from practices.editing.sections import (
    PROFILE,
    EditorForm,
    EditorSection,
    all_reads,
    section_after,
    section_named,
)
from practices.enums import Status
from practices.forms import ProfileForm
from practices.models import Practice
from practices.permissions import can_decide, can_edit, can_submit, can_write_any, decides_somewhere
from practices.profile import last_return_of, standing_of
from practices.views.pages import NOT_YOURS

SUBMIT, PUBLISH, GO_ON = "submit", "publish", "next"
SAVED = "saved"  # tells the browser to forget what it keeps of the form


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    user = _person(request)
    if not can_write_any(user):
        raise PermissionDenied(_("Sie arbeiten noch für keine Stadt mit. Die Koordination hilft weiter."))
    if request.method != "POST":
        form = ProfileForm(user=user)
        form.offer_contact()
        form.offer_topic(request.GET.get("thema", ""))
        return _page(request, _profile(), form)
    if practice := _created_before(request, user):
        return _save(request, practice.pk, _profile(), user)
    form = ProfileForm(request.POST, user=user)
    form.is_final = _step(request) != ""
    if not form.is_valid():
        return _page(request, _profile(), form)
    try:
        with transaction.atomic():
            practice = actions.create(
                practice=form.save(commit=False), links=form.links, by=user, key=form.cleaned_data["key"]
            )
            return _go_on(request, practice, _profile(), user)
    except AlreadyCreatedError:
        # The same form arrived twice at once, and the other request was quicker.
        practice = Practice.objects.get(creation_key=form.cleaned_data["key"])
        return _save(request, practice.pk, _profile(), user)


@require_safe
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """The task list of one write-up."""
    user = _person(request)
    practice = _open(user, pk)
    context = {"practice": practice, "standing": standing_of(practice, user), "tasks": tasks_of(practice)}
    return render(request, "practices/editor/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, pk: int, slug: str) -> HttpResponseBase:
    """One section of one write-up."""
    user, part = _person(request), section_named(slug)
    if part is None or part.form is None:
        raise Http404
    if request.method == "POST":
        return _save(request, pk, part, user)
    practice = _open(user, pk)
    return _page(request, part, part.form(practice=practice, user=user), practice)


def _save(request: HttpRequest, pk: int, part: EditorSection, user: User) -> HttpResponseBase:
    """Save over the row as it is now, which stays locked until it is done."""
    assert part.form is not None  # noqa: S101  narrows the type
    with transaction.atomic():
        rows = Practice.objects.visible_to(user).select_related("city", "updated_by")
        practice = get_object_or_404(rows.select_for_update(of=("self",)), pk=pk)
        _require_edit(user, practice)
        form = part.form(request.POST, request.FILES, practice=practice, user=user)
        if part.slug == PROFILE and _step(request):
            form.is_final = True
        if form.is_valid():
            form.save_section(by=user)
            _tell_what_stayed(request, form)
            return _go_on(request, practice, part, user)
        # What was typed is on the form's row now; the page shows the row as it is stored.
        return _page(request, part, form, _open(user, pk))


def _tell_what_stayed(request: HttpRequest, form: Any) -> None:
    if labels := getattr(form, "taken_over", []):
        fields = ", ".join(_("„%(text)s“") % {"text": label} for label in labels)
        messages.info(
            request,
            _("Was andere inzwischen geändert haben, ist geblieben: %(fields)s.") % {"fields": fields},
        )


def _go_on(request: HttpRequest, practice: Practice, part: EditorSection, user: User) -> HttpResponse:
    """After saving: take the step that was asked for, say what happened, and lead on."""
    step = _step(request)
    try:
        if step == PUBLISH and can_decide(user, practice):
            actions.publish(practice=practice, by=user)
            messages.success(request, _("„%(title)s“ ist veröffentlicht.") % {"title": practice.title}, SAVED)
            return redirect(practice)
        if step and can_submit(user, practice):
            actions.submit(practice=practice, by=user)
            messages.success(
                request, _("Eingereicht. Sie bekommen eine Mail, sobald entschieden ist."), SAVED
            )
            return redirect(practice)
    except StepNotPossibleError:
        pass  # somebody else has just decided; what was typed is saved
    except IncompleteError:
        messages.warning(request, _("Gespeichert, aber noch nicht eingereicht: Es fehlt noch etwas."), SAVED)
        return redirect("practices:edit", practice.pk)
    messages.success(request, _("„%(section)s“ ist gespeichert.") % {"section": part.title}, SAVED)
    following = section_after(part.slug) if request.POST.get("do") == GO_ON else None
    if following:
        return redirect(following.url(practice))
    return redirect("practices:edit", practice.pk) if practice.status == Status.DRAFT else redirect(practice)


def _profile() -> EditorSection:
    part = section_named(PROFILE)
    assert part is not None  # noqa: S101  narrows the type
    return part


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


def _open(user: User, pk: int) -> Practice:
    """The write-up with all that the editor's pages show of it."""
    rows = Practice.objects.for_page().visible_to(user).prefetch_related("topic_links")
    practice = get_object_or_404(rows.annotate(**all_reads()), pk=pk)
    _require_edit(user, practice)
    return practice


def _require_edit(user: User, practice: Practice) -> None:
    if not can_edit(user, practice):
        raise PermissionDenied(NOT_YOURS)


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  the view is for members
    return request.user


def _page(
    request: HttpRequest, part: EditorSection, form: EditorForm, stored: Practice | None = None
) -> HttpResponse:
    user = _person(request)
    is_draft = stored is None or stored.status == Status.DRAFT
    context: dict[str, Any] = {
        "form": form,
        "practice": stored,
        "section": part,
        "following": section_after(part.slug),
        "last_return": last_return_of(stored) if stored else None,
        "is_draft": is_draft,
        "can_step": is_draft and part.slug == PROFILE,
        "may_publish": can_decide(user, stored) if stored else decides_somewhere(user),
    }
    return render(request, "practices/editor/section.html", context, status=422 if form.errors else 200)
