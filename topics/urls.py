"""Addresses of the topics app. Words of the map's own pages are reserved (`topics.models.RESERVED_SLUGS`)."""

from django.urls import URLPattern, URLResolver, include, path

from topics.views import changes, curation, leaderships, public, reshaping

app_name = "topics"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", public.topic_map, name="list"),
    path("ozg/", include("topics.ozg.urls")),
    path("bearbeiten/", curation.working_tree, name="curate"),
    path("bearbeiten/verlauf/", changes.history, name="changes"),
    path("bearbeiten/verlauf/<int:pk>/rueckgaengig/", reshaping.undo, name="undo"),
    path("federfuehrung/", leaderships.look_after, name="look_after"),
    path("neu/", curation.create, name="create"),
    path("<slug:slug>/", public.topic_page, name="detail"),
    path("<slug:slug>/bearbeiten/", curation.edit, name="edit"),
    path("<slug:slug>/kurz-gesagt/", leaderships.nutshell, name="nutshell"),
    path("<slug:slug>/zusammenfuehren/", reshaping.merge, name="merge"),
    path("<slug:slug>/aufteilen/", reshaping.split, name="split"),
    path("<slug:slug>/stilllegen/", reshaping.retire, name="retire"),
    path("<slug:slug>/loeschen/", curation.delete, name="delete"),
    path("<slug:slug>/staedte/", public.engaged_cities, name="engaged"),
    path("<slug:slug>/staedte/neu/", leaderships.engage, name="engage"),
    path("<slug:slug>/staedte/<int:pk>/", leaderships.edit, name="leadership"),
    path("<slug:slug>/staedte/<int:pk>/uebergeben/", leaderships.pass_on, name="hand_over"),
    path("<slug:slug>/staedte/<int:pk>/stimmt-noch/", leaderships.confirm, name="confirm"),
    path("<slug:slug>/staedte/<int:pk>/entfernen/", leaderships.remove, name="remove"),
]
