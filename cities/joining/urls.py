"""Addresses of „Mitmachen“."""

from django.urls import path

from cities.joining import views

urlpatterns = [
    path("mitmachen/", views.choose_city, name="join_choose"),
    path("mitmachen/gesendet/", views.sent, name="join_sent"),
    path("mitmachen/bestaetigen/<str:token>/", views.confirm, name="join_confirm"),
    path("mitmachen/<slug:ags>/", views.join, name="join"),
    path("koordination/beitritt/<int:pk>/", views.answer, name="join_request"),
]
