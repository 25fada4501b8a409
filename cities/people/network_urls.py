"""Addresses about people that stand below no city."""

from django.urls import path

from cities.people import acceptance, coordination

urlpatterns = [
    path("einladung/<str:token>/", acceptance.invitation, name="invitation"),
    path("koordination/personen/", coordination.people, name="coordinators"),
    path("koordination/personen/einladen/", coordination.invite, name="invite_coordinator"),
    path(
        "koordination/personen/einladungen/<int:pk>/erneut/",
        coordination.invite_again,
        name="invite_coordinator_again",
    ),
    path(
        "koordination/personen/einladungen/<int:pk>/zurueckziehen/",
        coordination.revoke,
        name="revoke_coordinator_invitation",
    ),
    path("koordination/personen/<int:pk>/entfernen/", coordination.remove, name="remove_coordinator"),
]
