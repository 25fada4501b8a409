"""Many invitations at once: reads a pasted or uploaded list and says line by line what is wrong with it."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cities.choosing import CityField
from cities.enums import Role
from cities.models import City, Invitation, Membership
from cities.people import actions
from documents import tables

MOST_ROWS = 300
MOST_LINES = 10  # of a cell
LIMITS = tables.Limits(size=tables.MEGABYTE, rows=MOST_ROWS, columns=20, cell=2_000, tags=1_000_000)
COLUMNS = ("email", "name", "city", "role")
WORDS = tomllib.loads(Path(__file__).with_name("list_words.toml").read_text())


class UnreadableListError(Exception):
    """The whole list makes no sense; the text says why, for people."""


@dataclass
class Line:
    """One line of the list, as it was written and as it was understood."""

    number: int
    email_text: str
    name: str
    city_text: str
    role_text: str
    city: City | None = None
    role: Role | None = None
    complaints: list[str] = field(default_factory=list)

    @property
    def email(self) -> str:
        return self.email_text.lower()

    @property
    def is_good(self) -> bool:
        return not self.complaints

    @property
    def city_said(self) -> str:
        return self.city.name if self.city else self.city_text

    @property
    def role_said(self) -> str:
        return str(self.role.label) if self.role else self.role_text

    def as_text(self) -> str:
        cells = (self.email_text, self.name, self.city_text, self.role_text)
        return "\t".join(" ".join(cell.split()) for cell in cells)


def rows_of_text(text: str) -> list[tables.Row]:
    """Rows of a pasted list; in each line columns are separated by tabs, semicolons or commas.

    Lists are put together from several sources, so every line is looked at by itself.
    """
    try:
        return [tables.Row(number, _cells(line)) for number, line in _lines_of_text(text)]
    except csv.Error as error:
        raise UnreadableListError(_("Die Liste lässt sich nicht lesen. Ist es eine CSV-Datei?")) from error


def _lines_of_text(text: str) -> Iterator[tuple[int, str]]:
    """The lines with their numbers; a cell in quotation marks may go over several, as Excel copies it."""
    lines = text.splitlines()
    place = 0
    while place < len(lines):
        end = place + 1
        while "\n".join(lines[place:end]).count('"') % 2 and end < min(len(lines), place + MOST_LINES):
            end += 1
        whole = "\n".join(lines[place:end])
        if whole.count('"') % 2:  # a stray mark swallows nothing
            end, whole = place + 1, lines[place].replace('"', "")
        yield place + 1, whole
        place = end


def _cells(line: str) -> list[str]:
    separator = next((sign for sign in ("\t", ";", ",") if sign in line), ";")
    return next(csv.reader(io.StringIO(line, newline=""), delimiter=separator), [])


def rows_of_file(content: bytes) -> list[tables.Row]:
    """Rows of a CSV or XLSX file, told apart by their content."""
    try:
        return tables.read(content, LIMITS)
    except tables.UnreadableTableError as error:
        raise UnreadableListError(str(error)) from error


def lines_of(rows: Sequence[tables.Row]) -> list[Line]:
    """The lines with their complaints. A constant number of queries, and one more for each city's name."""
    numbered = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if not numbered:
        raise UnreadableListError(_("Die Liste ist leer."))
    order = _order(numbered[0].cells)
    if order is not None:
        numbered = numbered[1:]
    if not numbered:
        raise UnreadableListError(_("Unter der Kopfzeile steht nichts."))
    if len(numbered) > MOST_ROWS:
        raise UnreadableListError(_("Höchstens %(most)d Personen auf einmal.") % {"most": MOST_ROWS})
    lines = [_line(number, row, order or COLUMNS) for number, row in numbered]
    _look_up_cities(lines)
    _find_doubles(lines)
    return lines


def _order(row: Sequence[str]) -> list[str] | None:
    """Which column holds what, if the first row is a heading."""
    found = []
    for cell in row:
        found.append(next((name for name, words in WORDS["columns"].items() if _plain(cell) in words), ""))
    return found if "email" in found else None


def _plain(cell: str) -> str:
    return "".join(cell.casefold().split())


def _line(number: int, row: Sequence[str], order: Iterable[str]) -> Line:
    cells = {name: cell.replace("\x00", "").strip() for name, cell in zip(order, row, strict=False) if name}
    line = Line(
        number,
        cells.get("email", ""),
        " ".join(cells.get("name", "").split()),
        cells.get("city", ""),
        cells.get("role", ""),
    )
    try:
        validate_email(line.email)
        if len(line.email) > 254:
            raise ValidationError("")
    except ValidationError:
        line.complaints.append(_("„%(text)s“ ist keine E-Mail-Adresse.") % {"text": line.email_text[:80]})
    if len(line.name) > 120:
        line.complaints.append(_("Der Name ist zu lang: höchstens 120 Zeichen."))
        line.name = line.name[:120]
    role = _plain(line.role_text)
    line.role = next((Role(one) for one, words in WORDS["roles"].items() if role in words), None)
    if line.role is None:
        line.complaints.append(
            _("Die Rolle „%(text)s“ gibt es nicht: Redaktion, Verwaltung oder Leitung.")
            % {"text": line.role_text[:80]}
        )
    return line


def _look_up_cities(lines: list[Line]) -> None:
    field = CityField(required=False)
    known: dict[str, City | ValidationError | None] = {}
    for line in lines:
        text = line.city_text
        if text not in known:
            try:
                known[text] = field.clean(text)
            except ValidationError as error:
                known[text] = error
        found = known[text]
        if isinstance(found, City):
            line.city = found
        elif isinstance(found, ValidationError):
            line.complaints += found.messages
        else:
            line.complaints.append(_("Die Stadt fehlt."))


def _find_doubles(lines: list[Line]) -> None:
    cities = {line.city.pk for line in lines if line.city}
    emails = {line.email for line in lines}
    members = set(
        Membership.objects.filter(city__in=cities, user__email__in=emails).values_list("user__email", "city")
    )
    invited = set(
        Invitation.objects.unanswered().filter(city__in=cities, email__in=emails).values_list("email", "city")
    )
    seen: dict[tuple[str, Any], int] = {}
    for line in lines:
        if line.city is None:
            continue
        key = (line.email, line.city.pk)
        if key in seen:
            line.complaints.append(_("Steht schon in Zeile %(number)d.") % {"number": seen[key]})
        elif key in members:
            line.complaints.append(_("Arbeitet schon für die Stadt mit."))
        elif key in invited:
            line.complaints.append(_("Ist schon eingeladen und hat noch nicht geantwortet."))
        seen.setdefault(key, line.number)


@transaction.atomic
def invite_all(*, lines: Iterable[Line], by: User) -> int:
    """Send what is good; returns how many invitations went out. All or none."""
    number = 0
    for line in lines:
        if line.is_good:
            try:
                actions.invite(email=line.email, name=line.name, city=line.city, role=line.role, by=by)
            except actions.AlreadyInvitedError:
                continue  # somebody was quicker since the list was read
            number += 1
    return number
