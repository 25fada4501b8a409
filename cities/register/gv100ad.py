"""GV100AD: all regional units of Germany in lines of 220 characters, UTF-8.

Positions as in Destatis' record description, counted from 0 here: 0–2 Satzart, 2–10 Gebietsstand, 10–18 AGS,
22–72 name, 122–124 Textkennzeichen, 128–139 area in hectares, 139–150 population, 165–170 postcode.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext as _

from cities.enums import RegisterFormat
from cities.register.names import plain_name
from cities.register.records import (
    BrokenLineError,
    Collector,
    RegisterFile,
    RegisterRow,
    checked_ags,
    checked_area,
    checked_designation,
    checked_population,
    checked_postcode,
    printable,
)

WIDTH = 220
DISTRICT, MUNICIPALITY = "40", "60"
KINDS = {"10", "20", "30", DISTRICT, "50", MUNICIPALITY}
# A district of these kinds is a city by itself and needs no naming beside its only municipality.
CITY_DISTRICTS = {"41", "42"}
# From this month on a register carries the population of last year, before it that of the year before.
MONTH_OF_NEW_POPULATION = 10


def parse(content: bytes, population_date: dt.date | None = None) -> RegisterFile:
    """Read a whole file. It does not date its population; an unnamed date follows from the Gebietsstand.

    Raises RegisterError with every broken line.
    """
    reader = Reader()
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip():
            reader.collector.read(number, line.removesuffix(b"\r"), reader.line)
    rows = reader.collector.finish()
    assert reader.register_date is not None  # noqa: S101  every row that was read has set it
    return RegisterFile(
        RegisterFormat.GV100AD,
        reader.register_date,
        population_date or likely_population_date(reader.register_date),
        rows,
    )


def likely_population_date(register_date: dt.date) -> dt.date:
    years_back = 1 if register_date.month >= MONTH_OF_NEW_POPULATION else 2
    return dt.date(register_date.year - years_back, 12, 31)


class Reader:
    """Keeps what later lines need of earlier ones: the Gebietsstand and the districts' names."""

    def __init__(self) -> None:
        self.collector = Collector()
        self.register_date: dt.date | None = None
        self._districts: dict[str, str] = {}

    def line(self, number: int, raw: bytes) -> RegisterRow | None:
        try:
            text = raw.decode()
        except UnicodeDecodeError as error:
            raise BrokenLineError(
                _("kein UTF-8 (ab Byte %(position)d); die Datei ist wohl als ISO-8859-1 gespeichert.")
                % {"position": error.start + 1}
            ) from error
        if text[:2] not in KINDS:
            raise BrokenLineError(_("„%(kind)s“ ist keine Satzart.") % {"kind": printable(text[:2])})
        if len(text) != WIDTH:
            raise BrokenLineError(
                _("%(length)d Zeichen statt %(width)d.") % {"length": len(text), "width": WIDTH}
            )
        self._check_date(text[2:10])
        if text[:2] == DISTRICT:
            is_city = text[122:124] in CITY_DISTRICTS
            self._districts[text[10:15]] = "" if is_city else plain_name(text[22:72])
        return self._municipality(number, text) if text[:2] == MUNICIPALITY else None

    def _municipality(self, number: int, text: str) -> RegisterRow:
        # Some areas that belong to no municipality stand directly under their Land, without a district.
        return RegisterRow(
            line=number,
            ags=checked_ags(text[10:18]),
            name=plain_name(text[22:72]),
            designation=checked_designation(text[122:124]),
            district=self._districts.get(text[10:15], ""),
            population=checked_population(_digits(text[139:150], _("Die Einwohnerzahl"))),
            area_km2=checked_area(Decimal(_digits(text[128:139], _("Die Fläche"))) / 100),
            postcode=checked_postcode(text[165:170].strip()),
        )

    def _check_date(self, digits: str) -> None:
        try:
            date = dt.datetime.strptime(digits, "%Y%m%d").replace(tzinfo=dt.UTC).date()
        except ValueError:
            raise BrokenLineError(
                _("„%(text)s“ ist kein Gebietsstand.") % {"text": printable(digits)}
            ) from None
        self.register_date = self.register_date or date
        if date != self.register_date:
            raise BrokenLineError(
                _("Der Gebietsstand %(date)s weicht von dem der ersten Zeile ab.")
                % {"date": f"{date:%d.%m.%Y}"}
            )


def _digits(text: str, what: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise BrokenLineError(
            _("%(what)s „%(text)s“ ist keine Zahl.") % {"what": what, "text": printable(text)}
        )
    return int(text)
