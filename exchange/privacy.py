"""What requests hold of a person."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from accounts.models import User
from accounts.privacy import PrivacySource
from accounts.privacy.contacts import clear_contacts, contacts_of
from accounts.privacy.reading import Rows
from exchange.models import Answer, Request


def _export(person: User) -> dict[str, Any]:
    return {
        "asked": Rows(
            Request.objects.filter(asked_by=person),
            *("title", "text", "city__name", "topic__name", "state", "created_at"),
        ),
        "last_changed_by_you": Rows(
            Request.objects.filter(updated_by=person), "title", "city__name", "updated_at"
        ),
        "contact_of": Rows(contacts_of(person, Request.objects.all(), "contact"), "title", "city__name"),
        "answers": Rows(
            Answer.objects.filter(author=person),
            *("request__title", "city__name", "text", "helped", "created_at"),
        ),
    }


def _erase(person: User) -> None:
    clear_contacts(person, Request.objects.all(), "contact")
    clear_contacts(person, apps.get_model("exchange", "RequestEvent").objects.all(), "contact")


REQUESTS = PrivacySource("requests", _export, _erase)
