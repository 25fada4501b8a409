"""Addresses of the OZG, below those of the topic map."""

from django.urls import URLPattern, path

from topics.ozg.views import catalogue, entering, public, sheets

urlpatterns: list[URLPattern] = [
    path("", public.board, name="ozg_board"),
    path("katalog/", catalogue.import_page, name="ozg_import"),
    path("<int:pk>/", public.service_page, name="ozg_service"),
    path("stadt/<slug:slug>/", public.city_page, name="ozg_city"),
    path("stadt/<slug:slug>/eintragen/", entering.grid, name="ozg_grid"),
    path("stadt/<slug:slug>/tabelle/", sheets.upload, name="ozg_upload"),
    path("stadt/<slug:slug>/tabelle/herunterladen/", sheets.download, name="ozg_download"),
]
