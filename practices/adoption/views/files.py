"""Files of an adoption: getting them, adding them, taking them off."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import MemberRequest
from practices.adoption import files as actions
from practices.adoption.reading import subject_of, who_may_download
from practices.adoption.views.access import adoption_for, editable_adoption
from practices.files import serving
from practices.files.forms import UploadField
from practices.files.quota import TooMuchTodayError


class AdoptionFileForm(forms.Form):
    """A new file."""

    upload = UploadField()
    title = forms.CharField(
        label=gettext_lazy("Titel"),
        max_length=120,
        required=False,
        help_text=gettext_lazy(
            "So heißt die Datei auf der Seite, zum Beispiel „Unsere Leistungsbeschreibung“."
        ),
    )


@login_not_required
@require_safe
@serving.sandboxed
def file(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    adoption = adoption_for(request.user, pk)
    found = get_object_or_404(adoption.files.select_related("stored"), pk=file)
    return serving.download(request, found.stored, found.original_name)


@require_http_methods(["GET", "HEAD", "POST"])
def files(request: MemberRequest, pk: int) -> HttpResponseBase:
    adoption = editable_adoption(request.user, pk)
    form = AdoptionFileForm()
    if request.method == "POST":
        form = AdoptionFileForm(request.POST, request.FILES)
        if form.is_valid():
            given = form.cleaned_data
            try:
                found = actions.hang(
                    adoption=adoption, checked=given["upload"], title=given["title"], by=request.user
                )
            except actions.TooManyFilesError:
                form.add_error(
                    "upload", _("Mehr Dateien sind hier nicht möglich. Nehmen Sie zuerst eine weg.")
                )
            except TooMuchTodayError as error:
                form.add_error("upload", error)
            else:
                messages.success(request, _("„%(title)s“ ist hochgeladen.") % {"title": found})
                return redirect("adoption:files", adoption.pk)
    context = {
        "form": form,
        "adoption": adoption,
        "subject": subject_of(adoption, request.user),
        "who_may_download": who_may_download(adoption),
        "files": adoption.files.select_related("stored", "uploaded_by"),
    }
    return render(request, "practices/adoption/files.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: MemberRequest, pk: int, file: int) -> HttpResponse:
    adoption = editable_adoption(request.user, pk)
    for found in adoption.files.filter(pk=file):  # pressed twice it is gone already
        actions.remove(file=found, by=request.user)
    messages.success(request, _("Die Datei ist entfernt."))
    return redirect("adoption:files", adoption.pk)
