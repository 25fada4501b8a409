"""Middleware about the person who asks."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.permissions import has_second_factor, needs_second_factor
from accounts.resending import resend_page

Handler = Callable[[HttpRequest], HttpResponse]


class SessionLifetimeMiddleware:
    """Ends sessions: after idle time in the database (use prolongs it), and at the latest after a day's work.

    Activity is written down at most every SESSION_ACTIVITY_STEP seconds, so reading a page writes nothing.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and "_auth_user_id" in request.session:
            now = int(time.time())
            begun = request.session.get("begun_at")
            if begun is None:
                request.session["begun_at"] = request.session["active_at"] = now
            elif now - begun > settings.SESSION_ABSOLUTE_AGE:
                request.session.flush()
            elif now - request.session.get("active_at", 0) > settings.SESSION_ACTIVITY_STEP:
                request.session["active_at"] = now
        return self.get_response(request)


class TellingLoginRequiredMiddleware(LoginRequiredMiddleware):
    """Gives somebody who sent a form their text back before they log in; a script that asks gets 401."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> HttpResponse:  # type: ignore[override]
        if request.headers.get("X-Requested-With") == "fetch":
            return HttpResponse(status=401)
        if request.method == "POST":
            if page := resend_page(request, is_back=False):
                return page
            messages.warning(request, _("Ihre Sitzung ist abgelaufen. Bitte melden Sie sich noch einmal an."))
        return super().handle_no_permission(request, view_func)


class UserLanguageMiddleware:
    """Shows the portal in the person's language, else in the one chosen in the footer, else in German."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        if request.session.get("_auth_user_id") and request.user.is_authenticated:
            language = request.user.language
        if language not in dict(settings.LANGUAGES):
            language = settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class SecondFactorMiddleware:
    """Sends those who need a second factor and have none to its set-up.

    Until then they see public pages as any visitor does: public lists would otherwise show them what the
    network shares. That a factor exists is asked once a session.
    """

    set_up = frozenset(
        {
            "account_login",
            "account_logout",
            "account_reauthenticate",
            "account_set_password",
            "accounts:welcome",
            "mfa_activate_totp",
            "mfa_add_webauthn",
            "mfa_index",
        }
    )

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if "_auth_user_id" not in request.session or not needs_second_factor(request.user):
            return None
        if request.session.get("has_second_factor"):
            return None
        if request.user.is_authenticated and has_second_factor(request.user):
            request.session["has_second_factor"] = True
            return None
        if request.resolver_match and request.resolver_match.view_name in self.set_up:
            return None
        if not getattr(view, "login_required", True):
            request.user = AnonymousUser()
            return None
        messages.warning(
            request, _("Richten Sie zuerst einen zweiten Faktor ein; die Koordination braucht ihn.")
        )
        return redirect("mfa_index")
