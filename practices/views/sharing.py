"""Who may read a collection."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import MemberRequest
from practices.collecting import actions
from practices.collecting.forms import AudienceForm, ReaderForm
from practices.collecting.permissions import can_share, own_collection
from practices.models import Collection
from practices.models.collecting import Audience
from practices.views.collecting import READ_OR_SEND, while_it_exists


@require_http_methods(READ_OR_SEND)
def sharing(request: MemberRequest, pk: int) -> HttpResponseBase:
    collection = _shareable(request, pk)
    form = AudienceForm(request.POST if request.method == "POST" else None, instance=collection)
    if request.method == "POST" and form.is_valid():
        audience = Audience(form.cleaned_data["audience"])
        with while_it_exists():
            actions.share(collection=collection, audience=audience, by=request.user)
        messages.success(request, _("Gespeichert."))
        return redirect("collections:sharing", pk)
    return _page(request, collection, form, ReaderForm(owner=request.user))


@require_POST
def name_reader(request: MemberRequest, pk: int) -> HttpResponseBase:
    collection = _shareable(request, pk)
    form = ReaderForm(request.POST, owner=request.user)
    if form.is_valid() and form.person:
        try:
            with while_it_exists():
                is_new = actions.name_reader(collection=collection, person=form.person, by=request.user)
        except actions.TooManyError:
            message = _("Mehr als %(most)d Personen lassen sich nicht nennen. Teilen Sie mit dem Netzwerk.")
            form.add_error("email", message % {"most": actions.MOST_READERS})
        else:
            said = _("%(person)s liest jetzt mit.") if is_new else _("%(person)s liest schon mit.")
            messages.success(request, said % {"person": form.person})
            return redirect("collections:sharing", pk)
    return _page(request, collection, AudienceForm(instance=collection), form)


@require_POST
def forget_reader(request: MemberRequest, pk: int, reader: int) -> HttpResponse:
    collection = _shareable(request, pk)
    row = get_object_or_404(collection.readers.select_related("person"), pk=reader)
    row.delete()
    messages.success(request, _("%(person)s liest nicht mehr mit.") % {"person": row.person})
    return redirect("collections:sharing", pk)


def _shareable(request: MemberRequest, pk: int) -> Collection:
    collection = own_collection(request.user, pk)
    if not can_share(request.user):
        raise PermissionDenied(_("Sammlungen teilen können alle, die im Netzwerk für eine Stadt handeln."))
    return collection


def _page(
    request: MemberRequest, collection: Collection, audience: AudienceForm, reader: ReaderForm
) -> HttpResponse:
    context = {
        "collection": get_object_or_404(Collection, pk=collection.pk),
        "audience_form": audience,
        "reader_form": reader,
        "readers": collection.readers.select_related("person"),
    }
    has_errors = bool(audience.errors or reader.errors)
    return render(request, "practices/collecting/sharing.html", context, status=422 if has_errors else 200)
