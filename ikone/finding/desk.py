"""What coordinators see of the search: what found nothing, and the words that mean the same."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from cities.permissions import is_coordinator
from exchange.asking import ask_url
from ikone.finding.alike import WORD, groups_alike, with_further
from ikone.finding.synonym_form import SynonymForm
from search import misses, synonyms
from search.models import OWN_LIST, Miss, Synonym
from ui.desk import Deed, Group, Task, back_to_desk, day, way_back

MOST_MISSES = 50
MOST_EVENTS = 20


def vain_searches() -> QuerySet[Miss]:
    """Searches that found nothing, the most frequent first."""
    return Miss.objects.order_by("-count", "-last_on", "text")


def _miss(row: Miss) -> Task:
    times = ngettext("%(n)d-mal gesucht", "%(n)d-mal gesucht", row.count) % {"n": row.count}
    teach = f"{reverse('add_synonym')}?{urlencode({WORD: row.text})}"
    return Task(
        title=row.text,
        note=_("%(times)s, zuletzt am %(day)s") % {"times": times, "day": day(row.last_on)},
        deeds=[
            Deed(_("Synonym anlegen"), teach, returns=True),
            Deed(_("Als Gesuch weitergeben"), ask_url(row.text, miss=row.text), returns=True),
            Deed(_("Erledigt"), reverse("forget_miss"), posts=True, icon="check", fields={"text": row.text}),
        ],
    )


VAIN_SEARCHES = Group(
    "misses",
    70,
    gettext_lazy("Suchen, die nichts fanden"),
    vain_searches,
    ("text", "count", "last_on"),
    _miss,
    nothing=gettext_lazy("Jede Suche hat etwas gefunden."),
    all_url=reverse_lazy("search_desk"),
    all_label=gettext_lazy("Alle ansehen"),
    most=5,
    one=gettext_lazy("Suche, die nichts fand"),
)


@require_safe
def search_desk(request: HttpRequest) -> HttpResponse:
    _coordinator(request)
    rows = sorted(Synonym.objects.all(), key=lambda row: [synonyms.name_of(term) for term in row.terms])
    context = {
        "misses": [_miss(row) for row in vain_searches()[:MOST_MISSES]],
        "number_of_misses": Miss.objects.count(),
        "synonyms": [row for row in rows if row.origin == OWN_LIST],
        "of_topics": [row for row in rows if row.origin.startswith("topic:")],
        "of_tags": [row for row in rows if row.origin.startswith("tag:")],
    }
    return render(request, "search/desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_synonym(request: HttpRequest) -> HttpResponseBase:
    """A new group of words; `wort` is one that somebody searched in vain."""
    return _edit(request, Synonym(terms=[]))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_synonym(request: HttpRequest, pk: int) -> HttpResponseBase:
    _coordinator(request)
    return _edit(request, get_object_or_404(Synonym, pk=pk, origin=OWN_LIST))


def _edit(request: HttpRequest, synonym: Synonym) -> HttpResponseBase:
    by = _coordinator(request)
    terms = with_further(synonym.terms, request.GET.getlist(WORD))
    form = SynonymForm(request.POST or None, initial={"terms": "\n".join(terms)}, synonym=synonym)
    if request.method == "POST" and form.is_valid():
        synonym.terms = form.cleaned_data["terms"]
        synonyms.save(synonym=synonym, by=by)
        misses.forget(synonym.terms)
        messages.success(request, _("Gespeichert. Die Suche kennt die Wörter ab sofort."))
        return back_to_desk(request, "search_desk")
    context: dict[str, Any] = {
        "form": form,
        "synonym": synonym,
        "alike": groups_alike(
            request, synonym, request.POST.get("terms", "").splitlines() if request.POST else terms
        ),
        "changes": _changes(synonym),
        "back_url": way_back(request, "search_desk"),
    }
    return render(request, "search/synonym.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def delete_synonym(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first: searches find less from that moment on."""
    by = _coordinator(request)
    synonym = get_object_or_404(Synonym, pk=pk, origin=OWN_LIST)
    if request.method != "POST":
        return render(request, "search/delete_synonym.html", {"synonym": synonym})
    synonyms.delete(synonym=synonym, by=by)
    messages.success(request, _("Gelöscht: %(words)s.") % {"words": ", ".join(synonym.terms)})
    return redirect("search_desk")


@require_POST
def forget_miss(request: HttpRequest) -> HttpResponse:
    """Take a search off the list: it is done, or it was nothing."""
    _coordinator(request)
    text = request.POST.get("text", "")[:200]
    misses.forget([text])
    messages.success(request, _("Die Suche nach „%(text)s“ ist erledigt.") % {"text": text})
    return back_to_desk(request, "search_desk")


def _coordinator(request: HttpRequest) -> User:
    if not is_coordinator(request.user):
        raise PermissionDenied
    assert isinstance(request.user, User)  # noqa: S101  narrows the type
    return request.user


def _changes(synonym: Synonym) -> list[dict[str, Any]]:
    """Its former versions, the newest first, each with who wrote it."""
    if not synonym.pk:
        return []
    recorded: Any = synonym
    events = list(recorded.events.select_related("pgh_context").order_by("-pgh_id")[:MOST_EVENTS])
    ids = {event.pgh_context.metadata.get("user") for event in events if event.pgh_context}
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=ids - {None}).only("name", "email")}
    return [
        {
            "at": event.pgh_created_at,
            "by": names.get(event.pgh_context.metadata.get("user"), "") if event.pgh_context else "",
            "terms": event.terms,
        }
        for event in events
    ]
