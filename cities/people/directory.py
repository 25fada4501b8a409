"""All people of the network, for the coordination: who acts where, and on which day last seen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch, Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.requests import MemberRequest
from cities.choosing import CityField
from cities.enums import Role
from cities.models import City, Membership
from cities.people import account_actions as actions
from cities.people.forms import ROLE_CHOICES
from cities.people.history import changes_of
from cities.permissions import is_coordinator
from search.paging import Page, offset_of

PAGE_SIZE = 50
ALREADY_THERE = gettext_lazy("Diese Person arbeitet schon für die Stadt mit.")


class PeopleFilterForm(forms.Form):
    marks_optional = False
    q = forms.CharField(
        label=gettext_lazy("Name, Dienststelle oder E-Mail-Adresse"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    stadt = forms.CharField(required=False, max_length=140, widget=forms.HiddenInput)
    wer = forms.ChoiceField(
        label=gettext_lazy("Wer"),
        required=False,
        choices=[
            ("", gettext_lazy("alle")),
            *Role.choices,
            ("coordinator", gettext_lazy("Koordination")),
            ("none", gettext_lazy("ohne Stadt")),
            ("closed", gettext_lazy("stillgelegte Konten")),
        ],
    )

    def people(self) -> Any:
        """Those that were asked for; all where the address makes no sense."""
        found = User.objects.filter(erased_at=None)
        who, text = self.cleaned_data.get("wer", ""), self.cleaned_data.get("q", "").strip()
        if slug := self.cleaned_data.get("stadt", ""):
            found = found.filter(memberships__city__slug=slug)
        if who in Role.values:
            acting = Membership.objects.filter(role=who)
            found = found.filter(pk__in=acting.values("user"))
        elif who == "coordinator":
            found = found.filter(is_coordinator=True)
        elif who == "none":
            found = found.filter(memberships=None, is_coordinator=False)
        found = found.filter(is_active=who != "closed")
        for word in text.split():
            found = found.filter(
                Q(name__icontains=word) | Q(email__icontains=word) | Q(office__icontains=word)
            )
        return found


class AssignForm(forms.Form):
    """To which city, as what, and which role ends with it."""

    city = CityField()
    role = forms.ChoiceField(
        label=gettext_lazy("Rolle"), choices=ROLE_CHOICES, widget=forms.RadioSelect, initial=Role.AUTHOR
    )
    leaving = forms.ChoiceField(
        label=gettext_lazy("Bisherige Mitarbeit"), widget=forms.RadioSelect, required=False
    )

    def __init__(self, data: Any = None, *, person: User, memberships: list[Membership]) -> None:
        first = str(memberships[0].pk) if memberships else ""
        super().__init__(data, initial={"leaving": first})
        self.person, self.memberships = person, {str(one.pk): one for one in memberships}
        if not memberships:
            del self.fields["leaving"]
            return
        leaving = self.fields["leaving"]
        assert isinstance(leaving, forms.ChoiceField)  # noqa: S101
        ends = _("endet: %(city)s, %(role)s")
        leaving.choices = [
            *(
                (key, ends % {"city": one.city.name, "role": one.get_role_display()})
                for key, one in self.memberships.items()
            ),
            ("", _("bleibt; die neue Stadt kommt dazu")),
        ]

    def clean_city(self) -> City:
        city: City = self.cleaned_data["city"]
        if any(one.city_id == city.pk for one in self.memberships.values()):
            raise ValidationError(ALREADY_THERE, code="there")
        return city


def _require_coordinator(request: MemberRequest) -> None:
    if not is_coordinator(request.user):
        raise PermissionDenied


def _person(pk: int) -> User:
    return get_object_or_404(User, pk=pk, erased_at=None)


def _memberships(person: User) -> list[Membership]:
    return list(person.memberships.select_related("city").order_by("city__sort_name"))


@require_safe
def people(request: MemberRequest) -> HttpResponse:
    _require_coordinator(request)
    form = PeopleFilterForm(request.GET)
    form.is_valid()
    found = form.people()
    start = offset_of(request.GET, PAGE_SIZE)
    acting = Membership.objects.select_related("city").order_by("city__sort_name")
    rows = found.order_by("name", "pk").prefetch_related(Prefetch("memberships", acting))
    return render(
        request,
        "cities/people/directory.html",
        {
            "form": form,
            "people": rows[start : start + PAGE_SIZE],
            "page": Page.at_offset(start, PAGE_SIZE, found.count()),
            "is_narrowed": any(form.cleaned_data.values()),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: MemberRequest, pk: int) -> HttpResponseBase:
    """One person: roles, what changed and who did it, moving to another city, closing the account."""
    _require_coordinator(request)
    shown = _person(pk)
    memberships = _memberships(shown)
    form = AssignForm(
        request.POST if request.method == "POST" else None, person=shown, memberships=memberships
    )
    if request.method == "POST" and form.is_valid():
        try:
            _assign(request, shown, form)
        except actions.AlreadyThereError:
            form.add_error("city", ALREADY_THERE)
        except Membership.DoesNotExist:
            messages.warning(request, _("Diese Mitarbeit ist inzwischen schon beendet."))
            return redirect("person", shown.pk)
        else:
            return redirect("person", shown.pk)
    context = {
        "person": shown,
        "memberships": memberships,
        "form": form,
        "changes": changes_of(shown),
        "is_oneself": shown == request.user,
    }
    return render(request, "cities/people/person.html", context, status=422 if form.errors else 200)


def _assign(request: MemberRequest, shown: User, form: AssignForm) -> None:
    leaving = form.memberships.get(form.cleaned_data.get("leaving", ""))
    city = form.cleaned_data["city"]
    actions.assign(
        person=shown, city=city, role=Role(form.cleaned_data["role"]), leaving=leaving, by=request.user
    )
    said = {"name": shown, "city": city, "former": leaving.city if leaving else ""}
    if leaving:
        messages.success(
            request,
            _("%(name)s arbeitet jetzt für %(city)s mit und nicht mehr für %(former)s.") % said,
        )
    else:
        messages.success(request, _("%(name)s arbeitet jetzt für %(city)s mit.") % said)


@require_POST
def deactivate(request: MemberRequest, pk: int) -> HttpResponse:
    _require_coordinator(request)
    closed = _person(pk)
    try:
        actions.deactivate(person=closed, by=request.user)
    except actions.NotOneselfError:
        messages.error(request, _("Das muss jemand anderes aus der Koordination tun."))
    else:
        messages.success(
            request, _("Das Konto von %(name)s ist stillgelegt und überall abgemeldet.") % {"name": closed}
        )
    return redirect("person", pk)


@require_POST
def reactivate(request: MemberRequest, pk: int) -> HttpResponse:
    _require_coordinator(request)
    opened = _person(pk)
    actions.reactivate(person=opened, by=request.user)
    messages.success(request, _("Das Konto von %(name)s ist wieder offen.") % {"name": opened})
    return redirect("person", pk)
