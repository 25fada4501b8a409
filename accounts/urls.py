"""Addresses of a person's own account."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.profile, name="profile"),
    path("willkommen/", views.welcome, name="welcome"),
    path("sitzungen/<int:pk>/beenden/", views.end_session, name="end_session"),
]
