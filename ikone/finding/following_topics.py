"""Kept searches name topics in their address; they follow when topics are merged."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ikone.models import SavedSearch
from topics.models import Topic
from topics.moving import Follower

PARAMETER = "thema"


def _named(topic: Topic) -> QuerySet[SavedSearch]:
    """Searches whose address may name the topic; the slug stands in it as it is."""
    return SavedSearch.objects.filter(address__contains=f"{PARAMETER}={topic.slug}")


def _count(topic: Topic) -> int:
    return sum(_with(one.address, topic.slug, topic.slug) is not None for one in _named(topic))


def _move(source: Topic, target: Topic) -> list[list[Any]]:
    """Rewrite addresses; number and former address of each. One that would be there twice stays as it is, its
    address leads on by itself.
    """
    moved = []
    for one in _named(source):
        address = _with(one.address, source.slug, target.slug)
        taken = SavedSearch.objects.filter(user=one.user_id, address=address)
        if address is not None and not taken.exists():
            moved.append([one.pk, one.address])
            SavedSearch.objects.filter(pk=one.pk).update(address=address)
    return moved


def _back(source: Topic, target: Topic, moved: list[list[Any]]) -> None:
    for key, former in moved:
        now = _with(former, source.slug, target.slug)
        SavedSearch.objects.filter(pk=key, address=now).update(address=former)


def _with(address: str, slug: str, other: str) -> str | None:
    """The address with another topic in place of one; None where it does not name it."""
    parts = urlsplit(address)
    query = QueryDict(parts.query, mutable=True)
    slugs = query.getlist(PARAMETER)
    if slug not in slugs:
        return None
    query.setlist(PARAMETER, list(dict.fromkeys(other if one == slug else one for one in slugs)))
    return f"{parts.path}?{query.urlencode()}"


FOLLOWER = Follower("ikone.SavedSearch", _("gemerkte Suche(n)"), _count, _move, _back)
