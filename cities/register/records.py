"""What a register file says, whatever its form, and how its errors are told."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from django.utils.translation import gettext as _

from cities.enums import Designation, RegisterFormat, State

MOST_INHABITANTS = 20_000_000
LARGEST_KM2 = Decimal("99999.99")
Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One municipality. What the form does not hold is empty or None; `line` counts from 1."""

    line: int
    ags: str
    name: str
    designation: Designation
    district: str
    population: int
    area_km2: Decimal
    postcode: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    urbanisation: str = ""


@dataclass(frozen=True)
class RegisterFile:
    """A register that was read completely and without an error."""

    format: RegisterFormat
    register_date: dt.date
    population_date: dt.date
    rows: list[RegisterRow]


@dataclass(frozen=True)
class Problem:
    """What is wrong with a line; line 0 is the file as a whole."""

    line: int
    message: str

    def __str__(self) -> str:
        if not self.line:
            return self.message
        return _("Zeile %(line)d: %(message)s") % {"line": self.line, "message": self.message}


class RegisterError(Exception):
    """The file cannot be taken over; says why, line by line."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = problems

    @classmethod
    def of_file(cls, message: str) -> RegisterError:
        return cls(Problem(0, message))


class BrokenLineError(ValueError):
    """A line that cannot be read; the message says why in German."""


class Collector:
    """Gathers municipalities and errors line by line and answers for the whole file at its end."""

    def __init__(self) -> None:
        self.rows: list[RegisterRow] = []
        self.problems: list[Problem] = []
        self._line_of: dict[str, int] = {}

    def read(self, number: int, line: Line, parse: Callable[[int, Line], RegisterRow | None]) -> None:
        """Parse one line; what is wrong with it is kept together with its number."""
        try:
            row = parse(number, line)
            if row is not None:
                self._add(row)
        except BrokenLineError as error:
            self.problems.append(Problem(number, str(error)))

    def finish(self) -> list[RegisterRow]:
        if self.problems:
            raise RegisterError(*self.problems)
        if not self.rows:
            raise RegisterError.of_file(_("Die Datei enthält keine Gemeinde (Satzart 60)."))
        return self.rows

    def _add(self, row: RegisterRow) -> None:
        first = self._line_of.setdefault(row.ags, row.line)
        if first != row.line:
            raise BrokenLineError(
                _("Der Gemeindeschlüssel %(ags)s steht schon in Zeile %(line)d.")
                % {"ags": row.ags, "line": first}
            )
        self.rows.append(row)


def checked_ags(text: str) -> str:
    if not re.fullmatch(r"[0-9]{8}", text) or text[:2] not in State.values:
        raise BrokenLineError(_("„%(text)s“ ist kein Gemeindeschlüssel.") % {"text": printable(text)})
    return text


def checked_designation(text: str) -> Designation:
    if text not in Designation.values:
        raise BrokenLineError(
            _("„%(text)s“ ist kein Textkennzeichen einer Gemeinde.") % {"text": printable(text)}
        )
    return Designation(text)


def checked_postcode(text: str) -> str:
    if not re.fullmatch(r"([0-9]{5})?", text):
        raise BrokenLineError(_("„%(text)s“ ist keine Postleitzahl.") % {"text": printable(text)})
    return text


def checked_population(number: Decimal | int) -> int:
    if not 0 <= number <= MOST_INHABITANTS:
        raise BrokenLineError(_("%(number)s Einwohner kann keine Gemeinde haben.") % {"number": number})
    return int(number)


def checked_area(km2: Decimal) -> Decimal:
    if not 0 <= km2 <= LARGEST_KM2:
        raise BrokenLineError(_("%(km2)s km² kann keine Gemeinde groß sein.") % {"km2": km2})
    return km2.quantize(Decimal("0.01"))


def printable(text: str) -> str:
    """Foreign text as a message may carry it: short and without control characters."""
    shown = "".join(letter if letter.isprintable() else "�" for letter in text[:40])
    return f"{shown}…" if len(text) > 40 else shown
