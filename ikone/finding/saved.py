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
from ikone.models import SavedSearch

if TYPE_CHECKING:
    from accounts.models import User

MOST = 100
NOT_KEPT = ("nach", "vor")


class KeepForm(forms.ModelForm):
    """Asks for nothing but a name, which the search's words propose."""

    name = forms.CharField(label=gettext_lazy("Name der Suche"), max_length=120)
    address = forms.CharField(widget=forms.HiddenInput, max_length=1_200)

    class Meta:
        model = SavedSearch
        fields = ["name", "address"]

    def clean_address(self) -> str:
        """The address of a search without the place in its list; nothing else can be kept."""
        parts = _split(self.cleaned_data["address"])
        query = QueryDict(parts.query, mutable=True)
        for name in NOT_KEPT:
            query.pop(name, None)
        is_search = parts.path in {reverse("search"), reverse("practices:list")}
        if parts.scheme or parts.netloc or not is_search or not query:
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
    initial = {"address": address, "name": _proposed_name(address)}
    return render(request, "search/keep_search.html", {"form": KeepForm(instance=own, initial=initial)})


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
    query = QueryDict(_split(address).query)
    words = [query.get("q", ""), *(value for name in ("thema", "stadt") for value in query.getlist(name))]
    return ", ".join(word for word in words if word)[:120]


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


def panel(_request: HttpRequest, _subject: Any) -> dict[str, Any]:
    """The way to the list in the person's own area. No query."""
    return {}


def _export(person: User) -> list[dict[str, str]]:
    return [{"name": one.name, "address": one.address} for one in SavedSearch.objects.filter(user=person)]


def _erase(person: User) -> None:
    SavedSearch.objects.filter(user=person).delete()


PRIVACY = PrivacySource("saved_searches", _export, _erase)
