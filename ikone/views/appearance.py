"""How the portal shows itself: language and theme.

These two posts carry no token, which would set a cookie on every page of every visitor. Session cookies are
SameSite, so a post from another site comes without a person, and all that it could change is the look.
"""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from ikone.themes import Theme


@login_not_required
@csrf_exempt
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    response = _back(request)
    wish = request.POST.get("theme", "")
    if wish in Theme.values:
        response.set_cookie(
            settings.THEME_COOKIE_NAME, wish, secure=settings.IS_PRODUCTION, httponly=True, samesite="Lax"
        )
    return response


@login_not_required
@csrf_exempt
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """A person's choice is kept with the account, a visitor's in a cookie."""
    response = _back(request)
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        return response
    if request.user.is_authenticated:
        request.user.language = language
        request.user.save(update_fields=["language"])
    else:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            secure=settings.IS_PRODUCTION,
            httponly=True,
            samesite="Lax",
        )
    return response


def _back(request: HttpRequest) -> HttpResponse:
    """To the page that the choice was made on, if it is one of ours."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = reverse("home")
    return HttpResponseRedirect(target)
