"""Addresses about the people of a city; below the city's own address, in the namespace `cities`."""

from django.urls import path

from cities.people import views

urlpatterns = [
    path("", views.people, name="people"),
    path("einladen/", views.invite, name="invite"),
    path("einladungen/<int:pk>/erneut/", views.invite_again, name="invite_again"),
    path("einladungen/<int:pk>/zurueckziehen/", views.revoke, name="revoke_invitation"),
    path("<int:pk>/rolle/", views.change_role, name="change_role"),
    path("<int:pk>/entfernen/", views.remove, name="remove_member"),
]
