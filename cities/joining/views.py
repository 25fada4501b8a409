"""„Mitmachen“: from the register to a confirmed wish, and the page on which the coordination answers it."""

from __future__ import annotations

from contextlib import suppress

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import MemberRequest
from cities.enums import NetworkStatus
from cities.facts import facts_of
from cities.forms import AdmissionForm, RegisterSearchForm
from cities.joining import actions
from cities.joining.forms import DeclineForm, JoinForm
from cities.models import City, JoinRequest
from cities.permissions import can_admit
from ui.desk import back_to_desk

MOST_HITS = 20
# For all processes together: by the sender's address, and by the address that would get the mails.
RATES = {"join": "20/h/ip,3/d/key"}
TOO_MANY = gettext_lazy(
    "Von hier kamen in kurzer Zeit zu viele Anfragen. Bitte versuchen Sie es später noch einmal."
)
TOO_LATE = gettext_lazy("Diese Anfrage ist inzwischen beantwortet.")


@login_not_required
@require_safe
def choose_city(request: HttpRequest) -> HttpResponse:
    """Find one's municipality in the register."""
    form = RegisterSearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    hits = list(City.objects.in_register().matching_name(text)[: MOST_HITS + 1]) if text else []
    return render(
        request,
        "cities/joining/choose.html",
        {"form": form, "text": text, "hits": hits[:MOST_HITS], "has_more": len(hits) > MOST_HITS},
    )


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, ags: str) -> HttpResponse:
    """Who asks for this city."""
    city = get_object_or_404(City.objects.in_register(), ags=ags)
    if city.is_in_network:
        return render(request, "cities/joining/already.html", {"city": city})
    form = JoinForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if form.is_from_a_program:  # which is not told so
            return redirect("join_sent")
        if not ratelimit.consume(
            request, app="cities", action="join", config=RATES, key=data["email"].lower()
        ):
            form.add_error(None, TOO_MANY)
        else:
            actions.ask(
                city=city,
                language=get_language() or "de",
                **{name: data[name] for name in ("name", "office", "email", "message")},
            )
            return redirect("join_sent")
    context = {"form": form, "city": city, "facts": facts_of(city)}
    return render(request, "cities/joining/join.html", context, status=422 if form.errors else 200)


@login_not_required
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """The same for everybody: whether an address is known here does not show."""
    return render(request, "cities/joining/sent.html", {"days": actions.LINK_DAYS})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponseBase:
    """The page behind the link of the mail; only its button writes."""
    wish = actions.wish_of(token)
    if wish is None:
        return render(request, "cities/joining/expired.html", status=404)
    if request.method == "POST":
        with suppress(actions.NoLongerValidError):  # the page says so
            actions.confirm(token=token)
        return redirect("join_confirm", token)
    return render(request, "cities/joining/confirm.html", {"wish": wish})


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: MemberRequest, pk: int) -> HttpResponseBase:
    """The coordination admits the city and invites who asked, or declines with a reason."""
    if not can_admit(request.user):
        raise PermissionDenied
    wish = get_object_or_404(
        JoinRequest.objects.exclude(confirmed_at=None).select_related("city", "decided_by"), pk=pk
    )
    deed = request.POST.get("deed")
    declines = deed == "decline"
    is_sent = request.method == "POST"
    admission = AdmissionForm(
        request.POST if is_sent and not declines else None,  # an unknown button loses nothing either
        initial={"status": NetworkStatus.MEMBER},
        prefix="aufnahme",
    )
    decline = DeclineForm(request.POST if is_sent and deed != "admit" else None, prefix="absage")
    form = decline if declines else admission
    if deed in {"admit", "decline"} and form.is_valid():
        return _answered(request, wish, declines, form)
    return render(
        request,
        "cities/joining/answer.html",
        {
            "wish": wish,
            "city": wish.city,
            "facts": facts_of(wish.city),
            "admission": admission,
            "decline": decline,
        },
        status=422 if is_sent else 200,
    )


def _answered(
    request: MemberRequest, wish: JoinRequest, declines: bool, form: DeclineForm | AdmissionForm
) -> HttpResponse:
    data = form.cleaned_data
    said = {"email": wish.email, "city": wish.city.name}
    try:
        if declines:
            actions.decline(wish=wish, remark=data["remark"], by=request.user)
            messages.success(request, _("Abgelehnt. %(email)s bekommt die Begründung per Mail.") % said)
        else:
            actions.admit(
                wish=wish,
                status=NetworkStatus(data["status"]),
                joined_on=data["joined_on"],
                by=request.user,
            )
            messages.success(
                request, _("%(city)s ist im Netzwerk. Die Einladung an %(email)s ist unterwegs.") % said
            )
    except actions.NoLongerValidError:
        messages.warning(request, TOO_LATE)
    return back_to_desk(request)
