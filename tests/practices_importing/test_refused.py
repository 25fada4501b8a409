"""Files that are no Word document, or none that may be opened: each is told apart, and nothing breaks."""

import struct
import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practices.importing import container
from practices.importing.container import RefusedError
from practices.importing.word import read
from tests.practices_importing.documents import DOCUMENT, changed, report, saved, with_body

REPORT = saved(report())
OLE = container.OLE + b"\x00" * 600
BOMB = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'


def refusal(content: bytes, name: str = "Bericht.docx") -> str:
    with pytest.raises(RefusedError) as refused:
        read(BytesIO(content), size=len(content), name=name)
    return str(refused.value)


def zipped(entries: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in entries.items():
            written.writestr(name, content)
    return file.getvalue()


def emptied(document: bytes) -> bytes:
    return document[: document.index(b"<w:body>")] + b"<w:body/></w:document>"


def says_something(content: bytes) -> str:
    """The title that was found, or why there is none; anything else is a failure."""
    try:
        return read(BytesIO(content), size=len(content), name="a.docx").outline.title
    except RefusedError as refused:
        return str(refused)


def with_text_called(name: str, text: bytes) -> bytes:
    """The document's own list says that its text stands in an entry of another name."""
    listed = {"_rels/.rels": lambda old: old.replace(DOCUMENT.encode(), name.encode())}
    return changed(REPORT, {name: text, **listed})


def with_wrong_bytes_inside() -> bytes:
    """The entry of the text is damaged while the container's own lists are sound."""
    where = REPORT.index(DOCUMENT.encode()) + 60
    return REPORT[:where] + b"\xff" * 20 + REPORT[where + 20 :]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "ist leer"),
        (b"Nur Text", "kein Word-Dokument"),
        (b"%PDF-1.7 ...", "PDF-Datei"),
        (b"{\\rtf1\\ansi}", "RTF-Datei"),
        (OLE + "WordDocument".encode("utf-16-le"), "alte Format"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "Kennwort"),
        (zipped({"xl/workbook.xml": b"<a/>"}), "Excel"),
        (zipped({"ppt/presentation.xml": b"<a/>"}), "PowerPoint"),
        (zipped({"content.xml": b"<a/>", "mimetype": b"x"}), "LibreOffice"),
        (zipped({"Index/Document.iwa": b"x"}), "Pages"),
        (zipped({"bild.png": b"x"}), "kein Word-Dokument, auch wenn"),
        (changed(REPORT, {"word/vbaProject.bin": b"x"}), "Makros"),
        (REPORT[: len(REPORT) // 2], "beschädigt"),
        (with_wrong_bytes_inside(), "beschädigt"),
        (changed(REPORT, {DOCUMENT: lambda old: old[:-40]}), "ließ sich nicht lesen"),
        (changed(REPORT, {DOCUMENT: b"<a>" + b"\xff\xfe" + b"</a>"}), "ließ sich nicht lesen"),
        (changed(REPORT, {DOCUMENT: lambda old: BOMB + old}), "Anweisungen"),
        (changed(REPORT, {DOCUMENT: (BOMB.decode() + "<d>&b;</d>").encode("utf-16")}), "Anweisungen"),
        (changed(REPORT, {"word/styles.xml": lambda old: BOMB + old}), "Anweisungen"),
        (changed(REPORT, {"word/media/a.png": b"\x00" * 40_000_000}), "ungewöhnlich groß"),
        (changed(REPORT, {f"word/media/{n}.png": b"x" for n in range(3_001)}), "ungewöhnlich groß"),
        (changed(REPORT, {"word/styles.xml": bytes(range(1, 60)) * 200_000}), "zu lang"),
        (with_body(REPORT, "<w:p></w:p>" * 20_001), "zu lang"),
        (with_body(REPORT, "<w:p/>" * 500_001), "zu lang"),
        (with_text_called("word/text.bin", b"<a>" + bytes(range(1, 60)) * 200_000), "zu lang"),
        (with_text_called("word/media/a.png", b" " * 3_000 + b"<a/>" * 500_001), "zu lang"),
        (with_text_called("word/text.bin", BOMB + b"<d>&b;</d>"), "Anweisungen"),
        (with_body(REPORT, "<w:tbl><w:tr><w:tc>" * 400 + "</w:tc></w:tr></w:tbl>" * 400), "verschachtelt"),
        (changed(REPORT, {DOCUMENT: emptied}), "kein Text"),
    ],
)  # fmt: skip
def test_odd_files_are_told_apart(content: bytes, said: str) -> None:
    assert said in refusal(content)


def test_files_that_are_too_large_are_not_read() -> None:
    class Unreadable(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise AssertionError("was read")

    with pytest.raises(RefusedError, match=r"50,0.MB; höchstens 20,0.MB"):
        read(Unreadable(), size=50 * container.MEGABYTE, name="a.docx")


def test_encrypted_entries_are_refused() -> None:
    """A bit in the lists of the container says that an entry needs a password."""
    content = bytearray(REPORT)
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        where = content.find(signature)
        while where >= 0:
            (flags,) = struct.unpack_from("<H", content, where + offset)
            struct.pack_into("<H", content, where + offset, flags | 1)
            where = content.find(signature, where + 4)
    assert "beschädigt" in refusal(bytes(content))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.binary(max_size=400), st.binary(max_size=60).map(lambda rest: b"PK\x03\x04" + rest)))
def test_random_bytes_end_in_a_message(content: bytes) -> None:
    assert refusal(content)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_damaged_documents_end_in_a_message_or_a_text(data: st.DataObject) -> None:
    content = bytearray(REPORT)
    for _change in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    assert says_something(bytes(content))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet="<>/w:prtbltcx \"'=&;0123abc", max_size=200))
def test_random_markup_inside_a_document_ends_in_a_message_or_a_text(xml: str) -> None:
    content = with_body(REPORT, xml)
    assert says_something(bytes(content))
