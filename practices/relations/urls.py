"""Addresses of relations between write-ups."""

from django.urls import URLPattern, path

from practices.relations import views

urlpatterns: list[URLPattern] = [
    path("<int:pk>/beziehungen/", views.relations, name="relations"),
    path("<int:pk>/ersetzen/", views.replace, name="replace"),
]
