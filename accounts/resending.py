"""A form that was sent when nobody was logged in any more: what was typed goes back to the browser.

Nothing of it is stored. The page carries the values and sends them again, without a script, once the person
has logged in in a second window.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

MOST_CHARACTERS = 1_000_000
WORTH_SHOWING = 30  # characters: what one would not like to type again
SECRET = ("password", "code", "credential")
PASSING = {"csrfmiddlewaretoken"}


def resend_page(request: HttpRequest, *, is_back: bool) -> HttpResponse | None:
    """The page, or None where there is nothing to keep or nothing that may be shown.

    `is_back` says that somebody is logged in again and only has to send once more.
    """
    values = _values(request)
    if not values or not _is_ours(request):
        return None
    context = {
        "is_back": is_back,
        "values": values,
        "texts": [text for _name, text in values if len(text) > WORTH_SHOWING],
        "has_files": bool(request.FILES),
        "address": request.get_full_path(),
    }
    response = render(request, "accounts/resend.html", context, status=403 if is_back else 401)
    response["Cache-Control"] = "no-store"
    return response


def _is_ours(request: HttpRequest) -> bool:
    """Whether a page of the portal has sent the form: another one must not prepare what a person confirms."""
    origin = request.headers.get("Origin")
    is_own = origin is None or origin in {f"{request.scheme}://{request.get_host()}", settings.BASE_URL}
    return is_own and settings.CSRF_COOKIE_NAME in request.COOKIES


def _values(request: HttpRequest) -> list[tuple[str, str]]:
    sent = [
        (name, text)
        for name, texts in request.POST.lists()
        for text in texts
        if name not in PASSING and isinstance(text, str)
    ]
    if any(part in name for name, _text in sent for part in SECRET):
        return []
    return sent if 0 < sum(len(text) for _name, text in sent) <= MOST_CHARACTERS else []
