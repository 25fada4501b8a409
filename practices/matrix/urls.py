"""Addresses of the matrix; `matrix` is reserved among the topics' own."""

from django.urls import URLPattern, path

from practices.matrix import views

app_name = "matrix"
urlpatterns: list[URLPattern] = [
    path("", views.matrix, name="matrix"),
    path("tabelle.xlsx", views.sheet, name="sheet"),
    path("<slug:topic>/<slug:city>/", views.cell, name="cell"),
]
