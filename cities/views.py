"""The list of cities and a city's page, its profile, and the admission of new ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.callees import contact_of
from accounts.requests import MemberRequest
from cities import actions
from cities.comparable.own import Likeness, own_city
from cities.enums import NetworkStatus
from cities.facts import PLACE_FIELDS, facts_of, place_of, tasks_of
from cities.forms import AdmissionForm, CoordinationProfileForm, ProfileForm, RegisterSearchForm
from cities.listing import ALIKE, CityFilterForm, CityListing
from cities.models import City, FormerCitySlug
from cities.permissions import can_admit, can_manage, is_member
from cities.readers import KeptForReaders
from search.paging import AFTER, BEFORE, Cursor
from ui.panels import reads_for

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from accounts.models import User

REFUSED = 422
MOST_HITS = 20
OF_PAGE = KeptForReaders()


@login_not_required
@require_safe
def city_list(request: HttpRequest) -> HttpResponse:
    form = CityFilterForm(request.GET)
    form.is_valid()
    like = Likeness.of(form.cleaned_data.get("wie", ""), request.user)
    if like.problem:
        form.add_error("wie", like.problem)
    wants_nearest = bool(like.city) or form.cleaned_data.get("sortierung") == ALIKE
    listing = CityListing(
        text=form.cleaned_data.get("q", ""),
        states=form.chosen("land"),
        sizes=form.chosen("groesse"),
        like=like,
        nearest_to=(like.city or own_city(request.user)) if wants_nearest else None,
        cursor=Cursor.from_query(request.GET),
    )
    counts = listing.counts()
    page, rows = listing.page(counts, request.user)
    on_map = listing.on_map()
    facets = listing.facets(counts)
    states = {state for state, *_rest in on_map}
    dates = {row.population_date for row in rows}
    return render(
        request,
        "cities/list.html",
        {
            "form": form,
            "text": listing.text,
            "facets": facets,
            "like": like,
            "sorts": _sorts(request.GET, listing) if like.offers_own and not like.city else [],
            "number_chosen": sum(len(facet.chosen) for facet in facets) + bool(listing.text),
            "page": page,
            "rows": rows,
            "row_dates_differ": len(dates) > 1,
            "common_date": dates.pop() if len(dates) == 1 else None,
            "points": [place_of(*row[1:]) for row in on_map],
            "state": states.pop() if len(states) == 1 else "",
            "can_admit": can_admit(request.user),
            "is_member": is_member(request.user),
        },
    )


def _sorts(query: QueryDict, listing: CityListing) -> list[dict[str, Any]]:
    """The orders as links, for those who have a city to compare with."""
    sorts = []
    for value, label in (("", _("Nach dem Alphabet")), (ALIKE, _("Ähnlichste zuerst"))):
        changed = query.copy()
        for name in (AFTER, BEFORE, "sortierung"):
            changed.pop(name, None)
        if value:
            changed["sortierung"] = value
        is_current = bool(value) == (listing.nearest_to is not None)
        sorts.append({"label": label, "query": changed.urlencode(), "is_current": is_current})
    return sorts


@login_not_required
@require_safe
def city_page(request: HttpRequest, slug: str) -> HttpResponseBase:
    found: list[City] = OF_PAGE.rows(request.user, (), _with_what_panels_read, slug=slug)
    city = found[0] if found else None
    if city is None:
        former = get_object_or_404(FormerCitySlug.objects.select_related("city"), slug=slug)
        if not City.objects.visible_to(request.user).filter(pk=former.city_id).exists():
            raise Http404
        response = redirect(former.city, permanent=True)
        # An address can be taken again; a browser that kept this answer would never see it.
        response["Cache-Control"] = "no-cache"
        return response
    context: dict[str, Any] = {
        "city": city,
        "facts": facts_of(city),
        "points": [place_of(*(getattr(city, name) for name in PLACE_FIELDS))]
        if city.latitude is not None
        else [],
    }
    if not city.has_page:
        return render(request, "cities/outside.html", context)
    manages = can_manage(request.user, city)
    context |= {
        "contact": contact_of(city, shows_people=is_member(request.user), unnamed=city.name),
        "can_manage": manages,
        "tasks": tasks_of(city) if manages else [],
    }
    return render(request, "cities/detail.html", context)


def _with_what_panels_read(reader: User | AnonymousUser, slug: str) -> QuerySet[City]:
    cities = City.objects.visible_to(reader).select_related("contact_user")
    return cities.annotate(**reads_for("city.main", reader)).filter(slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, slug: str) -> HttpResponse:
    city = get_object_or_404(City.objects.visible_to(request.user), slug=slug)
    if not can_manage(request.user, city):
        raise PermissionDenied
    form_class = CoordinationProfileForm if can_admit(request.user) else ProfileForm
    if request.method != "POST":
        return _edit_page(request, form_class(instance=city), city)
    with transaction.atomic():
        # Checked inside the transaction, so that nobody saves between the check and our save.
        form = form_class(request.POST, instance=city)
        if form.is_valid():
            saved = actions.save_profile(form=form, by=request.user)
            messages.success(request, _("Das Profil ist gespeichert."))
            return redirect(saved)
    return _edit_page(request, form, City.objects.get(pk=city.pk), status=REFUSED)


def _edit_page(request: HttpRequest, form: ProfileForm, city: City, status: int = 200) -> HttpResponse:
    return render(request, "cities/edit.html", {"form": form, "city": city}, status=status)


@require_safe
def admission(request: MemberRequest) -> HttpResponse:
    """Find a municipality of the register."""
    if not can_admit(request.user):
        raise PermissionDenied
    form = RegisterSearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    hits = list(City.objects.in_register().matching_name(text)[: MOST_HITS + 1]) if text else []
    return render(
        request,
        "cities/admission.html",
        {"form": form, "text": text, "hits": hits[:MOST_HITS], "has_more": len(hits) > MOST_HITS},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def admit(request: MemberRequest, ags: str) -> HttpResponse:
    """Confirm: as what and since when."""
    if not can_admit(request.user):
        raise PermissionDenied
    city = get_object_or_404(City.objects.in_register(), ags=ags)
    wish = request.GET.get("als", "")
    status = wish if wish == NetworkStatus.GUEST else NetworkStatus.MEMBER
    form = AdmissionForm(request.POST or None, initial={"status": status})
    if request.method == "POST" and form.is_valid():
        try:
            actions.admit(
                city=city,
                status=NetworkStatus(form.cleaned_data["status"]),
                joined_on=form.cleaned_data["joined_on"],
                by=request.user,
            )
        except actions.AlreadyAdmittedError:
            form.add_error(None, _("Diese Stadt ist inzwischen schon im Netzwerk."))
        else:
            messages.success(
                request,
                _("%(city)s ist jetzt im Netzwerk. Laden Sie als Nächstes die ersten Personen ein.")
                % {"city": city.name},
            )
            return redirect("cities:people", city.slug)
    refused = request.method == "POST"
    context = {"form": form, "city": city, "facts": facts_of(city)}
    return render(request, "cities/admit.html", context, status=REFUSED if refused else 200)
