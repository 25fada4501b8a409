"""Auszug GV: the municipalities as a spreadsheet, with coordinates and degree of urbanisation.

Columns from 0: 0 Satzart, 1 Textkennzeichen, 2–6 Land, RB, Kreis, Verband, Gemeinde, 7 name, 8 km²,
9 population, 13 postcode, 14 longitude, 15 latitude (text with a decimal comma), 18 Grad der Verstädterung.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any
from zipfile import BadZipFile

import openpyxl
from django.utils.translation import gettext as _

from cities.enums import RegisterFormat, Urbanisation
from cities.register.names import plain_name
from cities.register.records import (
    BrokenLineError,
    Collector,
    RegisterError,
    RegisterFile,
    RegisterRow,
    checked_ags,
    checked_area,
    checked_designation,
    checked_population,
    checked_postcode,
    printable,
)

SHEET = "Onlineprodukt_Gemeinden"
HEAD_ROWS = 6
COLUMNS = 20
DISTRICT, MUNICIPALITY = "40", "60"
KINDS = {"10", "20", "30", DISTRICT, "50", MUNICIPALITY}
CITY_DISTRICTS = {"41", "42"}

LARGEST_KEY = 1e12
# How areas without a centre are written.
NOWHERE = {"", "0"}

Row = Sequence[Any]


def parse(content: bytes) -> RegisterFile:
    """Read a whole workbook. Raises RegisterError with every broken line."""
    try:
        workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        titles = [title for title in workbook.sheetnames if title.startswith(SHEET)]
        rows = list(workbook[titles[0]].iter_rows(values_only=True)) if titles else []
    except (BadZipFile, KeyError, ValueError, TypeError, OSError, SyntaxError) as error:
        # What openpyxl raises for archives that are no workbook or are cut off.
        raise RegisterError.of_file(_("Die Datei ist keine lesbare Excel-Datei (.xlsx).")) from error
    register_date, population_date = _dates(rows[:HEAD_ROWS])
    reader = Reader()
    for number, row in enumerate(rows[HEAD_ROWS:], start=HEAD_ROWS + 1):
        reader.collector.read(number, row, reader.line)
    return RegisterFile(RegisterFormat.AUSZUG, register_date, population_date, reader.collector.finish())


def _dates(head: Sequence[Row]) -> tuple[dt.date, dt.date]:
    """Gebietsstand and date of the population; both stand in the head of the table."""
    texts = [str(value) for row in head for value in row if value is not None]
    register = _date_after("Gebietsstand am", texts)
    population = _date_after("am", [text for text in texts if "Jahr" in text])
    if "Gemeindename" not in texts or register is None or population is None:
        raise RegisterError.of_file(
            _("Die Excel-Datei ist kein Auszug GV (kein Blatt „%(sheet)s…“ mit Gebietsstand).")
            % {"sheet": SHEET}
        )
    return register, population


def _date_after(words: str, texts: Sequence[str]) -> dt.date | None:
    for text in texts:
        if found := re.match(rf"{words} (\d\d)\.(\d\d)\.(\d{{4}})", text):
            day, month, year = map(int, found.groups())
            try:
                return dt.date(year, month, day)
            except ValueError:
                continue
    return None


class Reader:
    """Keeps the districts' names for the municipalities below them."""

    def __init__(self) -> None:
        self.collector = Collector()
        self._districts: dict[str, str] = {}

    def line(self, number: int, values: Row) -> RegisterRow | None:
        row = [*values, *[None] * (COLUMNS - len(values))]
        kind = _text(row[0])
        if all(value is None for value in row[1:]):
            return None  # an empty row or a remark below the table
        if kind not in KINDS:
            raise BrokenLineError(_("„%(kind)s“ ist keine Satzart.") % {"kind": printable(kind)})
        key = "".join(_text(row[column]).zfill(width) for column, width in ((2, 2), (3, 1), (4, 2)))
        if kind == DISTRICT:
            self._districts[key] = "" if _text(row[1]) in CITY_DISTRICTS else plain_name(_text(row[7]))
        if kind != MUNICIPALITY:
            return None
        latitude, longitude = _location(row[15], row[14])
        return RegisterRow(
            line=number,
            ags=checked_ags(key + _text(row[6]).zfill(3)),
            name=plain_name(_text(row[7])),
            designation=checked_designation(_text(row[1])),
            district=self._districts.get(key, ""),
            population=checked_population(_number(row[9], _("Die Einwohnerzahl"))),
            area_km2=checked_area(_number(row[8], _("Die Fläche"))),
            postcode=checked_postcode(_text(row[13]).zfill(5) if row[13] is not None else ""),
            latitude=latitude,
            longitude=longitude,
            urbanisation=_urbanisation(_text(row[18])),
        )


def _location(latitude: Any, longitude: Any) -> tuple[Decimal | None, Decimal | None]:
    if _text(latitude) in NOWHERE and _text(longitude) in NOWHERE:
        return None, None
    north, east = _number(latitude, _("Die Breite")), _number(longitude, _("Die Länge"))
    if not (47 <= north <= 56 and 5 <= east <= 16):
        raise BrokenLineError(_("Die Koordinaten liegen nicht in Deutschland."))
    return north.quantize(Decimal("0.000001")), east.quantize(Decimal("0.000001"))


def _urbanisation(text: str) -> str:
    if text and text.zfill(2) not in Urbanisation.values:
        raise BrokenLineError(_("„%(text)s“ ist kein Grad der Verstädterung.") % {"text": printable(text)})
    return text and text.zfill(2)


def _text(value: Any) -> str:
    """A cell as text; spreadsheets keep some keys as numbers."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < LARGEST_KEY:
        value = int(value)
    return str(value).strip()


def _number(value: Any, what: str) -> Decimal:
    try:
        number = Decimal(_text(value).replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise BrokenLineError(
            _("%(what)s „%(text)s“ ist keine Zahl.") % {"what": what, "text": printable(_text(value))}
        )
    return number
