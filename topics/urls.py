"""Addresses of the topics app."""

from django.urls import URLPattern

app_name = "topics"
urlpatterns: list[URLPattern] = []
