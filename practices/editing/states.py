"""How far the sections of a write-up are."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from practices.models import (
    Attachment,
    Practice,
    PracticeBlock,
    PracticeService,
    PracticeTopic,
    Relation,
)
from practices.models.files import PICTURE_TYPES
from practices.sections import STORY, missing_fields


class State(StrEnum):
    """How far a section is; the task list says it in words and colour."""

    EMPTY = "empty"
    STARTED = "started"
    COMPLETE = "complete"

    @property
    def label(self) -> Promise:
        return LABELS[self]

    @property
    def tone(self) -> str:
        return TONES[self]


LABELS = {State.EMPTY: _("leer"), State.STARTED: _("begonnen"), State.COMPLETE: _("vollständig")}
TONES = {State.EMPTY: "neutral", State.STARTED: "info", State.COMPLETE: "success"}

PLACING_READS = {
    "has_further_topics": Exists(PracticeTopic.objects.filter(practice=OuterRef("pk"), is_primary=False)),
    "has_partners": Exists(Practice.partner_cities.through.objects.filter(practice=OuterRef("pk"))),
}
BLOCKS_READS = {"has_blocks": Exists(PracticeBlock.objects.filter(practice=OuterRef("pk")))}
SERVICES_READS = {"has_services": Exists(PracticeService.objects.filter(practice=OuterRef("pk")))}
FILES_READS = {
    "has_files": Exists(Attachment.objects.filter(practice=OuterRef("pk"))),
    "has_silent_pictures": Exists(
        Attachment.objects.filter(practice=OuterRef("pk"), stored__media_type__in=PICTURE_TYPES, alt_text="")
    ),
}
RELATIONS_READS = {"has_relations": Exists(Relation.objects.filter(source=OuterRef("pk")))}


def state_of(filled: Iterable[object]) -> State:
    """EMPTY, STARTED or COMPLETE by how many of the parts are there."""
    parts = [bool(part) for part in filled]
    if all(parts):
        return State.COMPLETE
    return State.STARTED if any(parts) else State.EMPTY


def of_profile(practice: Any) -> State:
    return State.STARTED if missing_fields(practice) else State.COMPLETE


def of_story(practice: Any) -> State:
    return state_of(getattr(practice, name) for name in STORY)


def of_placing(practice: Any) -> State:
    """Time and key words are enough: not everybody has partners or belongs under several topics."""
    basics = state_of([practice.starts or practice.ends, practice.tag_names])
    if basics == State.EMPTY and (practice.has_further_topics or practice.has_partners):
        return State.STARTED
    return basics


def of_trust(practice: Any) -> State:
    deputy = practice.deputy_name and (practice.deputy_email or practice.deputy_phone)
    return state_of([deputy, practice.source_url])


def of_blocks(practice: Any) -> State:
    return State.COMPLETE if practice.has_blocks else State.EMPTY


def of_services(practice: Any) -> State:
    return State.COMPLETE if practice.has_services else State.EMPTY


def of_files(practice: Any) -> State:
    """A picture without a description says nothing to people who do not see it."""
    if not practice.has_files:
        return State.EMPTY
    return State.STARTED if practice.has_silent_pictures else State.COMPLETE


def of_numbers(practice: Any) -> State:
    """What it cost and what came of it; not everything is funded."""
    return state_of([practice.figure_rows, practice.indicator_rows])


def of_reuse(practice: Any) -> State:
    """With what, and what the city offers; a licence is for software alone."""
    means = practice.product_rows or practice.standards or practice.licence
    return state_of([means, practice.offers or practice.offer_note])


def of_relations(practice: Any) -> State:
    return State.COMPLETE if practice.has_relations else State.EMPTY
