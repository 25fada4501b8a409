"""Addresses of the cities app."""

from django.urls import include, path

app_name = "cities"
urlpatterns = [
    path("<slug:slug>/personen/", include("cities.people.urls")),
]
