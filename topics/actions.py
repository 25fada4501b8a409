"""Changes of the topic map. Each takes the whole map first, so that two people cannot tie it into a knot."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, cast

import pghistory
from django.db import transaction
from django.db.models import (
    PROTECT,
    Count,
    F,
    ManyToManyRel,
    Max,
    Model,
    OuterRef,
    ProtectedError,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.tasks import refresh_topics
from topics import search_entry
from topics.models import REORDERED, FormerTopicSlug, Leadership, Topic

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User

CHECK_AFTER = dt.timedelta(days=365)


class TopicInUseError(Exception):
    """A topic cannot be deleted; `uses` says what hangs on it, as (number, name) pairs."""

    def __init__(self, uses: list[tuple[int, str]]) -> None:
        super().__init__(_("Am Thema hängt noch etwas."))
        self.uses = uses


@transaction.atomic
def save_topic(*, topic: Topic, by: User | None) -> Topic:
    """Create or change a topic; keeps its former address, and brings what stands under it up to date.

    A command does it without a person.
    """
    hold_map()
    before = Topic.objects.filter(pk=topic.pk).first()
    if before is None or before.parent_id != topic.parent_id:
        last = Topic.objects.filter(parent=topic.parent).exclude(pk=topic.pk).aggregate(last=Max("position"))
        topic.position = 0 if last["last"] is None else last["last"] + 1
    with pghistory.context(**({"user": by.pk} if by else {})):
        topic.save()
        FormerTopicSlug.objects.filter(slug=topic.slug).delete()
        if before and before.slug != topic.slug:
            FormerTopicSlug.objects.update_or_create(slug=before.slug, defaults={"topic": topic})
    search_entry.refresh(topic)
    if before and _findable(before) != _findable(topic):
        refresh_topics.later(topic_ids=[topic.pk])
    return topic


def _findable(topic: Topic) -> tuple[object, ...]:
    return topic.parent_id, topic.name, topic.synonyms


@transaction.atomic
def shift_topic(*, topic: Topic, up: bool, by: User) -> None:
    """Swap a topic with the sibling before or after it; nothing happens at the end of the row."""
    hold_map()
    siblings = list(Topic.objects.filter(parent=topic.parent_id).order_by("position", "sort_name"))
    here = siblings.index(topic)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(siblings):
        return
    siblings[here], siblings[there] = siblings[there], siblings[here]
    put_in_order(siblings, moved=siblings[there], by=by)


def put_in_order(siblings: Iterable[Topic], *, moved: Topic, by: User, is_told: bool = True) -> None:
    """Number siblings as they stand here, of which a person has moved one.

    The numbers of all the others may change with it, and its own may stay: so the history is told which one
    it was, and of the rest that they only made room; not `is_told` where it learns of the move otherwise.
    """
    with pghistory.context(user=by.pk, made_room_for=moved.pk):
        for position, sibling in enumerate(siblings):
            if sibling.position != position:
                sibling.position = position
                sibling.save(update_fields=["position"])
        if is_told:
            pghistory.create_event(moved, label=REORDERED)


@transaction.atomic
def delete_topic(*, topic: Topic, by: User) -> None:
    """Delete a topic on which nothing hangs; raises TopicInUseError otherwise."""
    hold_map()
    uses = uses_of(topic)
    if uses:
        raise TopicInUseError(uses)
    topic_id = topic.pk
    try:
        with pghistory.context(user=by.pk), transaction.atomic():
            topic.delete()
            search_entry.withdraw(topic_id)
    except ProtectedError as error:
        raise TopicInUseError(uses_of(topic)) from error


def uses_of(topic: Topic) -> list[tuple[int, str]]:
    """What forbids to delete a topic, of whichever app: (number, name). One query."""
    relations = [one for one in Topic._meta.related_objects if one.on_delete is PROTECT]
    models = [cast(type[Model], one.related_model) for one in relations]
    numbers = (_number_of(model, one.field.name) for model, one in zip(models, relations, strict=True))
    found = Topic.objects.filter(pk=topic.pk).values_list(*numbers).first() or ()
    return [(number, name_of(model, number)) for model, number in zip(models, found, strict=False) if number]


def _number_of(model: type[Model], key: str) -> Coalesce:
    """How many rows hang on the topic of the outer query."""
    rows = model._base_manager.filter(**{key: OuterRef("pk")}).order_by().values(key)
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)


def name_of(model: type[Model], number: int) -> str:
    """What rows that hang on topics are called; a row that only links a thing is named after the thing."""
    if model is Topic:
        return ngettext("Unterthema", "Unterthemen", number)
    model = _linked().get(model, model)
    return str(model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural)


def _linked() -> dict[type[Model], type[Model]]:
    """Models whose rows only link a thing to a topic, with the thing's model."""
    relations = Topic._meta.related_objects
    return {
        cast(type[Model], one.through): cast(type[Model], one.related_model)
        for one in relations
        if isinstance(one, ManyToManyRel)
    }


@transaction.atomic
def confirm_leadership(*, leadership: Leadership, by: User) -> dt.date:
    """What is said about a city's part in a topic still holds; returns the day of the next check."""
    today = timezone.localdate()
    leadership.next_check = day = max(today, leadership.since or today) + CHECK_AFTER
    # A new version: who has the form open would save the former day over it.
    leadership.version = F("version") + 1
    with pghistory.context(user=by.pk):
        leadership.save(update_fields=["next_check", "version"])
    return day


def hold_map() -> None:
    """Keep others from changing the map until the transaction ends. Call it before checking a form."""
    list(Topic.objects.select_for_update().order_by("pk").values_list("pk"))
