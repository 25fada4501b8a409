"""Addresses of the notifications app."""

from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("postausgang/", views.outbox, name="outbox"),
]
