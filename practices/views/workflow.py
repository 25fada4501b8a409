"""Steps in the life of a write-up, and the queue of those who decide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from practices import actions
from practices.actions import IncompleteError, StepNotPossibleError
from practices.enums import Status
from practices.forms import RemarkForm
from practices.models import Practice
from practices.permissions import can_confirm, can_decide, can_edit, is_author
from practices.views.pages import practice_for
from ui.desk import back_to_desk


@dataclass(frozen=True)
class Step:
    """One button: who may press it, what it does, and what it says then.

    One that asks for a remark says where it `begins`: its page is not shown elsewhere.
    """

    allowed: Callable[[Any, Practice], bool]
    action: Callable[..., Practice]
    goal: Status
    done: str | Promise
    begins: Status | None = None


STANDS = {
    Status.DRAFT: gettext_lazy("Das geht jetzt nicht: Der Beitrag ist ein Entwurf."),
    Status.IN_REVIEW: gettext_lazy("Das geht jetzt nicht: Der Beitrag liegt zur Prüfung."),
    Status.PUBLISHED: gettext_lazy("Das geht jetzt nicht: Der Beitrag ist veröffentlicht."),
    Status.ARCHIVED: gettext_lazy("Das geht jetzt nicht: Der Beitrag ist archiviert."),
}
STEPS = {
    "einreichen": Step(
        can_edit,
        actions.submit,
        Status.IN_REVIEW,
        gettext_lazy("Eingereicht. Sie bekommen eine Mail, sobald entschieden ist."),
    ),
    "veroeffentlichen": Step(
        can_decide, actions.publish, Status.PUBLISHED, gettext_lazy("Der Beitrag ist veröffentlicht.")
    ),
    "zurueckziehen": Step(
        is_author,
        actions.withdraw,
        Status.DRAFT,
        gettext_lazy("Zurückgezogen. Der Beitrag ist wieder ein Entwurf."),
    ),
    "bestaetigen": Step(
        can_confirm,
        actions.confirm,
        Status.PUBLISHED,
        gettext_lazy("Danke! Der Beitrag gilt als heute bestätigt."),
    ),
}


@require_POST
def take_step(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    practice, step = practice_for(request.user, pk), STEPS[name]
    if not step.allowed(request.user, practice):
        raise PermissionDenied
    return _do(request, practice, step)


@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    done = _("Zurückgegeben. Wer den Beitrag geschrieben hat, bekommt eine Mail.")
    step = Step(can_decide, actions.send_back, Status.DRAFT, done, begins=Status.IN_REVIEW)
    help_text = _("Die Anmerkung geht per Mail an die Person, die den Beitrag geschrieben hat.")
    return _with_remark(request, pk, step, "practices/send_back.html", RemarkForm(help_text=help_text))


@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: HttpRequest, pk: int) -> HttpResponseBase:
    done = _("Der Beitrag ist archiviert.")
    step = Step(can_decide, actions.archive, Status.ARCHIVED, done, begins=Status.PUBLISHED)
    help_text = _("Warum? Das liest, wer den Beitrag geschrieben hat.")
    return _with_remark(
        request, pk, step, "practices/archive.html", RemarkForm(required=False, help_text=help_text)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, pk: int) -> HttpResponseBase:
    done = _("Der Beitrag ist wieder ein Entwurf.")
    step = Step(can_decide, actions.reopen, Status.DRAFT, done, begins=Status.ARCHIVED)
    help_text = _("Was ist zu tun? Das liest, wer den Beitrag geschrieben hat.")
    form = RemarkForm(required=False, help_text=help_text)
    return _with_remark(request, pk, step, "practices/reopen.html", form)


def _with_remark(
    request: HttpRequest, pk: int, step: Step, template: str, form: RemarkForm
) -> HttpResponseBase:
    """Ask for the remark on a page of its own, then take the step."""
    practice = practice_for(request.user, pk)
    if not step.allowed(request.user, practice):
        raise PermissionDenied
    if request.method != "POST" and practice.status != step.begins:
        messages.warning(request, str(STANDS[Status(practice.status)]))
        return redirect(practice)
    if request.method == "POST":
        field = form.fields["remark"]
        form = RemarkForm(request.POST, required=field.required, help_text=str(field.help_text))
        if form.is_valid():
            return _do(request, practice, step, remark=form.cleaned_data["remark"])
    status = 422 if form.errors else 200
    return render(request, template, {"practice": practice, "form": form}, status=status)


def _do(request: HttpRequest, practice: Practice, step: Step, **more: str) -> HttpResponse:
    try:
        step.action(practice=practice, by=request.user, **more)
    except StepNotPossibleError:
        # Pressed twice it has just been done; otherwise say where the write-up stands by now.
        practice.refresh_from_db(fields=["status"])
        if practice.status != step.goal:
            messages.warning(request, str(STANDS[Status(practice.status)]))
    except IncompleteError:
        messages.error(request, _("Es fehlt noch etwas. Bitte ergänzen Sie den Beitrag zuerst."))
    else:
        messages.success(request, str(step.done))
    return back_to_desk(request, practice)
