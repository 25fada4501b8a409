"""Addresses of a person's own account."""

from django.urls import path

from accounts import mail_choice, views

app_name = "accounts"
urlpatterns = [
    path("", views.profile, name="profile"),
    path("mails/", mail_choice.choose_mails, name="mails"),
    path("willkommen/", views.welcome, name="welcome"),
    path("sitzungen/<int:pk>/beenden/", views.end_session, name="end_session"),
]
