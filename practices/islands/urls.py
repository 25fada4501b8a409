"""Addresses of what is done with resembling write-ups."""

from django.urls import path

from practices.islands import views

app_name = "islands"
urlpatterns = [
    path("<int:pk>/zusammenbringen/", views.join, name="join"),
    path("<int:pk>/kein-doppel/", views.refuse, name="dismiss"),
    path("<int:pk>/wieder-oeffnen/", views.open_again, name="reopen"),
]
