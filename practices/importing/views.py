"""From a document to a draft: bring it, see what goes where, take it over; and what is left to place."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.requests import MemberRequest
from cities.models import City
from cities.permissions import city_ids_of
from practices.files import serving
from practices.importing import actions, publiccode, word
from practices.importing.actions import TakenOverError, TooManyWaitingError
from practices.importing.bringing import SourceForm
from practices.importing.container import RefusedError
from practices.importing.forms import PlacementForm, TakeOverForm
from practices.importing.losses import Loss
from practices.importing.outline import outline_of
from practices.importing.placing import LATER
from practices.models import ImportedDocument, ImportedPart, Practice
from practices.permissions import can_edit, can_write_any
from practices.views.pages import editable_practice

YAML = (".yml", ".yaml")
TOO_MANY_WAITING = gettext_lazy(
    "Sie haben schon sehr viele Dokumente gebracht und noch nicht übernommen. Bitte übernehmen oder "
    "verwerfen Sie zuerst eines davon."
)


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: MemberRequest) -> HttpResponseBase:
    """Bring a text for a new write-up."""
    if not can_write_any(request.user):
        raise PermissionDenied(_("Sie arbeiten noch für keine Stadt mit. Die Koordination hilft weiter."))
    return _bring(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def into(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Bring a text for a write-up that is there."""
    return _bring(request, editable_practice(request.user, pk))


def _bring(request: MemberRequest, practice: Practice | None) -> HttpResponse:
    form = SourceForm(request.POST, request.FILES) if request.method == "POST" else SourceForm()
    is_full = False
    if form.is_bound and form.is_valid():
        try:
            return redirect(_kept(form, practice, request.user))
        except RefusedError as error:
            for message in getattr(error, "messages", [str(error)]):
                form.add_error(form.source, message)
        except TooManyWaitingError:
            is_full = True
            form.add_error(form.source, TOO_MANY_WAITING)
    waiting = actions.waiting_of(request.user).order_by("-pk")
    # Whoever has to clear up first sees all of it.
    waiting = waiting if is_full else waiting.filter(practice=practice)[:5]
    context = {
        "form": form,
        "practice": practice,
        "preline": practice.title if practice else "",
        "waiting": waiting,
    }
    return render(request, "practices/importing/start.html", context, status=422 if form.errors else 200)


def _kept(form: SourceForm, practice: Practice | None, user: User) -> ImportedDocument:
    """What was brought, read and stored; RefusedError where it cannot be read."""
    upload: UploadedFile | None = form.cleaned_data["file"]
    where: dict[str, Any] = {"practice": practice, "by": user}
    if form.source == "text":
        return actions.keep(
            name=_("Eingefügter Text"), outline=outline_of(form.cleaned_data["text"]), **where
        )
    if upload is None or (upload.name or "").lower().endswith(YAML):
        content = (
            form.cleaned_data["publiccode"] if upload is None else upload.read(publiccode.LARGEST_FILE + 1)
        )
        software = publiccode.read(content)
        return actions.keep(
            name=(upload.name if upload else "") or "publiccode.yml",
            outline=software.outline,
            facts=software.facts,
            tags=software.tags,
            **where,
        )
    name = upload.name or "Dokument.docx"
    reading = word.read(upload, size=upload.size or 0, name=name)
    return actions.keep(
        name=name, outline=reading.outline, pictures=reading.pictures, losses=reading.losses, **where
    )


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: MemberRequest, pk: int) -> HttpResponseBase:
    """What goes where, to be changed and then taken over."""
    user = request.user
    document = _document(user, pk)
    if document.practice is not None and document.taken_over_at is not None:
        return redirect("practices:edit", document.practice.pk)
    if request.method == "POST":
        with transaction.atomic():
            record = _as_it_is_now(document)
            form = TakeOverForm(request.POST, document=document, record=record, user=user)
            if form.is_valid():
                return redirect("practices:edit", _taken_over(request, document, form, user).pk)
    else:
        form = TakeOverForm(document=document, record=document.practice or Practice(), user=user)
    context = {
        "form": form,
        "document": document,
        "practice": document.practice,
        "losses": [str(Loss(code, number)) for code, number in document.losses],
    }
    return render(request, "practices/importing/preview.html", context, status=422 if form.errors else 200)


def _as_it_is_now(document: ImportedDocument) -> Practice:
    """What the document goes into, locked, so that it is still as the form was checked when it is written."""
    if document.practice_id is None:
        return Practice()
    rows = Practice.objects.select_related("city").select_for_update(of=("self",))
    return rows.get(pk=document.practice_id)


def _taken_over(
    request: MemberRequest, document: ImportedDocument, form: TakeOverForm, user: User
) -> Practice:
    try:
        practice = _take_over(document, form, user)
    except TakenOverError as error:
        return error.practice
    _say_what_is_left(request, practice)
    return practice


def _take_over(document: ImportedDocument, form: TakeOverForm, user: User) -> Practice:
    if document.practice_id is not None:
        return actions.add_to(document=document, choice=form.choice, by=user)
    values = form.cleaned_data
    city = values.get("city") or City.objects.get(pk=city_ids_of(user)[0])
    practice = Practice(title=values["title"], summary=values["summary"], city=city)
    practice.contact_name = user.office or user.name
    practice.contact_email, practice.contact_phone = user.email, user.phone
    return actions.create_from(document=document, practice=practice, choice=form.choice, by=user)


def _say_what_is_left(request: MemberRequest, practice: Practice) -> None:
    left = ImportedPart.objects.filter(document__practice=practice).count()
    if not left:
        messages.success(request, _("Übernommen. Schreiben Sie hier weiter."))
        return
    messages.success(
        request,
        ngettext(
            "Übernommen. %(number)d Teil ist noch nicht eingeordnet; er bleibt beim Beitrag.",
            "Übernommen. %(number)d Teile sind noch nicht eingeordnet; sie bleiben beim Beitrag.",
            left,
        )
        % {"number": left},
    )


@require_POST
def discard(request: MemberRequest, pk: int) -> HttpResponseBase:
    document = _document(request.user, pk)
    actions.discard(document=document)
    messages.success(request, _("„%(name)s“ ist verworfen.") % {"name": document.name})
    if document.practice_id is not None:
        return redirect("practices:edit", document.practice_id)
    return redirect("practices:new")


@require_safe
def picture(request: MemberRequest, pk: int, number: int) -> HttpResponseBase:
    """A picture of a document, for its preview."""
    document = _document(request.user, pk)
    row = get_object_or_404(document.pictures.select_related("stored"), number=number)
    return serving.picture(request, row.stored, f"bild-{number}.{row.stored.extension}")


@require_http_methods(["GET", "HEAD", "POST"])
def unplaced(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Parts of documents that have no section yet."""
    practice = editable_practice(request.user, pk)
    parts = list(
        ImportedPart.objects.filter(document__practice=practice, document__taken_over_at__isnull=False)
        .select_related("document")
        .order_by("document_id", "position")
    )
    form = PlacementForm(_sent(request), parts=_as_left(parts), record=practice)
    if request.method == "POST" and form.is_valid():
        targets = form.targets
        actions.place(practice=practice, parts=parts, targets=targets, by=request.user)
        moved = sum(target != LATER for target in targets.values())
        messages.success(
            request,
            ngettext("%(number)d Teil eingeordnet.", "%(number)d Teile eingeordnet.", moved)
            % {"number": moved},
        )
        return redirect("practices:unplaced" if moved < len(parts) else "practices:edit", practice.pk)
    context = {"form": form, "practice": practice, "rows": list(form.rows())}
    return render(request, "practices/importing/unplaced.html", context, status=422 if form.errors else 200)


def _as_left(parts: list[ImportedPart]) -> list[ImportedPart]:
    """Whoever left a part for later is not asked to move it to where it was proposed before."""
    for part in parts:
        part.section = ""
    return parts


def _document(user: User, pk: int) -> ImportedDocument:
    """Somebody's own upload; 404 for everybody else, 403 where they may no longer edit what it belongs to."""
    own = ImportedDocument.objects.filter(created_by=user.pk).select_related("practice__city")
    document = get_object_or_404(own, pk=pk)
    if document.practice is None and not can_write_any(user):
        raise PermissionDenied
    if document.practice is not None and not can_edit(user, document.practice):
        raise PermissionDenied
    return document


def _sent(request: MemberRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
