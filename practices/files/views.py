"""Files of a write-up: getting them, and hanging them up and taking them off."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import MemberRequest
from practices.enums import Visibility
from practices.files import actions, serving
from practices.files.forms import AttachmentForm, DescriptionForm
from practices.files.quota import TooMuchTodayError
from practices.models import Attachment, Practice
from practices.permissions import can_see_city
from practices.views.pages import editable_practice


@login_not_required
@require_safe
@serving.sandboxed
def file(request: HttpRequest, pk: int, attachment: int) -> HttpResponseBase:
    found, name = _readable(request, pk, attachment)
    return serving.download(request, found.stored, name)


@login_not_required
@require_safe
@serving.sandboxed
def picture(request: HttpRequest, pk: int, attachment: int) -> HttpResponseBase:
    found, name = _readable(request, pk, attachment)
    return serving.picture(request, found.stored, name)


@require_http_methods(["GET", "HEAD", "POST"])
def files(request: MemberRequest, pk: int) -> HttpResponseBase:
    """All files of a write-up, and the form for one more."""
    practice = editable_practice(request.user, pk)
    form = AttachmentForm()
    if request.method == "POST":
        form = AttachmentForm(request.POST, request.FILES)
        if form.is_valid():
            given = form.cleaned_data
            try:
                attachment = actions.attach(
                    practice=practice,
                    upload=given["upload"],
                    by=request.user,
                    title=given["title"],
                    alt_text=given["alt_text"],
                )
            except TooMuchTodayError as error:
                form.add_error("upload", error)
            else:
                messages.success(request, _("„%(title)s“ ist hochgeladen.") % {"title": attachment})
                return redirect("practices:files", practice.pk)
    return _page(request, "practices/files/files.html", practice, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: MemberRequest, pk: int, attachment: int) -> HttpResponseBase:
    practice = editable_practice(request.user, pk)
    with transaction.atomic():
        found = _attachment(practice, attachment)
        form = DescriptionForm(request.POST if request.method == "POST" else None, instance=found)
        if request.method == "POST" and form.is_valid():
            form.claim()
            actions.describe(attachment=form.save(commit=False), by=request.user)
            messages.success(request, _("Gespeichert."))
            return redirect("practices:files", practice.pk)
        stored = _attachment(practice, attachment)  # the form has put what was typed on its own row
    return _page(request, "practices/files/describe.html", practice, form=form, attachment=stored)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: MemberRequest, pk: int, attachment: int) -> HttpResponseBase:
    practice = editable_practice(request.user, pk)
    if request.method == "POST":
        # Pressed twice it is gone already.
        for found in practice.attachments.filter(pk=attachment):
            actions.remove(attachment=found, by=request.user)
        messages.success(request, _("Die Datei ist entfernt."))
        return redirect("practices:files", practice.pk)
    return _page(
        request, "practices/files/remove.html", practice, attachment=_attachment(practice, attachment)
    )


def _readable(request: HttpRequest, pk: int, attachment: int) -> tuple[Attachment, str]:
    """A file and the name that this person gets it under; 404 with the write-up."""
    practice = get_object_or_404(Practice.objects.visible_to(request.user), pk=pk)
    found = _attachment(practice, attachment)
    return found, found.name_for(shows_city=can_see_city(request.user, practice))


def _attachment(practice: Practice, pk: int) -> Attachment:
    return get_object_or_404(practice.attachments.select_related("stored"), pk=pk)


def _page(request: MemberRequest, template: str, practice: Practice, **more: Any) -> HttpResponse:
    form = more.get("form")
    context = {
        "practice": practice,
        "attachments": practice.attachments.select_related("stored", "uploaded_by"),
        "is_anonymous": practice.visibility == Visibility.ANONYMOUS,
        **more,
    }
    return render(request, template, context, status=422 if form and form.errors else 200)
