"""The editor: a new short profile, the task list of a write-up, and a page for each of its sections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import MemberRequest
from practices import actions
from practices.actions import AlreadyCreatedError, IncompleteError, StepNotPossibleError
from practices.editing import copies, presence
from practices.editing.copies import OtherWindowError, TooLongError, TooManyError, Window
from practices.editing.overview import tasks_of
from practices.editing.progress import progress_of
from practices.editing.reading import Opened, open_for
from practices.editing.sections import (
    PROFILE,
    EditorForm,
    EditorSection,
    section_after,
    section_named,
)
from practices.enums import Status
from practices.forms import ProfileForm
from practices.models import Practice, WorkingCopy
from practices.permissions import can_decide, can_submit, can_write_any, decides_somewhere, require_edit
from practices.profile import last_return_of, standing_of

ELSEWHERE = gettext_lazy(
    "In einem anderen Fenster haben Sie hier etwas anderes eingegeben. Es ist noch da: Sie finden es unter "
    "„Mein Bereich“."
)
TOO_MANY = gettext_lazy(
    "Sie haben sehr viel begonnen und nicht gespeichert. Bitte speichern oder verwerfen Sie unter "
    "„Mein Bereich“ etwas davon; bis dahin wird hier nichts gesichert."
)
SUBMIT, PUBLISH, GO_ON = "submit", "publish", "next"


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest) -> HttpResponseBase:
    user = request.user
    if not can_write_any(user):
        raise PermissionDenied(_("Sie arbeiten noch für keine Stadt mit. Die Koordination hilft weiter."))
    if request.method != "POST":
        return _open_new(request, user)
    if practice := _created_before(request, user):
        return _save(request, practice.pk, _profile(), user)
    form = ProfileForm(request.POST, user=user)
    form.is_final = _step(request) != ""
    if not form.is_valid():
        return _page(request, _profile(), form, kept=_keep_input(request, user))
    try:
        with transaction.atomic():
            key = form.cleaned_data["key"]
            practice = actions.create(practice=form.save(commit=False), links=form.links, by=user, key=key)
            if not copies.forget_new(by=user, key=key, window=Window.of(request.POST)):
                messages.warning(request, ELSEWHERE)
            return _go_on(request, practice, _profile(), user)
    except AlreadyCreatedError:
        # The same form arrived twice at once, and the other request was quicker.
        practice = Practice.objects.get(creation_key=form.cleaned_data["key"])
        return _save(request, practice.pk, _profile(), user)


def _open_new(request: MemberRequest, user: User) -> HttpResponse:
    """An empty short profile, or with `?entwurf=KEY` one that was begun and never saved."""
    begun = copies.new_ones(user)
    asked = next((copy for copy in begun if str(copy.creation_key) == request.GET.get("entwurf")), None)
    if asked:
        form = ProfileForm(asked.data, user=user)
        form.hide_errors()
        return _page(request, _profile(), form, kept=asked)
    form = ProfileForm(user=user)
    form.offer_contact()
    form.offer_topic(request.GET.get("thema", ""))
    return _page(request, _profile(), form, begun=begun)


@require_safe
def overview(request: MemberRequest, pk: int) -> HttpResponse:
    """The task list of one write-up."""
    user = request.user
    opened = open_for(user, pk)
    tasks, standing = tasks_of(opened.practice, opened.kept), standing_of(opened.practice, user)
    following = next((task for task in tasks if task.is_next), tasks[0])
    label = _("Weiter: %(section)s") % {"section": following.title}
    context = {
        "practice": opened.practice,
        "standing": replace(standing, edit_url=following.url, edit_label=label),
        "tasks": tasks,
        "people": presence.sentence(opened.people),
    }
    return render(request, "practices/editor/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: MemberRequest, pk: int, slug: str) -> HttpResponseBase:
    """One section of one write-up."""
    user, part = request.user, section_named(slug)
    if part is None or part.form is None:
        raise Http404
    if request.method == "POST":
        return _save(request, pk, part, user)
    opened = open_for(user, pk, section=slug)
    kept = opened.kept.get(slug)
    form = part.form(kept.data if kept else None, practice=opened.practice, user=user)
    if kept:
        form.hide_errors()
    return _page(request, part, form, opened, kept=kept)


def _save(request: MemberRequest, pk: int, part: EditorSection, user: User) -> HttpResponseBase:
    """Save over the row as it is now, which stays locked until it is done."""
    assert part.form is not None  # noqa: S101  narrows the type
    with transaction.atomic():
        rows = Practice.objects.visible_to(user).select_related("city", "updated_by")
        practice = get_object_or_404(rows.select_for_update(of=("self",)), pk=pk)
        require_edit(user, practice)
        form = part.form(request.POST, request.FILES, practice=practice, user=user)
        if isinstance(form, ProfileForm) and _step(request):
            form.is_final = True
        if form.is_valid():
            form.save_section(by=user)
            if not copies.forget(
                by=user, section=part.slug, practice=practice, window=Window.of(request.POST)
            ):
                messages.warning(request, ELSEWHERE)
            _tell_what_stayed(request, form)
            return _go_on(request, practice, part, user)
        # What was typed is on the form's row now; the page shows the row as it is stored.
        kept = _keep_input(request, user, part, practice)
        return _page(request, part, form, open_for(user, pk), kept=kept)


def _keep_input(
    request: MemberRequest, user: User, part: EditorSection | None = None, practice: Practice | None = None
) -> WorkingCopy | None:
    """Keep what could not be saved, so that it also outlives a window that is closed without a script."""
    values = copies.values_of(request.POST)
    try:
        if part and practice:
            return copies.keep(
                by=user, section=part.slug, values=values, practice=practice, window=Window.of(request.POST)
            )
        key = UUID(request.POST.get("key", ""))
        return copies.keep(by=user, section=PROFILE, values=values, key=key, window=Window.of(request.POST))
    except OtherWindowError:
        messages.warning(request, ELSEWHERE)
    except TooManyError:
        messages.warning(request, TOO_MANY)
    except (ValueError, TooLongError):
        pass  # nobody sends such a thing from our page, and the form has said why
    return None


def _tell_what_stayed(request: MemberRequest, form: Any) -> None:
    if labels := getattr(form, "taken_over", []):
        fields = ", ".join(_("„%(text)s“") % {"text": label} for label in labels)
        messages.info(
            request,
            _("Was andere inzwischen geändert haben, ist geblieben: %(fields)s.") % {"fields": fields},
        )


def _go_on(request: MemberRequest, practice: Practice, part: EditorSection, user: User) -> HttpResponse:
    """After saving: take the step that was asked for, say what happened, and lead on."""
    step = _step(request)
    try:
        if step == PUBLISH and can_decide(user, practice):
            actions.publish(practice=practice, by=user)
            messages.success(request, _("„%(title)s“ ist veröffentlicht.") % {"title": practice.title})
            return redirect(practice)
        if step and can_submit(user, practice):
            actions.submit(practice=practice, by=user)
            messages.success(request, _("Eingereicht. Sie bekommen eine Mail, sobald entschieden ist."))
            return redirect(practice)
    except StepNotPossibleError:
        pass  # somebody else has just decided; what was typed is saved
    except IncompleteError:
        messages.warning(request, _("Gespeichert, aber noch nicht eingereicht: Es fehlt noch etwas."))
        return redirect("practices:edit", practice.pk)
    messages.success(request, _("„%(section)s“ ist gespeichert.") % {"section": part.title})
    following = section_after(part.slug) if request.POST.get("do") == GO_ON else None
    if following:
        return redirect(following.url(practice))
    return redirect("practices:edit", practice.pk) if practice.status == Status.DRAFT else redirect(practice)


def _profile() -> EditorSection:
    part = section_named(PROFILE)
    assert part is not None  # noqa: S101  narrows the type
    return part


def _created_before(request: MemberRequest, user: User) -> Practice | None:
    """The write-up that an earlier sending of the same form has made."""
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        return None
    return Practice.objects.filter(creation_key=key, created_by=user).first()


def _step(request: MemberRequest) -> str:
    asked = request.POST.get("do", "")
    return asked if asked in {SUBMIT, PUBLISH} else ""


def _page(
    request: MemberRequest,
    part: EditorSection,
    form: EditorForm,
    opened: Opened | None = None,
    *,
    kept: WorkingCopy | None = None,
    begun: Sequence[WorkingCopy] = (),
) -> HttpResponse:
    """`kept` is what the form shows of unsaved input, `begun` what else waits to be gone on with."""
    user = request.user
    stored = opened.practice if opened else None
    is_draft = stored is None or stored.status == Status.DRAFT
    context: dict[str, Any] = {
        "form": form,
        "practice": stored,
        "section": part,
        "following": section_after(part.slug),
        "last_return": last_return_of(stored) if stored else None,
        "can_step": is_draft and part.slug == PROFILE,
        "may_publish": can_decide(user, stored) if stored else decides_somewhere(user),
        "progress": progress_of(form) if isinstance(form, ProfileForm) else None,
        "people": presence.sentence(opened.people) if opened else "",
        "kept": kept,
        # A window that could not keep its text goes on knowing what it knew.
        "seen": kept.mark if kept else request.POST.get("seen", ""),
        "is_back": kept is not None and request.method != "POST",
        "begun": begun,
    }
    return render(request, "practices/editor/section.html", context, status=422 if form.errors else 200)
