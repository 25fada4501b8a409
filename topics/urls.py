"""Addresses of the topics app. Words of the map's own pages are reserved (`topics.models.RESERVED_SLUGS`)."""

from django.urls import URLPattern, URLResolver, include, path

from topics.views import curation, leaderships, public

app_name = "topics"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", public.topic_map, name="list"),
    path("ozg/", include("topics.ozg.urls")),
    path("bearbeiten/", curation.working_tree, name="curate"),
    path("neu/", curation.create, name="create"),
    path("<slug:slug>/", public.topic_page, name="detail"),
    path("<slug:slug>/bearbeiten/", curation.edit, name="edit"),
    path("<slug:slug>/loeschen/", curation.delete, name="delete"),
    path("<slug:slug>/staedte/", public.engaged_cities, name="engaged"),
    path("<slug:slug>/staedte/neu/", leaderships.engage, name="engage"),
    path("<slug:slug>/staedte/<int:pk>/", leaderships.edit, name="leadership"),
    path("<slug:slug>/staedte/<int:pk>/stimmt-noch/", leaderships.confirm, name="confirm"),
    path("<slug:slug>/staedte/<int:pk>/entfernen/", leaderships.remove, name="remove"),
]
