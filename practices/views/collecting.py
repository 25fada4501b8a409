"""Collections: the list, one of them, and what its owner does with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import MemberRequest
from documents.actions import order
from documents.answers import pdf_answer, xlsx_answer
from documents.builds import NothingToBuildError
from documents.models import Build
from practices.collecting import actions
from practices.collecting.contents import Contents
from practices.collecting.folder import FEW, FOLDER, build, name_of
from practices.collecting.forms import CollectionForm, NoteForm
from practices.collecting.permissions import can_share, own_collection
from practices.collecting.table import table
from practices.models import Collection, CollectionItem

READ_OR_SEND = ["GET", "HEAD", "POST"]
PLACES = {"hoch": -1, "runter": 1, "anfang": -actions.MOST_ITEMS, "ende": actions.MOST_ITEMS}
MOST_SHARED = 100


@require_safe
def own(request: MemberRequest) -> HttpResponse:
    """The person's own and what others share with them."""
    context = {
        "own": Collection.objects.of(request.user).for_list(),
        "shared": Collection.objects.shared_with(request.user).for_list()[:MOST_SHARED],
        "builds": Build.objects.of(request.user.pk),
    }
    return render(request, "practices/collecting/own.html", context)


@require_http_methods(READ_OR_SEND)
def begin(request: MemberRequest) -> HttpResponseBase:
    form = CollectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            collection = actions.begin(by=request.user, **form.cleaned_data)
        except actions.TooManyError:
            form.add_error(None, too_many_collections())
        else:
            return redirect(collection)
    return render(
        request,
        "practices/collecting/edit.html",
        {"form": form, "collection": None},
        status=422 if form.errors else 200,
    )


def too_many_collections() -> str:
    message = _("Mehr als %(most)d Sammlungen gehen nicht. Löschen Sie erst eine.")
    return message % {"most": actions.MOST_COLLECTIONS}


@require_safe
def detail(request: MemberRequest, pk: int) -> HttpResponse:
    found = Collection.objects.readable_by(request.user).select_related("owner")
    collection = get_object_or_404(found, pk=pk)
    context = {
        "collection": collection,
        "contents": Contents.of(collection, request.user),
        "is_own": collection.owner_id == request.user.pk,
        "can_share": can_share(request.user),
    }
    return render(request, "practices/collecting/detail.html", context)


@require_http_methods(READ_OR_SEND)
def edit(request: MemberRequest, pk: int) -> HttpResponseBase:
    collection = own_collection(request.user, pk)
    form = CollectionForm(request.POST if request.method == "POST" else None, instance=collection)
    if request.method == "POST" and form.is_valid():
        _save(form, updated_at=timezone.now())
        messages.success(request, _("Gespeichert."))
        return redirect(collection)
    context = {"form": form, "collection": get_object_or_404(Collection, pk=pk)}
    return render(request, "practices/collecting/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(READ_OR_SEND)
def delete(request: MemberRequest, pk: int) -> HttpResponseBase:
    collection = own_collection(request.user, pk)
    if request.method == "POST":
        title = collection.title
        collection.delete()
        messages.success(request, _("Die Sammlung „%(title)s“ ist gelöscht.") % {"title": title})
        return redirect("collections:own")
    context = {"collection": collection, "number": collection.items.count()}
    return render(request, "practices/collecting/delete.html", context)


@require_http_methods(READ_OR_SEND)
def note(request: MemberRequest, pk: int, item: int) -> HttpResponseBase:
    collection = own_collection(request.user, pk)
    row = _item(collection, item)
    form = NoteForm(request.POST if request.method == "POST" else None, instance=row)
    if request.method == "POST" and form.is_valid():
        _save(form)
        return redirect(_place_of(collection, row.pk))
    entries = Contents.of(collection, request.user).entries
    entry = next((one for one in entries if one.pk == row.pk), None)
    if entry is None:
        raise Http404
    context = {"form": form, "collection": collection, "entry": entry}
    return render(request, "practices/collecting/note.html", context, status=422 if form.errors else 200)


@require_POST
def move(request: MemberRequest, pk: int, item: int) -> HttpResponse:
    collection = own_collection(request.user, pk)
    row = _item(collection, item)
    places = PLACES.get(request.POST.get("wohin", ""))
    if places is not None:
        with while_it_exists():
            actions.move(item=row, places=places, by=request.user)
    return redirect(_place_of(collection, row.pk))


@require_POST
def take_out(request: MemberRequest, pk: int, item: int) -> HttpResponse:
    collection = own_collection(request.user, pk)
    row = _item(collection, item)
    with while_it_exists():
        actions.take_out(item=row, by=request.user)
    messages.success(request, _("Der Eintrag ist aus der Sammlung genommen."))
    return redirect(collection)


@require_POST
def folder(request: MemberRequest, pk: int) -> HttpResponse:
    """The folder with what whoever asks may read: a small one at once, others are made in the background."""
    collection = get_object_or_404(Collection.objects.readable_by(request.user), pk=pk)
    if collection.items.count() <= FEW:
        return _small_folder(request, collection)
    ordered = order(
        kind=FOLDER.name,
        subject={"collection": collection.pk},
        title=_("Mappe: %(title)s") % {"title": collection.title},
        back=collection.get_absolute_url(),
        by=request.user,
    )
    return redirect(ordered)


def _small_folder(request: MemberRequest, collection: Collection) -> HttpResponse:
    try:
        made = build(request.user, {"collection": collection.pk}, lambda _done, _total: None)
    except NothingToBuildError:
        messages.error(request, _("In der Sammlung ist nichts, was Sie lesen dürfen. Es gibt keine Mappe."))
        return redirect(collection)
    return pdf_answer(made.content, name_of(collection))


@require_safe
def spreadsheet(request: MemberRequest, pk: int) -> HttpResponse:
    collection = get_object_or_404(Collection.objects.readable_by(request.user), pk=pk)
    return xlsx_answer(table(collection, request.user), name_of(collection))


@contextmanager
def while_it_exists() -> Iterator[None]:
    """404 where the collection was deleted meanwhile, in another tab."""
    try:
        yield
    except Collection.DoesNotExist:
        raise Http404 from None


def _save(form: CollectionForm | NoteForm, **more: Any) -> None:
    """404 where another tab has deleted the row meanwhile; saving the object would enter it anew."""
    rows = type(form.instance)._default_manager.filter(pk=form.instance.pk)
    if not rows.update(**form.cleaned_data, **more):
        raise Http404


def _item(collection: Collection, pk: int) -> CollectionItem:
    return get_object_or_404(collection.items.select_related("collection"), pk=pk)


def _place_of(collection: Collection, item: int) -> str:
    return f"{collection.get_absolute_url()}#eintrag-{item}"
