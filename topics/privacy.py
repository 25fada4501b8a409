"""What the topic map holds of a person: who answers for what a city has promised."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from accounts.models import User
from accounts.privacy import PrivacySource
from accounts.privacy.contacts import clear_contacts, contacts_of
from accounts.privacy.reading import Rows
from topics.models import Leadership

PREFIXES = ("contact", "deputy")


def _export(person: User) -> dict[str, Any]:
    theirs = contacts_of(person, Leadership.objects.all(), *PREFIXES)
    return {"answers_for": Rows(theirs, "topic__name", "city__name", "engagement")}


def _erase(person: User) -> None:
    clear_contacts(person, Leadership.objects.all(), *PREFIXES)
    clear_contacts(person, apps.get_model("topics", "LeadershipEvent").objects.all(), *PREFIXES)


TOPICS = PrivacySource("topics", _export, _erase)
