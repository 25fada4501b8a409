"""What the topic map holds of a person: who answers for what a city has promised or put online."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from accounts.models import User
from accounts.privacy import PrivacySource
from accounts.privacy.contacts import clear_contacts, contacts_of
from accounts.privacy.reading import Rows
from topics.models import Leadership, ServiceProgress

PREFIXES = ("contact", "deputy")


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


TOPICS = PrivacySource("topics", _export, _erase)
