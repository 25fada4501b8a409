"""Addresses of a person's own account."""

from django.urls import path

from accounts import mail_choice, views
from accounts.privacy import views as privacy

app_name = "accounts"
urlpatterns = [
    path("", views.profile, name="profile"),
    path("mails/", mail_choice.choose_mails, name="mails"),
    path("daten/", privacy.my_data, name="my_data"),
    path("daten/herunterladen/", privacy.export, name="export"),
    path("daten/loeschen/", privacy.delete_account, name="delete"),
    path("personen/<int:pk>/loeschen/", privacy.delete_person, name="delete_person"),
    path("willkommen/", views.welcome, name="welcome"),
    path("sitzungen/<int:pk>/beenden/", views.end_session, name="end_session"),
]
