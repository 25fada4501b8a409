"""Addresses of building blocks."""

from django.urls import URLPattern, path

from practices.blocks.views import public, using, writing

app_name = "blocks"
urlpatterns: list[URLPattern] = [
    path("", public.block_list, name="list"),
    path("neu/", writing.new, name="new"),
    path("meine/", writing.own, name="own"),
    path("vorschlaege/", using.suggest, name="suggest"),
    path("<int:pk>/", public.detail, name="short"),
    path("<int:pk>/bearbeiten/", writing.edit, name="edit"),
    path("<int:pk>/fassungen/neu/", writing.new_version, name="new_version"),
    path("<int:pk>/fassungen/<int:version>/", writing.contents, name="contents"),
    path("<int:pk>/dateien/<int:part>/", public.part, name="part"),
    path("<int:pk>/dateien/<int:part>/entfernen/", writing.remove_part, name="remove_part"),
    path("<int:pk>/veroeffentlichen/", writing.publish, name="publish"),
    path("<int:pk>/ausser-dienst/", writing.retire, name="retire"),
    path("<int:pk>/loeschen/", writing.delete, name="delete"),
    path("<int:pk>-<slug:slug>/", public.detail, name="detail"),
]
# Within a write-up's own addresses.
of_practice: list[URLPattern] = [
    path("<int:pk>/bausteine/", using.of_practice, name="blocks"),
    path("<int:pk>/bausteine/<int:block>/entfernen/", using.stop_using, name="stop_using_block"),
]
