"""„Merken“: put a write-up, a building block or a topic into a collection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.requests import MemberRequest
from practices.collecting import actions
from practices.collecting.forms import KeepForm
from practices.models import BuildingBlock, Collection, Practice
from practices.views.collecting import READ_OR_SEND, too_many_collections
from topics.models import Topic

MODELS: dict[str, Any] = {"praxis": Practice, "baustein": BuildingBlock, "thema": Topic}


@dataclass(frozen=True)
class Asked:
    """What is to be kept, and how the address says so."""

    thing: Any
    query: str


@require_http_methods(READ_OR_SEND)
def remember(request: MemberRequest) -> HttpResponseBase:
    asked = _asked(request)
    field = actions.field_of(asked.thing)
    own = list(Collection.objects.of(request.user).order_by("-updated_at", "-pk"))
    holding = Collection.objects.of(request.user).filter(**{f"items__{field}": asked.thing})
    kept_in = set(holding.values_list("pk", flat=True))
    form = KeepForm(request.POST if request.method == "POST" else None, own=own, kept_in=kept_in)
    if request.method == "POST" and form.is_valid():
        collection = _keep(form, asked.thing, request.user)
        if collection:
            messages.success(request, _("Gemerkt in „%(title)s“.") % {"title": collection.title})
            return redirect(asked.thing)
    context = {
        "form": form,
        "thing": asked.thing,
        "query": asked.query,
        "kept_in": [one for one in own if one.pk in kept_in],
    }
    return render(request, "practices/collecting/keep.html", context, status=422 if form.errors else 200)


def _asked(request: MemberRequest) -> Asked:
    """The one thing that the address names, if this person may read it; else 404."""
    for name, model in MODELS.items():
        key = request.GET.get(name, "")
        if key.isascii() and key.isdecimal() and len(key) < 16:
            rows: QuerySet[Any] = model.objects.all()
            if model is not Topic:
                rows = model.objects.visible_to(request.user)
            if thing := rows.filter(pk=key).first():
                return Asked(thing, f"{name}={key}")
    raise Http404


def _keep(form: KeepForm, thing: Any, by: User) -> Collection | None:
    """The collection that holds it now; None where the form says why not. A new one only comes with it."""
    try:
        with transaction.atomic():
            collection = form.chosen or actions.begin(title=form.cleaned_data["title"], by=by)
            actions.keep(thing=thing, collection=collection, note=form.cleaned_data["note"], by=by)
    except actions.AlreadyKeptError:
        form.add_error("collection", _("Das steht schon in dieser Sammlung."))
    except actions.TooManyError:
        form.add_error("collection", _too_many(form))
    except Collection.DoesNotExist:
        form.add_error("collection", _("Diese Sammlung gibt es nicht mehr. Wählen Sie eine andere."))
    else:
        return collection
    return None


def _too_many(form: KeepForm) -> str:
    if form.chosen is None:
        return too_many_collections()
    message = _("In dieser Sammlung ist kein Platz mehr: Höchstens %(most)d Einträge passen hinein.")
    return message % {"most": actions.MOST_ITEMS}
