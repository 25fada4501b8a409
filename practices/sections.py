"""The parts of a write-up in the order in which it is written and read."""

from __future__ import annotations

from django.db.models import Field

from practices.enums import Kind
from practices.models import Practice

# What an OBM reads and stops; required for publishing.
BOXES = ["starting_point", "solution", "lessons"]
# The story behind it; each part only where there is something to tell.
STORY = ["approach", "results", "obstacles", "prerequisites", "adaptation", "unsuitable_for", "legal"]
# What others need to take it over; rich text like all before.
REUSE = ["standards", "procurement"]
TEXT_FIELDS = ["stop_reason", *BOXES, *STORY, *REUSE]


def label_of(name: str) -> str:
    """What people call a field of the record."""
    field = Practice._meta.get_field(name)
    assert isinstance(field, Field)  # noqa: S101  narrows the type
    return str(field.verbose_name)


def missing_fields(practice: Practice) -> list[str]:
    """Names of the fields that still have to be filled before the write-up can be submitted.

    `topics` stands for the primary topic, `contact_email` for any way to reach the contact. One query.
    """
    names = ["title", "summary", *BOXES, "contact_name"]
    if practice.kind == Kind.STOPPED:
        names.append("stop_reason")
    empty = [name for name in names if not getattr(practice, name)]
    if not (practice.contact_email or practice.contact_phone):
        empty.append("contact_email")
    if not any(link.is_primary for link in practice.topic_links.all()):
        empty.append("topics")
    return empty
