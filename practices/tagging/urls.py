"""Addresses of the tags' working pages."""

from django.urls import path

from practices.tagging import views

app_name = "tags"
urlpatterns = [
    path("", views.tags, name="list"),
    path("zusammenfuehren/", views.merge, name="merge"),
    path("verlauf/", views.changes, name="changes"),
    path("verlauf/<int:pk>/", views.change, name="change"),
    path("verlauf/<int:pk>/zuruecknehmen/", views.undo, name="undo"),
    path("<int:pk>/", views.tag, name="tag"),
]
