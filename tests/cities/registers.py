"""Register files for tests: extracts of the official ones, and made-up rows."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

from cities.enums import Designation, RegisterFormat
from cities.register.records import RegisterFile, RegisterRow

DATA = Path(__file__).parent / "data"
GV100AD = DATA / "GV100AD_extract.txt"
AUSZUG = DATA / "AuszugGV_extract.xlsx"

NEWER = dt.date(2025, 11, 30)
OLDER = dt.date(2023, 3, 31)


def make_row(ags: str, name: str, **fields: Any) -> RegisterRow:
    values: dict[str, Any] = {
        "line": 1,
        "designation": Designation.MUNICIPALITY,
        "district": "Musterkreis",
        "population": 1_000,
        "area_km2": Decimal("10.00"),
        "postcode": "67655",
    } | fields
    return RegisterRow(ags=ags, name=name, **values)


def make_file(*rows: RegisterRow, register_date: dt.date = NEWER) -> RegisterFile:
    return RegisterFile(
        RegisterFormat.GV100AD, register_date, dt.date(register_date.year - 1, 12, 31), list(rows)
    )
