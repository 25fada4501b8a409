"""Addresses of the adoption ledger."""

from django.urls import URLPattern, path

from practices.adoption.views import (
    adopting,
    answering,
    asking,
    connecting,
    family,
    files,
    given,
    overview,
    record,
)

app_name = "adoption"
urlpatterns: list[URLPattern] = [
    path("praxis/<int:pk>/uebernehmen/", adopting.adopt_practice, name="adopt"),
    path("praxis/<int:pk>/uebernahmen/fragen/", asking.ask_adopters, name="ask_adopters"),
    path("praxis/<int:pk>/familie/", family.family, name="family"),
    path("praxis/einsparungen/", overview.savings, name="savings"),
    path("bausteine/<int:pk>/uebernehmen/", adopting.adopt_block, name="adopt_block"),
    path("staedte/<slug:slug>/uebernommen/", given.given, name="given"),
    path("uebernahmen/", record.own, name="own"),
    path("uebernahmen/bestaetigung/<str:token>/", answering.answer, name="answer"),
    path("uebernahmen/<int:pk>/", record.detail, name="detail"),
    path("uebernahmen/<int:pk>/stand/", adopting.stage, name="stage"),
    path("uebernahmen/<int:pk>/bearbeiten/", record.edit, name="edit"),
    path("uebernahmen/<int:pk>/bestaetigen/", record.confirm, name="confirm"),
    path("uebernahmen/<int:pk>/erneut-fragen/", overview.ask_again, name="ask_again"),
    path("uebernahmen/<int:pk>/zurueckziehen/", record.withdraw, name="withdraw"),
    path("uebernahmen/<int:pk>/eigener-beitrag/", record.write_variant, name="write_variant"),
    path("uebernahmen/<int:pk>/verbunden/", connecting.connect, name="connect"),
    path("uebernahmen/<int:pk>/dateien/", files.files, name="files"),
    path("uebernahmen/<int:pk>/dateien/<int:file>/", files.file, name="file"),
    path("uebernahmen/<int:pk>/dateien/<int:file>/entfernen/", files.remove, name="remove_file"),
    path("koordination/uebernahmen/", overview.ledger, name="ledger"),
]
