"""Addresses about people that stand below no city."""

from django.urls import path

from cities.people import acceptance, bulk_views, coordination, directory, invitations

urlpatterns = [
    path("einladung/<str:token>/", acceptance.invitation, name="invitation"),
    path("koordination/personen/", directory.people, name="people"),
    path("koordination/personen/<int:pk>/", directory.person, name="person"),
    path("koordination/personen/<int:pk>/stilllegen/", directory.deactivate, name="deactivate_person"),
    path("koordination/personen/<int:pk>/oeffnen/", directory.reactivate, name="reactivate_person"),
    path("koordination/einladungen/", invitations.invitations, name="invitations"),
    path("koordination/einladungen/viele/", bulk_views.invite_many, name="invite_many"),
    path("koordination/einladungen/<int:pk>/erneut/", invitations.send_again, name="send_invitation_again"),
    path(
        "koordination/einladungen/<int:pk>/zurueckziehen/",
        invitations.withdraw_one,
        name="withdraw_invitation",
    ),
    path("koordination/personen/koordination/", coordination.people, name="coordinators"),
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
