"""Tables that people bring: what is in them, and where the reader stops."""

import datetime as dt

import pytest

from documents import tables
from documents.tables import Limits, Row, UnreadableTableError, read
from tests.support.tables import SHEET, changed, sharing, sheet, unreadable, workbook

SMALL = Limits(size=tables.MEGABYTE, rows=3, columns=4, cell=10)
WIDE = Limits(size=tables.MEGABYTE, rows=5_000, columns=4)


def refusal(content: bytes, limits: Limits = SMALL) -> str:
    with pytest.raises(UnreadableTableError) as refused:
        read(content, limits)
    return str(refused.value)


def test_cells_are_said_as_people_write_them():
    content = workbook(
        [
            [" Seit ", "Bis", "Schlüssel"],
            [2020, dt.date(2027, 12, 31), 99107023037000.0],
            [],
            [1.5, dt.datetime(2027, 1, 2, 3, 4), None],  # noqa: DTZ001  Excel knows no time zones
            [None, 0],
        ]
    )
    assert read(content, WIDE) == [
        Row(1, ["Seit", "Bis", "Schlüssel"]),
        Row(2, ["2020", "31.12.2027", "99107023037000"]),
        Row(4, ["1.5", "02.01.2027"]),
        Row(5, ["", "0"]),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_csv_is_read_as_spreadsheets_write_it(encoding: str, separator: str):
    text = f'\r\nGröße{separator}Straße{separator}\r\n"a\n""b"""{separator}–\r\n\r\n{separator}\r\n'
    assert read(text.encode(encoding), SMALL) == [Row(2, ["Größe", "Straße"]), Row(4, ['a\n"b"', "–"])]


def test_texts_that_cells_share_are_found():
    assert read(sharing(["Größe", "b"], [[0, 1], [1, 1]]), SMALL) == [
        Row(1, ["Größe", "b"]),
        Row(2, ["b", "b"]),
    ]


def test_sheet_is_chosen_by_its_title_and_cells_beyond_a_wrong_dimension_are_read():
    content = workbook([["a", "b"], ["c", "d"]], title="Onlineprodukt 2026")
    wrong = changed(content, SHEET, lambda old: old.replace(b'ref="A1:B2"', b'ref="A1"'))
    assert wrong != content
    assert read(wrong, SMALL, titled="Onlineprodukt") == [Row(1, ["a", "b"]), Row(2, ["c", "d"])]
    assert read(wrong, SMALL, titled="Deckblatt") == []


@pytest.mark.parametrize("content", [b"", b" \r\n;;\r\n", workbook(), workbook([[None, " "]])])
def test_what_is_empty_has_no_rows(content: bytes):
    assert read(content, SMALL) == []


@pytest.mark.parametrize(("content", "message"), unreadable().values(), ids=unreadable())
def test_what_cannot_be_read_is_told(content: bytes, message: str):
    assert message in refusal(content)


@pytest.mark.parametrize("make", [workbook, lambda rows: "\n".join(map(";".join, rows)).encode()])
def test_limits_hold_to_the_row_and_cell(make):
    assert len(read(make([["a", "b", "c", "d" * 10]] * 4), SMALL)) == 4
    assert "mehr als 3 Zeilen" in refusal(make([["a"]] * 5))
    assert "mehr als 4 Spalten" in refusal(make([["a"], ["", "", "", "", "e"]]))
    assert "In Zeile 2 hat eine Zelle mehr als 10 Zeichen" in refusal(make([["a"], ["b" * 11]]))
    assert "mehr als 1 MB" in refusal(b"x" * (tables.MEGABYTE + 1))


def test_small_files_that_say_very_much_are_refused():
    many = sharing(["x" * 30_000], [[0]] * 2_500)
    assert len(many) < tables.MEGABYTE
    assert "Ausgepackt ist die Datei zu groß" in refusal(many, WIDE)
    tags = Limits(size=tables.MEGABYTE, rows=3, columns=4, tags=20_000)
    assert "Ausgepackt ist die Datei zu groß" in refusal(sheet("<row/>" * 20_001), tags)


def test_far_rows_are_refused_and_near_ones_found():
    far = '<row r="{}"><c t="str"><v>x</v></c></row>'
    assert read(sheet(far.format(tables.LAST_ROW)), SMALL) == [Row(tables.LAST_ROW, ["x"])]
    assert "weiter als bis Zeile 100000" in refusal(sheet(far.format(99_999_999)))
