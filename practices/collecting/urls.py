"""Addresses of collections."""

from django.urls import path

from practices.views import collecting, remembering, sharing

app_name = "collections"
urlpatterns = [
    path("", collecting.own, name="own"),
    path("neu/", collecting.begin, name="new"),
    path("merken/", remembering.remember, name="keep"),
    path("<int:pk>/", collecting.detail, name="detail"),
    path("<int:pk>/bearbeiten/", collecting.edit, name="edit"),
    path("<int:pk>/loeschen/", collecting.delete, name="delete"),
    path("<int:pk>/teilen/", sharing.sharing, name="sharing"),
    path("<int:pk>/teilen/person/", sharing.name_reader, name="name_reader"),
    path("<int:pk>/teilen/person/<int:reader>/entfernen/", sharing.forget_reader, name="forget_reader"),
    path("<int:pk>/eintrag/<int:item>/", collecting.note, name="note"),
    path("<int:pk>/eintrag/<int:item>/verschieben/", collecting.move, name="move"),
    path("<int:pk>/eintrag/<int:item>/entfernen/", collecting.take_out, name="take_out"),
    path("<int:pk>/mappe/", collecting.folder, name="folder"),
    path("<int:pk>/tabelle.xlsx", collecting.spreadsheet, name="table"),
]
