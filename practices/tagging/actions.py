"""Starting and undoing changes of tags."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

import pghistory
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from notifications.models import Undertaking
from notifications.undertakings import start
from practices.enums import TagChangeKind
from practices.models import TagChange
from practices.tagging import work
from practices.tagging.reading import origin_of
from search import synonyms

if TYPE_CHECKING:
    from taggit.models import Tag

    from accounts.models import User
    from topics.models import Topic


class AlreadyUndoneError(Exception):
    """Somebody was quicker, or the change is not done yet."""


@transaction.atomic
def merge(*, tags: Collection[Tag], target: str, keeps_words: bool, by: User) -> TagChange:
    """Have all these tags become one; with a single tag this renames it."""
    made = TagChange.objects.create(
        kind=TagChangeKind.MERGE,
        sources=sorted(tag.name for tag in tags),
        target=target,
        keeps_words=keeps_words,
        by=by,
    )
    return _begin(made, by)


@transaction.atomic
def make_topic(*, tag: Tag, topic: Topic, by: User) -> TagChange:
    """Have the write-ups with a tag stand under a topic instead."""
    made = TagChange.objects.create(kind=TagChangeKind.TOPIC, sources=[tag.name], topic=topic, by=by)
    return _begin(made, by)


def _begin(made: TagChange, by: User) -> TagChange:
    made.undertaking = _start(work.CHANGE, _("Schlagwörter ändern: %(what)s"), made, by)
    made.save(update_fields=["undertaking"])
    return made


@transaction.atomic
def undo(*, change: TagChange, by: User) -> Undertaking:
    """Have everything as it was, except what people have changed since. Raises AlreadyUndoneError."""
    locked = TagChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if not locked.can_be_undone:
        raise AlreadyUndoneError
    return _start(work.UNDO, _("Schlagwörter zurücknehmen: %(what)s"), locked, by)


def _start(kind: str, title: str, change: TagChange, by: User) -> Undertaking:
    return start(
        kind,
        title=title % {"what": change},
        arguments={"change": change.pk},
        asked_by=by.pk,
        url=reverse("tags:change", args=[change.pk]),
    )


@transaction.atomic
def save_synonyms(*, tag: Tag, words: Iterable[str], by: User) -> None:
    """Words with which the search finds the tag as well; none takes them away."""
    with pghistory.context(user=by.pk):
        synonyms.set_for(origin_of(tag), [tag.name, *words])
