"""What the topic map holds of a person: who answers for what a city has promised or put online."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Q

from accounts.models import User
from accounts.privacy import PrivacySource
from accounts.privacy.contacts import clear_contacts, contacts_of
from accounts.privacy.reading import Rows
from topics.models import Leadership, Reshaping, ServiceProgress

PREFIXES = ("contact", "deputy")
PARTS_OF_CITIES = Leadership._meta.label


def _export(person: User) -> dict[str, Any]:
    theirs = contacts_of(person, Leadership.objects.all(), *PREFIXES)
    asked = ServiceProgress.objects.filter(email__iexact=person.email)
    return {
        "answers_for": Rows(theirs, "topic__name", "city__name", "engagement"),
        "asked_about": Rows(asked, "service__name", "city__name"),
    }


def _erase(person: User) -> None:
    clear_contacts(person, Leadership.objects.all(), *PREFIXES)
    clear_contacts(person, apps.get_model("topics", "LeadershipEvent").objects.all(), *PREFIXES)
    models: list[Any] = [ServiceProgress, apps.get_model("topics", "ServiceProgressEvent")]
    for model in models:
        theirs = model.objects.filter(email__iexact=person.email)
        theirs.filter(office__iexact=person.name).update(office="")
        theirs.update(email="")
    for reshaping in Reshaping.objects.filter(
        Q(dropped__has_key=PARTS_OF_CITIES) | Q(changed__has_key=PARTS_OF_CITIES)
    ):
        for kept in (reshaping.dropped, reshaping.changed):
            for row in kept.get(PARTS_OF_CITIES, []):
                _clear(person, row)
        reshaping.save(update_fields=["dropped", "changed"])


def _clear(person: User, row: dict[str, Any]) -> None:
    """What a merge put aside of a city's entry."""
    theirs = {value.lower() for value in (person.name, person.email, person.phone) if value}
    for name in row:
        if name.startswith(PREFIXES):
            if name.endswith("_user_id"):
                row[name] = None if row[name] == person.pk else row[name]
            elif str(row[name]).lower() in theirs:
                row[name] = ""


TOPICS = PrivacySource("topics", _export, _erase)
