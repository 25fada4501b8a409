"""Addresses of the history."""

from django.urls import URLPattern, path

from practices.history import views

urlpatterns: list[URLPattern] = [
    path("<int:pk>/verlauf/", views.versions, name="history"),
    path("<int:pk>/verlauf/vergleich/", views.compare, name="history_compare"),
    path("<int:pk>/verlauf/<int:number>/wiederherstellen/", views.restore, name="history_restore"),
]
