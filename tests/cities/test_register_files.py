"""Reading the two forms of the register."""

import datetime as dt
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cities.enums import Designation, RegisterFormat
from cities.register.reading import parse, read_register
from cities.register.records import RegisterError
from tests.cities.registers import AUSZUG, GV100AD

GOOD = GV100AD.read_bytes()
GOOD_LINES = GOOD.decode().splitlines()
TOWN = next(line for line in GOOD_LINES if "Wörth am Rhein" in line and line.startswith("60"))
SHEET = "Onlineprodukt_Gemeinden31032023"
OTHER_DOCUMENT = "Ein altes oder geschütztes Office-Dokument oder ein PDF. Gebraucht wird .xlsx oder .txt."
NO_WORKBOOK = (
    "Die Datei ist keine lesbare Excel-Datei (.xlsx). Bitte öffnen Sie sie in Excel und "
    "speichern Sie sie noch einmal."
)


def messages(content: bytes) -> list[str]:
    with pytest.raises(RegisterError) as caught:
        parse(content)
    return [str(problem) for problem in caught.value.problems]


def lines_with_problems(content: bytes) -> set[int]:
    try:
        parse(content)
    except RegisterError as error:
        return {problem.line for problem in error.problems}
    return set()


def workbook(**cells: object) -> bytes:
    """The extract with some cells of the town in row 13 replaced."""
    book = openpyxl.load_workbook(AUSZUG)
    for address, value in cells.items():
        book[SHEET][address] = value
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def row_of(name: str) -> int:
    sheet = openpyxl.load_workbook(AUSZUG)[SHEET]
    return next(row[7].row for row in sheet.iter_rows() if row[7].value == name and row[0].value == "60")


def test_fixed_width_form_gives_every_municipality() -> None:
    register = read_register(GV100AD)
    rows = {row.ags: row for row in register.rows}
    town = rows["07334501"]

    assert register.format == RegisterFormat.GV100AD
    assert register.register_date == dt.date(2025, 11, 30)
    assert register.population_date == dt.date(2024, 12, 31)
    assert len(rows) == 17
    assert (town.name, town.designation, town.district) == ("Wörth am Rhein", Designation.TOWN, "Germersheim")
    assert (town.population, town.area_km2, town.postcode) == (18_387, Decimal("131.62"), "76744")
    assert rows["07312000"].district == ""
    assert rows["14625020"].name == "Bautzen / Budyšin"
    assert rows["01053083"].name == "Lauenburg/Elbe"


def test_area_without_district_is_read() -> None:
    rows = {row.ags: row for row in read_register(GV100AD).rows}
    area = rows["07000999"]
    assert (area.designation, area.district, area.population, area.postcode) == ("66", "", 0, "")


def test_spreadsheet_gives_coordinates_urbanisation_and_its_dates() -> None:
    register = read_register(AUSZUG)
    rows = {row.ags: row for row in register.rows}
    town = rows["07334501"]

    assert (register.register_date, register.population_date) == (dt.date(2023, 3, 31), dt.date(2021, 12, 31))
    assert len(rows) == 18
    assert (town.latitude, town.longitude) == (Decimal("49.051938"), Decimal("8.268634"))
    assert (town.urbanisation, town.population, town.area_km2) == ("02", 18_274, Decimal("131.62"))
    assert town.district == "Germersheim"
    assert rows["07000999"].latitude is None


@pytest.mark.parametrize(
    ("register", "population"),
    [("20251130", "2024-12-31"), ("20230331", "2021-12-31"), ("20241231", "2023-12-31")],
)
def test_population_date_follows_from_the_gebietsstand(register: str, population: str) -> None:
    file = parse(GOOD.replace(b"20251130", register.encode()))
    assert file.population_date.isoformat() == population


def test_population_date_can_be_named() -> None:
    assert parse(GOOD, dt.date(2023, 12, 31)).population_date == dt.date(2023, 12, 31)


@pytest.mark.parametrize("ending", ["\r\n", "\n\n"])
def test_line_endings_do_not_matter(ending: str) -> None:
    assert len(parse(("\ufeff" + ending.join(GOOD_LINES)).encode()).rows) == 17


@pytest.mark.parametrize(
    ("start", "text", "message"),
    [
        (0, "61", "„61“ ist keine Satzart."),
        (2, "20251301", "„20251301“ ist kein Gebietsstand."),
        (2, "20241130", "Der Gebietsstand 30.11.2024 weicht von dem der ersten Zeile ab."),
        (10, "17", "„17334501“ ist kein Gemeindeschlüssel."),
        (10, "0733x", "„0733x501“ ist kein Gemeindeschlüssel."),
        (22, " " * 50, "„“ ist kein Name."),
        (22, "Wö\x00rth" + " " * 44, "„Wö�rth“ ist kein Name."),
        (122, "41", "„41“ ist kein Textkennzeichen einer Gemeinde."),
        (128, "0000001x162", "Die Fläche „0000001x162“ ist keine Zahl."),
        (128, "99999999999", "999999999.99 km² kann keine Gemeinde groß sein."),
        (139, " " * 11, "Die Einwohnerzahl „           “ ist keine Zahl."),
        (139, "²²²²²²²²²²²", "Die Einwohnerzahl „²²²²²²²²²²²“ ist keine Zahl."),
        (139, "99999999999", "99999999999 Einwohner kann keine Gemeinde haben."),
        (165, "7674x", "„7674x“ ist keine Postleitzahl."),
    ],
)
def test_broken_line_is_named(start: int, text: str, message: str) -> None:
    number = GOOD_LINES.index(TOWN) + 1
    broken = TOWN[:start] + text + TOWN[start + len(text) :]
    lines = [broken if line == TOWN else line for line in GOOD_LINES]
    assert messages("\n".join(lines).encode()) == [f"Zeile {number}: {message}"]


def test_all_broken_lines_are_named_at_once() -> None:
    lines = [*GOOD_LINES, "Unsinn", TOWN, TOWN[:-1]]
    first = GOOD_LINES.index(TOWN) + 1
    end = len(GOOD_LINES)
    assert messages("\n".join(lines).encode()) == [
        f"Zeile {end + 1}: „Un“ ist keine Satzart.",
        f"Zeile {end + 2}: Der Gemeindeschlüssel 07334501 steht schon in Zeile {first}.",
        f"Zeile {end + 3}: 219 Zeichen statt 220.",
    ]


def test_other_encoding_is_recognised() -> None:
    found = messages("\n".join(line for line in GOOD_LINES if "š" not in line).encode("latin-1"))
    umlauts = [number for number, line in enumerate(GOOD_LINES, 1) if not line.isascii()]
    assert len(found) == len(umlauts) - 2
    assert found[0] == "Zeile 15: kein UTF-8 (ab Byte 25); die Datei ist wohl als ISO-8859-1 gespeichert."


def test_file_without_municipalities_is_refused() -> None:
    assert messages(GOOD_LINES[0].encode()) == ["Die Datei enthält keine Gemeinde (Satzart 60)."]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Die Datei ist leer."),
        (b" \n\n", "Die Datei ist leer."),
        (b"PK\x03\x04 cut off", NO_WORKBOOK),
        (b"PK", NO_WORKBOOK),
        (AUSZUG.read_bytes()[:6000], NO_WORKBOOK),
        (
            b"%PDF-1.7",
            "Ein altes oder geschütztes Office-Dokument oder ein PDF. Gebraucht wird .xlsx oder .txt.",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1",
            "Ein altes oder geschütztes Office-Dokument oder ein PDF. Gebraucht wird .xlsx oder .txt.",
        ),
    ],
)
def test_other_files_get_a_clear_message(content: bytes, message: str) -> None:
    assert messages(content) == [message]


def test_other_archive_is_refused() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("hallo.txt", "Hallo")
    assert messages(written.getvalue()) == [NO_WORKBOOK]


def test_other_workbook_is_refused() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Name", "Alter"])
    written = io.BytesIO()
    book.save(written)
    assert messages(written.getvalue()) == [
        "Die Excel-Datei ist kein Auszug GV (kein Blatt „Onlineprodukt_Gemeinden…“ mit Gebietsstand)."
    ]


def test_missing_file_and_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="lässt sich nicht öffnen"):
        read_register(tmp_path / "fehlt.txt")
    with pytest.raises(RegisterError, match="Das ist ein Ordner"):
        read_register(tmp_path)


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("A", "61", "„61“ ist keine Satzart."),
        ("B", 99, "„99“ ist kein Textkennzeichen einer Gemeinde."),
        ("G", "5x1", "„073345x1“ ist kein Gemeindeschlüssel."),
        ("H", None, "„“ ist kein Name."),
        ("I", "groß", "Die Fläche „groß“ ist keine Zahl."),
        ("I", 1e300, "1E+300 km² kann keine Gemeinde groß sein."),
        ("J", None, "Die Einwohnerzahl „“ ist keine Zahl."),
        ("J", -1, "-1 Einwohner kann keine Gemeinde haben."),
        ("J", "1e999999", "1E+999999 Einwohner kann keine Gemeinde haben."),
        ("N", "ABCDE", "„ABCDE“ ist keine Postleitzahl."),
        ("O", "0,5", "Die Koordinaten liegen nicht in Deutschland."),
        ("P", "nan", "Die Breite „nan“ ist keine Zahl."),
        ("S", "07", "„07“ ist kein Grad der Verstädterung."),
    ],
)
def test_broken_row_of_the_spreadsheet_is_named(column: str, value: object, message: str) -> None:
    number = row_of("Wörth am Rhein, Stadt")
    assert messages(workbook(**{f"{column}{number}": value})) == [f"Zeile {number}: {message}"]


def test_spreadsheet_may_hold_keys_as_numbers() -> None:
    number = row_of("Wörth am Rhein, Stadt")
    content = workbook(
        **{f"C{number}": 7, f"D{number}": 3.0, f"E{number}": 34, f"G{number}": 501, f"A{number}": 60}
    )
    assert "07334501" in {row.ags for row in parse(content).rows}


@settings(deadline=None)
@given(st.lists(st.text(max_size=240), max_size=5))
def test_random_lines_never_crash_and_are_all_named(lines: list[str]) -> None:
    added = [line for text in lines for line in text.split("\n") if line.encode("utf-8", "replace").strip()]
    content = "\n".join([*GOOD_LINES, *added]).encode("utf-8", "replace")
    first = len(GOOD_LINES) + 1
    assert lines_with_problems(content) == set(range(first, first + len(added)))


@settings(deadline=None)
@given(st.data())
def test_damaged_line_is_read_or_named(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, 219))
    damage = data.draw(st.binary(min_size=1, max_size=20).filter(lambda text: b"\n" not in text))
    raw = TOWN.encode()
    number = GOOD_LINES.index(TOWN) + 1
    content = GOOD.replace(raw, raw[:start] + damage + raw[start + len(damage) :])
    assert lines_with_problems(content) <= {0, number}


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_random_bytes_never_crash(content: bytes) -> None:
    with pytest.raises(RegisterError):
        parse(content)
