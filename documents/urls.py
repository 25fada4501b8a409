"""Addresses of ordered documents."""

from django.urls import path

from documents import views

app_name = "documents"
urlpatterns = [
    path("<int:pk>/", views.build, name="build"),
    path("<int:pk>/datei/", views.build_file, name="file"),
]
