"""All addresses: the portal's own and those of its apps."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("praxis/", include("practices.urls")),
    path("themen/", include("topics.urls")),
    path("staedte/", include("cities.urls")),
    path("konto/", include("accounts.urls")),
    path("konto/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("", include("notifications.urls")),
]
