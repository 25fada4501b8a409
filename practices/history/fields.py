"""The columns of a write-up: what of them is content, and how their values are said."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Field, ForeignKey, TextField
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from practices.history.lines import NameOf
from practices.history.prose import Block, blocks_of, plain
from practices.models import Practice
from practices.partial_dates import display

# Goes with every change and says nothing by itself; changing only these makes no version.
BOOKKEEPING = {
    "id",
    "version",
    "created_at",
    "created_by",
    "updated_at",
    "updated_by",
    "contact_user",
    "deputy_user",
    "external_id",
    "creation_key",
    "is_demo",
    "published_at",
    "confirmed_on",
    "next_check_on",
    "checked_on",
    "checked_version",
}
# Part of a version, but not brought back with its content: they decide who reads it and who answers for it.
KEPT = ["city", "visibility", "status"]
PARTIAL_DATES = {"starts", "ends", "maintained_until"}


@cache
def recorded_fields() -> tuple[Field, ...]:
    """All columns whose change is a version, in the order of the record."""
    events = {field.name for field in event_model()._meta.concrete_fields}
    return tuple(
        field
        for field in Practice._meta.concrete_fields
        if field.name not in BOOKKEEPING and field.name in events
    )


@cache
def content_fields() -> tuple[Field, ...]:
    """What restoring brings back."""
    return tuple(field for field in recorded_fields() if field.name not in KEPT)


def event_model() -> Any:
    recorded: Any = Practice
    return recorded.pgh_event_model


def label_of(field: Field) -> str:
    """What people call the column. The status has no label in forms."""
    return _("Stand im Ablauf") if field.name == "status" else str(field.verbose_name)


def said(field: Field, value: Any, name_of: NameOf) -> list[Block]:
    """A value as readable text; nothing where there is none."""
    if value in (None, "", []):
        return []
    if isinstance(field, TextField):
        return blocks_of(value)
    is_text = isinstance(value, str) and not field.flatchoices and field.name not in PARTIAL_DATES
    return plain(_said(field, value, name_of), "text" if is_text else "value")


def _said(field: Field, value: Any, name_of: NameOf) -> str:
    if isinstance(field, ForeignKey):
        return name_of(field.name)
    if isinstance(field, ArrayField):
        return ", ".join(_said(field.base_field, each, name_of) for each in value)
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if field.name in PARTIAL_DATES:
        return display(value)
    if isinstance(value, bool):
        return _("ja") if value else _("nein")
    if isinstance(value, dt.date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, int | Decimal):
        return number_format(value)
    return str(value)
