"""Addresses of the topics app. Words of the map's own pages are reserved (`topics.models.RESERVED_SLUGS`)."""

from django.urls import URLPattern, URLResolver, include, path

from topics.views import changes, curation, leaderships, public, reshaping
from topics.views.former import follows

app_name = "topics"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", public.topic_map, name="list"),
    path("ozg/", include("topics.ozg.urls")),
    path("bearbeiten/", curation.working_tree, name="curate"),
    path("bearbeiten/verlauf/", changes.history, name="changes"),
    path("bearbeiten/verlauf/<int:pk>/rueckgaengig/", reshaping.undo, name="undo"),
    path("federfuehrung/", leaderships.look_after, name="look_after"),
    path("neu/", curation.create, name="create"),
    path("<slug:slug>/", follows(public.topic_page), name="detail"),
    path("<slug:slug>/bearbeiten/", follows(curation.edit), name="edit"),
    path("<slug:slug>/kurz-gesagt/", follows(leaderships.nutshell), name="nutshell"),
    path("<slug:slug>/zusammenfuehren/", follows(reshaping.merge), name="merge"),
    path("<slug:slug>/aufteilen/", follows(reshaping.split), name="split"),
    path("<slug:slug>/stilllegen/", follows(reshaping.retire), name="retire"),
    path("<slug:slug>/loeschen/", follows(curation.delete), name="delete"),
    path("<slug:slug>/staedte/", follows(public.engaged_cities), name="engaged"),
    path("<slug:slug>/staedte/neu/", follows(leaderships.engage), name="engage"),
    path("<slug:slug>/staedte/<int:pk>/", follows(leaderships.edit), name="leadership"),
    path("<slug:slug>/staedte/<int:pk>/uebergeben/", follows(leaderships.pass_on), name="hand_over"),
    path("<slug:slug>/staedte/<int:pk>/stimmt-noch/", follows(leaderships.confirm), name="confirm"),
    path("<slug:slug>/staedte/<int:pk>/entfernen/", follows(leaderships.remove), name="remove"),
]
