"""Auszug GV: the municipalities as a spreadsheet, with coordinates and degree of urbanisation.

Columns from 0: 0 Satzart, 1 Textkennzeichen, 2–6 Land, RB, Kreis, Verband, Gemeinde, 7 name, 8 km²,
9 population, 13 postcode, 14 longitude, 15 latitude (text with a decimal comma), 18 Grad der Verstädterung.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

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
from documents import tables

SHEET = "Onlineprodukt_Gemeinden"
HEAD_ROWS = 6
COLUMNS = 20
DISTRICT, MUNICIPALITY = "40", "60"
KINDS = {"10", "20", "30", DISTRICT, "50", MUNICIPALITY}
CITY_DISTRICTS = {"41", "42"}

# Some 16,000 rows on one of several sheets; operators read the file in, so it may take its time.
LIMITS = tables.Limits(
    size=64 * tables.MEGABYTE, rows=50_000, columns=100, unpacked=300 * tables.MEGABYTE, tags=6_000_000
)
# How areas without a centre are written.
NOWHERE = {"", "0"}

Row = Sequence[str]


def parse(content: bytes) -> RegisterFile:
    """Read a whole workbook. Raises RegisterError with every broken line."""
    try:
        rows = tables.read(content, LIMITS, titled=SHEET)
    except tables.UnreadableTableError as error:
        raise RegisterError.of_file(str(error)) from error
    register_date, population_date = _dates([row.cells for row in rows if row.number <= HEAD_ROWS])
    reader = Reader()
    for row in rows:
        if row.number > HEAD_ROWS:
            reader.collector.read(row.number, row.cells, reader.line)
    return RegisterFile(RegisterFormat.AUSZUG, register_date, population_date, reader.collector.finish())


def _dates(head: Sequence[Row]) -> tuple[dt.date, dt.date]:
    """Gebietsstand and date of the population; both stand in the head of the table."""
    texts = [cell for row in head for cell in row if cell]
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
        row = [*values, *[""] * (COLUMNS - len(values))]
        kind = row[0]
        if not any(row[1:]):
            return None  # an empty row or a remark below the table
        if kind not in KINDS:
            raise BrokenLineError(_("„%(kind)s“ ist keine Satzart.") % {"kind": printable(kind)})
        key = "".join(row[column].zfill(width) for column, width in ((2, 2), (3, 1), (4, 2)))
        if kind == DISTRICT:
            self._districts[key] = "" if row[1] in CITY_DISTRICTS else plain_name(row[7])
        if kind != MUNICIPALITY:
            return None
        latitude, longitude = _location(row[15], row[14])
        return RegisterRow(
            line=number,
            ags=checked_ags(key + row[6].zfill(3)),
            name=plain_name(row[7]),
            designation=checked_designation(row[1]),
            district=self._districts.get(key, ""),
            population=checked_population(_number(row[9], _("Die Einwohnerzahl"))),
            area_km2=checked_area(_number(row[8], _("Die Fläche"))),
            postcode=checked_postcode(row[13].zfill(5) if row[13] else ""),
            latitude=latitude,
            longitude=longitude,
            urbanisation=_urbanisation(row[18]),
        )


def _location(latitude: str, longitude: str) -> tuple[Decimal | None, Decimal | None]:
    if latitude in NOWHERE and longitude in NOWHERE:
        return None, None
    north, east = _number(latitude, _("Die Breite")), _number(longitude, _("Die Länge"))
    if not (47 <= north <= 56 and 5 <= east <= 16):
        raise BrokenLineError(_("Die Koordinaten liegen nicht in Deutschland."))
    return north.quantize(Decimal("0.000001")), east.quantize(Decimal("0.000001"))


def _urbanisation(text: str) -> str:
    if text and text.zfill(2) not in Urbanisation.values:
        raise BrokenLineError(_("„%(text)s“ ist kein Grad der Verstädterung.") % {"text": printable(text)})
    return text and text.zfill(2)


def _number(text: str, what: str) -> Decimal:
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise BrokenLineError(
            _("%(what)s „%(text)s“ ist keine Zahl.") % {"what": what, "text": printable(text)}
        )
    return number
