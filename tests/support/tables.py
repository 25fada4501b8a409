"""Workbooks for tests: sound ones, and each way in which one may be broken, locked or hostile."""

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import openpyxl

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
SHEET = "xl/worksheets/sheet1.xml"
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRINGS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
ENTITIES = f'<!DOCTYPE t [<!ENTITY l0 "ha">{LAUGHS}]><worksheet xmlns="{SPREADSHEET}">&l9;</worksheet>'


def workbook(rows: Iterable[Sequence[Any]] = (), title: str = "Tabelle") -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = title
    for row in rows:
        book.active.append(list(row))
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def changed(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same archive with one of its parts changed."""
    saved = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            part = old.read(entry)
            new.writestr(entry.filename, change(part) if entry.filename == name else part)
    return saved.getvalue()


def sheet(rows: str) -> bytes:
    """A workbook whose only sheet has these rows in XML."""
    xml = f'<worksheet xmlns="{SPREADSHEET}"><sheetData>{rows}</sheetData></worksheet>'
    return changed(workbook(), SHEET, lambda _old: xml.encode())


def sharing(texts: Sequence[str], rows: Iterable[Sequence[int]]) -> bytes:
    """A workbook as Excel writes it: texts stand once in a part of their own, and cells give their number."""
    cells = ("".join(f'<c t="s"><v>{at}</v></c>' for at in row) for row in rows)
    book = sheet("".join(f"<row>{row}</row>" for row in cells))
    part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{STRINGS}"/></Types>'.encode()
    book = changed(book, "[Content_Types].xml", lambda old: old.replace(b"</Types>", part))
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    added = io.BytesIO(book)
    with zipfile.ZipFile(added, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{SPREADSHEET}">{items}</sst>')
    return added.getvalue()


def damaged(content: bytes) -> bytes:
    """The packed bytes of the sheet are wrong, while the archive's own lists are sound."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entry = archive.getinfo(SHEET)
    start = entry.header_offset + 30 + len(SHEET)
    return content[:start] + b"\xff" * 20 + content[start + 20 :]


def locked(content: bytes) -> bytes:
    """Every entry says that it is encrypted, as those of a zip with a password do."""
    marked = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries, at = archive.infolist(), archive.start_dir
    for entry in entries:
        marked[entry.header_offset + 6] |= 1
        marked[at + 8] |= 1
        at += 46 + len(entry.filename)
    return bytes(marked)


def bomb() -> bytes:
    """Some seventy kilobytes that unpack to seventy megabytes."""
    return changed(workbook(), SHEET, lambda old: old + b" " * (70 * 1024 * 1024))


def padded_entities() -> bytes:
    """The parser allows entities to make a hundred times of a part, and blanks make the part large."""
    declared = f'<!DOCTYPE t [<!ENTITY b "{"b" * 20_000}">]>'
    cells = "<c t='inlineStr'><is><t>&b;</t></is></c>" * 5_000
    rows = f"<sheetData><row>{cells}</row></sheetData>"
    return f'{declared}{" " * 10_000_000}<worksheet xmlns="{SPREADSHEET}">{rows}</worksheet>'.encode()


def many_sheets() -> bytes:
    """Twelve sheets of the list are one and the same large part, which is looked through for each."""
    large = sheet("<row><c/></row>" * 300_000)
    named = "".join(f'<sheet name="T{n}" sheetId="{n}" r:id="rId1"/>' for n in range(2, 14))
    return changed(
        large, "xl/workbook.xml", lambda old: old.replace(b"</sheets>", f"{named}</sheets>".encode())
    )


def many_styles(styles: bytes) -> bytes:
    return styles.replace(b"</cellXfs>", b"<xf/>" * 200_000 + b"</cellXfs>")


def unreadable() -> dict[str, tuple[bytes, str]]:
    """Files that nobody can read, by what is wrong with them: the bytes, and words of the message."""
    sound = workbook([["Name", "Zweck"], ["a", "b"]])
    no_workbook, password = "keine lesbare Excel-Datei", "mit einem Kennwort geschützt"
    too_much = "Ausgepackt ist die Datei zu groß"
    return {
        "damaged inside": (damaged(sound), no_workbook),
        "cut off": (sound[: len(sound) // 2], no_workbook),
        "zip with password": (locked(sound), password),
        "workbook with password": (OLE + "EncryptedPackage".encode("utf-16-le"), password),
        "broken XML": (changed(sound, SHEET, lambda old: old[:-40]), no_workbook),
        "nonsense in a cell": (sheet('<row r="1"><c r="A1" t="s"><v>9</v></c></row>'), no_workbook),
        "entities": (changed(sound, SHEET, lambda _old: ENTITIES.encode()), no_workbook),
        "entities behind blanks": (changed(sound, SHEET, lambda _old: padded_entities()), no_workbook),
        "bomb": (bomb(), too_much),
        "one sheet many times": (many_sheets(), too_much),
        "many styles": (changed(sound, "xl/styles.xml", many_styles), too_much),
        "another archive": (changed(sound, "[Content_Types].xml", lambda _old: b"<a/>"), no_workbook),
        "old Excel": (OLE, "als .xlsx oder .csv"),
        "PDF": (b"%PDF-1.7", "als .xlsx oder .csv"),
        "picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "weder eine CSV-Datei noch eine Excel-Datei"),
        "another code page": ("Straße;Tür".encode("cp850"), "CSV geht als UTF-8 oder Windows-1252"),
        "half of UTF-16": ("a;b\nc;d".encode("utf-16")[:-1], "weder eine CSV-Datei noch eine Excel-Datei"),
        "open quote": (b'Name;Zweck\n"offen;x\n', "Anführungszeichen"),
    }
