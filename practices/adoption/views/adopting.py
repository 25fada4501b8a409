"""„Übernehmen“: the first entry in under a minute, and the stages that follow."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.requests import MemberRequest
from cities.models import City
from cities.permissions import is_coordinator, roles_of
from practices.adoption import actions
from practices.adoption.counting import of
from practices.adoption.enums import AskedAs
from practices.adoption.forms import (
    EARLIER_AS_WELL,
    REASON,
    TOO_EARLY,
    WAS_IN_USE,
    AdoptForm,
    StageForm,
    StandingForm,
    said,
)
from practices.adoption.permissions import (
    acts_for_another,
    can_confirm,
    can_confirm_for,
    confirming_city_ids,
    makers_of,
)
from practices.adoption.reading import Subject, subject_of
from practices.adoption.views.access import editable_adoption
from practices.enums import Status, Visibility
from practices.models import Adoption, BuildingBlock, Practice
from practices.permissions import can_see_city

CONFIRM = "confirm"


@require_http_methods(["GET", "HEAD", "POST"])
def adopt_practice(request: MemberRequest, pk: int) -> HttpResponseBase:
    practices = Practice.objects.visible_to(request.user).with_partner_ids()
    practices = practices.select_related("city", "created_by")
    return _adopt(request, get_object_or_404(practices, pk=pk))


@require_http_methods(["GET", "HEAD", "POST"])
def adopt_block(request: MemberRequest, pk: int) -> HttpResponseBase:
    blocks = BuildingBlock.objects.visible_to(request.user).select_related("city", "created_by")
    return _adopt(request, get_object_or_404(blocks, pk=pk))


def _adopt(request: MemberRequest, thing: Practice | BuildingBlock) -> HttpResponseBase:
    is_open = thing.status == Status.PUBLISHED
    if not acts_for_another(request.user, thing):
        return _nothing_to_adopt(request, thing)
    if not is_open and request.method != "POST":
        messages.warning(
            request, _("Das ist nicht mehr veröffentlicht und kann nicht neu übernommen werden.")
        )
        return redirect(thing)
    entered = Adoption.objects.of_own_cities(request.user).filter(**of(thing)).select_related("city")
    rows = list(entered.order_by("pk"))
    own = [adoption for adoption in rows if adoption.withdrawn_at is None]
    withdrawn = [adoption for adoption in rows if adoption.withdrawn_at is not None]
    known = own[0] if own else None
    if known and request.method != "POST" and _has_entered_all(request.user, thing, own):
        messages.info(request, _("Ihre Stadt hat das schon eingetragen. Hier ändern Sie den Stand."))
        return redirect(known)
    sent = request.POST if request.method == "POST" else None
    form = AdoptForm(sent, user=request.user, thing=thing, withdrawn=withdrawn)
    if request.method == "POST" and form.is_valid() and (adoption := _enter(request, form, thing)):
        return redirect(adoption)
    context = {
        "form": form,
        "subject": _shown(thing, request),
        "known": known,
        "resumed": [(adoption, said(adoption.stage, adoption.since)) for adoption in form.resumed],
        "may_confirm": bool(confirming_city_ids(request.user)),
        "for_another": request.user.is_coordinator,
        "is_anonymous": isinstance(thing, Practice) and thing.visibility == Visibility.ANONYMOUS,
    }
    return render(request, "practices/adoption/adopt.html", context, status=422 if form.errors else 200)


def _nothing_to_adopt(request: MemberRequest, thing: Practice | BuildingBlock) -> HttpResponse:
    """Refused, with the way back to what one's own city has made."""
    if not roles_of(request.user):
        raise PermissionDenied
    back = _("Zurück zum Beitrag") if isinstance(thing, Practice) else _("Zurück zum Baustein")
    context = {"subject": _shown(thing, request), "back": back}
    return render(request, "practices/adoption/made_here.html", context, status=403)


def _has_entered_all(user: User, thing: Practice | BuildingBlock, own: list[Adoption]) -> bool:
    """Whether no city is left for which this person could enter it; the coordination enters for any."""
    cities = set(roles_of(user)) - makers_of(thing)
    return not is_coordinator(user) and cities <= {adoption.city_id for adoption in own}


def _enter(request: MemberRequest, form: AdoptForm, thing: Practice | BuildingBlock) -> Adoption | None:
    """None where it cannot be; the form then says why and keeps what was typed."""
    try:
        with transaction.atomic():
            adoption = actions.adopt(
                subject=thing,
                city=form.city,
                standing=form.standing,
                by=request.user,
                confirms=_confirms(request, form.city.pk),
            )
            _confirm_as_well(request, adoption)
    except actions.NotOpenError:
        form.add_error(
            None,
            _("Der Beitrag ist inzwischen nicht mehr veröffentlicht und kann nicht neu übernommen werden."),
        )
    except actions.OwnThingError:
        form.add_error(
            "city" if "city" in form.fields else None,
            _("Das hat diese Stadt selbst gemacht, allein oder mit anderen."),
        )
    except actions.AlreadyAdoptedError as error:
        form.add_error(None, _already(error.adoption, form.city))
    except (actions.WrongOrderError, actions.WasInUseError, actions.ReasonMissingError) as error:
        _explain(form, error)
    else:
        return adoption
    return None


def _already(known: Adoption, city: City) -> str:
    message = _("%(city)s hat das schon eingetragen: %(stage)s seit %(since)s. Ändern Sie dort den Stand.")
    return message % {"city": city, **said(known.stage, known.since)}


@require_http_methods(["GET", "HEAD", "POST"])
def stage(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Where the city is by now."""
    adoption = editable_adoption(request.user, pk)
    if adoption.withdrawn_at:
        messages.warning(request, _("Diese Übernahme ist zurückgezogen."))
        return redirect(adoption)
    form = StageForm(request.POST if request.method == "POST" else None, adoption=adoption)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                adoption = actions.move(
                    adoption=adoption,
                    standing=form.standing,
                    earlier=form.cleaned_data.get("earlier", ""),
                    by=request.user,
                    confirms=_confirms(request, adoption.city_id),
                )
                _confirm_as_well(request, adoption)
        except (actions.WrongOrderError, actions.WasInUseError, actions.ReasonMissingError) as error:
            _explain(form, error)
        except actions.WithdrawnError:
            form.add_error(None, _("Diese Übernahme wurde inzwischen zurückgezogen."))
        except actions.ChangedMeanwhileError:
            adoption = editable_adoption(request.user, pk)
            form = StageForm(request.POST, adoption=adoption)  # tells what stands there now
        else:
            return redirect(adoption)
    context = {
        "form": form,
        "adoption": adoption,
        "subject": subject_of(adoption, request.user),
        "may_confirm": can_confirm(request.user, adoption),
    }
    return render(request, "practices/adoption/stage.html", context, status=422 if form.errors else 200)


def _confirms(request: MemberRequest, city_id: int) -> bool:
    return request.POST.get("do") == CONFIRM and can_confirm_for(request.user, city_id)


def _confirm_as_well(request: MemberRequest, adoption: Adoption) -> None:
    """Whoever may confirm can do it with the same button."""
    if _confirms(request, adoption.city_id):
        actions.confirm(adoption=adoption, by=request.user)
        messages.success(request, _("Gespeichert und bestätigt."))
    elif adoption.asks.filter(closed_at=None, asked_as=AskedAs.CITY).exists():
        message = _("Gespeichert. Leitung und Verwaltung von %(city)s sind gebeten, es zu bestätigen.")
        messages.success(request, message % {"city": adoption.city})
    elif adoption.is_running:
        messages.success(request, _("Gespeichert. Bis es bestätigt ist, zählt es nirgends mit."))
    else:
        messages.success(request, _("Gespeichert. Bestätigt ist es noch nicht."))


def _explain(form: StandingForm, error: Exception) -> None:
    if isinstance(error, actions.ReasonMissingError):
        form.add_error("remark", str(REASON))
    elif isinstance(error, actions.WasInUseError):
        form.add_error("stage", str(WAS_IN_USE))
    elif isinstance(error, actions.WrongOrderError):
        message = TOO_EARLY % said(error.stage, error.since)
        if isinstance(form, StageForm):
            form.offer_earlier()
            message = message if error.is_earlier else f"{message} {EARLIER_AS_WELL}"
        form.add_error("earlier" if error.is_earlier else "since", message)


def _shown(thing: Practice | BuildingBlock, request: MemberRequest) -> Subject:
    shows_city = isinstance(thing, BuildingBlock) or can_see_city(request.user, thing)
    city = thing.city.name if shows_city else _("eine Stadt im Netzwerk")
    what = _("Beitrag") if isinstance(thing, Practice) else _("Baustein")
    return Subject(thing.title, thing.get_absolute_url(), city, what)
