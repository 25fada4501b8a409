"""Searches that people keep in their own area. Only they see and delete them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.privacy import PrivacySource
from cities.comparable.own import OURS
from cities.models import City
from ikone.finding.kinds import KINDS
from ikone.models import SavedSearch
from practices.forms.filters import FilterForm, SlugsField
from topics.tree import TopicTree

if TYPE_CHECKING:
    from accounts.models import User

MOST = 100
IN_PANEL = 3
NOT_KEPT = ("nach", "vor")


class KeepForm(forms.ModelForm):
    """Asks for nothing but a name, which the search's words propose."""

    name = forms.CharField(label=gettext_lazy("Name der Suche"), max_length=120)
    address = forms.CharField(
        label=gettext_lazy("Adresse der Suche"), widget=forms.HiddenInput, max_length=1_200
    )

    class Meta:
        model = SavedSearch
        fields = ["name", "address"]

    def clean_address(self) -> str:
        """The address of a search without the place in its list; nothing else can be kept."""
        parts = _split(self.cleaned_data["address"])
        query = QueryDict(parts.query, mutable=True)
        for name in NOT_KEPT:
            query.pop(name, None)
        if not is_search(self.cleaned_data["address"]):
            raise ValidationError(_("Diese Adresse ist keine Suche."), code="no_search")
        return f"{parts.path}?{query.urlencode()}"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        own = SavedSearch.objects.filter(user=self.instance.user_id)
        if own.filter(address=cleaned.get("address", "")).exists():
            raise ValidationError(_("Diese Suche haben Sie schon gemerkt."), code="known")
        if own.count() >= MOST:
            message = _("Mehr als %(most)d Suchen lassen sich nicht merken. Löschen Sie erst eine.")
            raise ValidationError(message % {"most": MOST}, code="too_many")
        return cleaned


@require_http_methods(["GET", "HEAD", "POST"])
def keep_search(request: HttpRequest) -> HttpResponseBase:
    """Name the search at `address` and keep it."""
    assert request.user.pk is not None  # noqa: S101  the view is for members
    own = SavedSearch(user_id=request.user.pk)
    if request.method == "POST":
        form = KeepForm(request.POST, instance=own)
        if form.is_valid():
            address = _kept(form)
            messages.success(request, _("Gemerkt. Sie finden die Suche in Ihrem Bereich."))
            return redirect(address)
        return render(request, "search/keep_search.html", {"form": form}, status=422)
    address = request.GET.get("address", "")[:1_200]
    if not is_search(address):
        return render(request, "search/no_search.html", status=422)
    initial = {"address": address, "name": _proposed_name(address)}
    return render(request, "search/keep_search.html", {"form": KeepForm(instance=own, initial=initial)})


def is_search(address: str) -> bool:
    """Whether it is an address of a search in this portal that says what to look for."""
    parts = _split(address)
    query = set(QueryDict(parts.query)) - set(NOT_KEPT)
    is_here = not (parts.scheme or parts.netloc)
    return is_here and parts.path in {reverse("search"), reverse("practices:list")} and bool(query)


def _split(address: str) -> SplitResult:
    """The parts of an address; none of a text that is no address at all, such as `http://[`."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def _kept(form: KeepForm) -> str:
    """The address that is kept now, be it by a twin of this request: a double click is one search."""
    own: SavedSearch = form.instance
    try:
        with transaction.atomic():
            form.save()
    except IntegrityError:
        if not SavedSearch.objects.filter(user=own.user_id, address=own.address).exists():
            raise
    return own.address


def _proposed_name(address: str) -> str:
    """The words, then what the filters choose, as the list of write-ups calls it."""
    query = QueryDict(_split(address).query)
    form = FilterForm(query, tree=TopicTree.load())
    form.is_valid()
    said = [
        form.cleaned_data.get("q", ""),
        *(node.name for node in [*form.topics, *form.chosen_service_fields]),
    ]
    for name, field in form.fields.items():
        if isinstance(field, forms.MultipleChoiceField) and not isinstance(field, SlugsField):
            labels = dict(form.choices(name))
            said += [labels[value] for value in form.values(name)]
    said.append(_city_named(form.cleaned_data.get("stadt", "")))
    if wie := form.cleaned_data.get("wie", ""):
        city = "" if wie == OURS else _city_named(wie)
        said.append(_("Städte wie %(city)s") % {"city": city} if city else _("Städte wie unsere"))
    said += [str(kind.label) for kind in KINDS if kind.slug and kind.slug == query.get("bereich")]
    return ", ".join(part for part in said if part)[:120]


def _city_named(given: str) -> str:
    """A city by the last part of its address, else what was typed."""
    found = City.objects.filter(slug=given).values_list("name", flat=True).first() if given else None
    return found or given


@require_http_methods(["GET", "HEAD"])
def saved_searches(request: HttpRequest) -> HttpResponse:
    own = SavedSearch.objects.filter(user=request.user.pk)
    return render(request, "search/saved.html", {"searches": own})


@require_POST
def forget_search(request: HttpRequest, pk: int) -> HttpResponse:
    search = get_object_or_404(SavedSearch, pk=pk, user=request.user.pk)
    search.delete()
    messages.success(request, _("Die Suche „%(name)s“ ist gelöscht.") % {"name": search.name})
    return redirect("saved_searches")


def panel(request: HttpRequest, _subject: Any) -> dict[str, Any] | None:
    """The newest searches in the person's own area; nothing where there are none. One query."""
    found = list(SavedSearch.objects.filter(user=request.user.pk)[: IN_PANEL + 1])
    return {"searches": found[:IN_PANEL], "has_more": len(found) > IN_PANEL} if found else None


def _export(person: User) -> list[dict[str, str]]:
    return [{"name": one.name, "address": one.address} for one in SavedSearch.objects.filter(user=person)]


def _erase(person: User) -> None:
    SavedSearch.objects.filter(user=person).delete()


PRIVACY = PrivacySource("saved_searches", _export, _erase)
