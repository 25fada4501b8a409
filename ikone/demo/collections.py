"""Collections of the demo's accounts."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from accounts.models import User
from ikone.demo import files
from practices.collecting import actions
from practices.models import Collection, Practice
from practices.models.collecting import Audience
from topics.models import Topic


def load() -> int:
    """Those that never were there and whose owner is; what was removed meanwhile is left out."""
    rows = files.read("collections")["collection"]
    known = set(apps.get_model("practices", "CollectionEvent").objects.values_list("title", flat=True))
    owners = {
        person.email: person for person in User.objects.filter(email__in=[row["account"] for row in rows])
    }
    new = [row for row in rows if row["title"] not in known and row["account"] in owners]
    for row in new:
        _create(row, owners[row["account"]])
    return len(new)


def _create(row: dict[str, Any], owner: User) -> Collection:
    collection = actions.begin(title=row["title"], intro=row["intro"], by=owner)
    for item in row["items"]:
        thing = _thing(item)
        if thing:
            actions.keep(thing=thing, collection=collection, note=item.get("note", ""), by=owner)
    actions.share(collection=collection, audience=Audience(row["audience"]), by=owner)
    return collection


def _thing(item: dict[str, str]) -> actions.Thing | None:
    if "topic" in item:
        return Topic.objects.filter(slug=item["topic"]).first()
    return Practice.objects.filter(external_id=f"demo:{item['practice']}").first()
