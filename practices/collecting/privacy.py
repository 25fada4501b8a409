"""What collections hold of a person: the own ones, and being named as a reader."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from accounts.models import User
from accounts.privacy import PrivacySource
from accounts.privacy.reading import Rows
from practices.models import Collection, CollectionItem, CollectionReader


def _export(person: User) -> dict[str, Any]:
    items = CollectionItem.objects.filter(collection__owner=person).order_by("collection", "position")
    return {
        "own": Rows(Collection.objects.of(person), "title", "intro", "audience", "created_at"),
        "items": Rows(
            items,
            "collection__title",
            "practice__title",
            "block__title",
            "topic__name",
            "note",
            "added_at",
        ),
        "shared_with_you": Rows(
            CollectionReader.objects.filter(person=person), "collection__title", "collection__owner__name"
        ),
    }


def _erase(person: User) -> None:
    CollectionReader.objects.filter(person=person).delete()
    events = apps.get_model("practices", "CollectionEvent").objects.filter(owner=person.pk)
    keys = set(events.values_list("pgh_obj_id", flat=True))
    Collection.objects.of(person).delete()
    apps.get_model("practices", "CollectionItemEvent").objects.filter(collection__in=keys).delete()
    apps.get_model("practices", "CollectionEvent").objects.filter(pgh_obj__in=keys).delete()


COLLECTIONS = PrivacySource("collections", _export, _erase)
