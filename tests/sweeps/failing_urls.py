"""The portal's addresses and two more, which fail on purpose."""

from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

handler400 = "ikone.views.errors.bad_request"
handler403 = "ikone.views.errors.forbidden"
handler404 = "ikone.views.errors.not_found"
handler500 = "ikone.views.errors.server_error"


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


@login_not_required
def without_database(request: HttpRequest) -> HttpResponse:
    raise OperationalError


urlpatterns = [
    path("kaputt/", broken),
    path("ohne-datenbank/", without_database),
    path("", include("ikone.urls")),
]
