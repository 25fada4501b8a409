"""Addresses about which cities take part."""

from django.urls import path

from cities.standing import views

urlpatterns = [
    path("koordination/staedte/", views.city_desk, name="city_desk"),
    path("koordination/staedte/<slug:slug>/", views.standing, name="standing"),
]
