"""Addresses of a write-up's files; part of the practices app's own."""

from django.urls import path

from practices.files import views

urlpatterns = [
    path("<int:pk>/dateien/", views.files, name="files"),
    path("<int:pk>/dateien/<int:attachment>/", views.file, name="file"),
    path("<int:pk>/dateien/<int:attachment>/beschreiben/", views.describe, name="describe_file"),
    path("<int:pk>/dateien/<int:attachment>/entfernen/", views.remove, name="remove_file"),
    path("<int:pk>/bilder/<int:attachment>/", views.picture, name="picture"),
]
