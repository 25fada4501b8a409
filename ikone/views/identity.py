"""Name, claim, operator and logo of the network: one form for the coordination, one picture for everybody."""

from __future__ import annotations

from typing import Any

import pghistory
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms import OneLineField
from accounts.requests import MemberRequest
from cities.permissions import is_coordinator
from practices.files.pictures import re_encoded
from practices.files.refusal import UnacceptableFileError
from ui.forms import VersionedModelForm
from ui.identity import identity, keep_for, logo
from ui.models import Identity

MOST_BYTES = 2 * 1024 * 1024
A_YEAR = "public, max-age=31536000, immutable"


class IdentityForm(VersionedModelForm):
    """The logo is judged by what is in it and stored as we have written it anew."""

    upload = forms.FileField(
        label=gettext_lazy("Logo"),
        required=False,
        help_text=gettext_lazy(
            "PNG, JPEG oder WebP, höchstens 2 MB. Steht neben dem Namen und auf Berichten."
        ),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    removes_logo = forms.BooleanField(label=gettext_lazy("Logo entfernen"), required=False)

    class Meta:
        model = Identity
        fields = ["name", "claim", "operator"]
        field_classes = {"name": OneLineField, "claim": OneLineField, "operator": OneLineField}
        help_texts = {
            "operator": gettext_lazy("Wer das Portal betreibt; steht auf Berichten."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.logo_type:
            del self.fields["removes_logo"]

    def stored_values(self, stored: Any) -> dict[str, Any]:
        return forms.model_to_dict(stored, fields=["name", "claim", "operator"])

    def clean_upload(self) -> tuple[bytes, str] | None:
        upload = self.cleaned_data.get("upload")
        if not upload:
            return None
        if upload.size > MOST_BYTES:
            raise ValidationError(_("Das Logo ist größer als 2 MB."), code="size")
        try:
            kind, content = re_encoded(upload)
        except UnacceptableFileError as error:
            raise ValidationError(error.messages, code="picture") from error
        return content.read(), kind.media_type


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def edit_identity(request: MemberRequest) -> HttpResponse:
    if not is_coordinator(request.user):
        raise PermissionDenied
    row = Identity.objects.first() or Identity(name=identity().name, claim=identity().claim)
    form = IdentityForm(request.POST or None, request.FILES or None, instance=row)
    if request.method == "POST" and form.is_valid():
        _save(form, request)
        messages.success(request, _("Gespeichert. Alle Seiten zeigen es spätestens in einer halben Minute."))
        return redirect("edit_identity")
    context = {"form": form, "logo_version": identity().logo_version}
    return render(request, "pages/identity.html", context, status=422 if form.errors else 200)


def _save(form: IdentityForm, request: MemberRequest) -> None:
    row: Identity = form.instance
    if form.cleaned_data.get("removes_logo"):
        row.logo, row.logo_type = b"", ""
    if new := form.cleaned_data.get("upload"):
        row.logo, row.logo_type = new
    with pghistory.context(user=request.user.pk):
        if row.pk is None:
            row.pk = 1
            row.save(force_insert=True)
        else:
            form.save()
    transaction.on_commit(lambda: keep_for(0))


@login_not_required
@require_safe
def network_logo(request: HttpRequest, version: int) -> HttpResponse:
    """The picture; its address changes with it, so browsers keep it."""
    found = logo()
    if found is None:
        raise Http404
    content, media_type = found
    return HttpResponse(content, content_type=media_type, headers={"Cache-Control": A_YEAR})
