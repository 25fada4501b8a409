"""Addresses of the import; part of the practices app's."""

from django.urls import path

from practices.importing import views

urlpatterns = [
    path("neu/import/", views.start, name="import"),
    path("<int:pk>/import/", views.into, name="import_into"),
    path("<int:pk>/uebrig/", views.unplaced, name="unplaced"),
    path("import/<int:pk>/", views.preview, name="import_preview"),
    path("import/<int:pk>/verwerfen/", views.discard, name="import_discard"),
    path("import/<int:pk>/bild/<int:number>/", views.picture, name="import_picture"),
]
