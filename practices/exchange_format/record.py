"""One line of the exchange format, checked. What is wrong is said in the operator's language."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError as DjangoValidationError
from django.core.validators import ProhibitNullCharactersValidator, URLValidator, validate_email
from django.utils.translation import gettext as _
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from accounts.phones import PhoneField
from practices import partial_dates
from practices.enums import Kind, Phase, Visibility
from practices.exchange_format import days
from practices.sections import TEXT_FIELDS
from ui.pydantic_errors import said
from ui.richtext import clean

MOST_TOPICS, MOST_TAGS, MOST_PARTNERS, MOST_SERVICES = 20, 30, 100, 20


def _by(check: Callable[[Any], Any]) -> AfterValidator:
    """One of Django's validators; what it returns counts, nothing means unchanged. Empty stays empty."""

    def checked(value: str) -> str:
        if not value:
            return value
        try:
            result = check(value)
        except DjangoValidationError as error:
            raise ValueError(" ".join(error.messages)) from None
        return value if result is None else result

    return AfterValidator(checked)


_without_null = ProhibitNullCharactersValidator()


def _one_line(value: str) -> str:
    return " ".join(value.replace("\x00", "").split())


def _known_sections(sections: dict[str, str]) -> dict[str, str]:
    for name in sections:
        if name not in TEXT_FIELDS:
            raise ValueError(_("den Abschnitt „%(name)s“ kennt das Format nicht") % {"name": name[:60]})
    return {name: clean(text) for name, text in sections.items()}


# The length counts after blanks and line breaks are gone.
Line = Annotated[str, AfterValidator(_one_line)]
Title = Annotated[Line, Field(min_length=1, max_length=120)]
Sentence = Annotated[Line, Field(max_length=280)]
Name = Annotated[Line, Field(max_length=160)]
Word = Annotated[Line, Field(min_length=1, max_length=100)]
Service = Annotated[Line, Field(min_length=1, max_length=250)]
PartialDate = Annotated[str, _by(partial_dates.parse)]
Moment = Annotated[dt.datetime, BeforeValidator(days.written), AfterValidator(days.moment)]
PastDay = Annotated[dt.date, BeforeValidator(days.written), AfterValidator(days.past)]
DueDay = Annotated[dt.date, BeforeValidator(days.written), AfterValidator(days.due)]
Ags = Annotated[str, StringConstraints(pattern=r"^\d{8}$")]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Place(Part):
    """A municipality: by AGS, or by name with the Land where the name alone is not clear."""

    ags: Ags | None = None
    name: Word | None = None
    state: Annotated[
        Word | None, Field(description="Land, by name or by the first two digits of the AGS")
    ] = None


class Office(Part):
    name: Name = ""
    email: Annotated[str, Field(max_length=254), _by(validate_email)] = ""
    phone: Annotated[str, Field(max_length=40), _by(PhoneField(required=False).clean)] = ""


class Origin(Part):
    name: Name = ""
    url: Annotated[str, Field(max_length=500), _by(_without_null), _by(URLValidator(["http", "https"]))] = ""


class Record(Part):
    """One write-up. A field that is left out stays as it is when the write-up is known already."""

    external_id: Annotated[Line, Field(min_length=1, max_length=120, description="unique and lasting")]
    title: Title
    summary: Sentence = ""
    kind: Kind = Kind.PRACTICE
    phase: Phase = Phase.LIVE
    city: Place | None = None
    partner_cities: Annotated[list[Place], Field(max_length=MOST_PARTNERS)] = []
    topics: Annotated[
        list[Word], Field(max_length=MOST_TOPICS, description="slugs or names; the first is the primary one")
    ] = []
    tags: Annotated[list[Word], Field(max_length=MOST_TAGS)] = []
    services: Annotated[
        list[Service], Field(max_length=MOST_SERVICES, description="LeiKa keys or names of OZG services")
    ] = []
    starts: PartialDate = ""
    ends: PartialDate = ""
    visibility: Visibility = Visibility.PUBLIC
    status: Literal["draft", "published"] = "published"
    sections: Annotated[dict[str, str], AfterValidator(_known_sections)] = {}
    contact: Office = Office()
    deputy: Office = Office()
    source: Origin = Origin()
    published_at: Moment | None = None
    confirmed_on: PastDay | None = None
    next_check_on: DueDay | None = None

    def values(self) -> dict[str, Any]:
        """What the line says about the write-up's own fields; what it does not mention is missing."""
        given = {
            name: getattr(self, name)
            for name in (
                "title", "summary", "kind", "phase", "starts", "ends", "visibility",
                "published_at", "confirmed_on", "next_check_on",
            )
            if name in self.model_fields_set
        }  # fmt: skip
        given |= self.sections
        for prefix in ("contact", "deputy", "source"):
            part: Part = getattr(self, prefix)
            given |= {f"{prefix}_{name}": getattr(part, name) for name in part.model_fields_set}
        return given

    def mentions(self, name: str) -> bool:
        return name in self.model_fields_set


class BrokenRecordError(Exception):
    """A line cannot be taken over; `messages` says why, one for each thing that is wrong.

    What could be read of it all the same are its `external_id` and `topics`.
    """

    def __init__(self, messages: list[str], line: bytes = b"") -> None:
        super().__init__("; ".join(messages))
        self.messages = messages
        named = _object_of(line)
        name, topics = named.get("external_id"), named.get("topics")
        self.external_id = name.strip() if isinstance(name, str) else ""
        self.topics = [each for each in topics if isinstance(each, str)] if isinstance(topics, list) else []


def _object_of(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def read(line: bytes) -> Record:
    """The record of a line; raises BrokenRecordError."""
    try:
        return Record.model_validate_json(line)
    except ValidationError as error:
        if not _is_utf8(line):  # what pydantic says of that helps nobody
            message = _("ist kein Text in UTF-8; speichern Sie die Datei in dieser Kodierung.")
            raise BrokenRecordError([message]) from None
        raise BrokenRecordError(list(_messages(error)), line) from None


def _is_utf8(line: bytes) -> bool:
    """UTF-16 is full of zeros, which are none of a text in JSON."""
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return b"\x00" not in line


def _messages(error: ValidationError) -> Iterator[str]:
    for details in error.errors(include_url=False, include_input=False):
        where = ".".join(str(part) for part in details["loc"])
        message = said(details)
        yield f"{where}: {message}" if where else message
