"""Middleware about the person who asks."""

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

Handler = Callable[[HttpRequest], HttpResponse]


class SessionLifetimeMiddleware:
    """Ends a session after idle time (the cookie's age, prolonged by use) and at the latest after a day's work."""

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
    """Sends coordinators who have no second factor yet to its set-up; nothing else opens before."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)
