"""Files for tests, good and bad, made here and now."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

import docx
import openpyxl
from PIL import Image, TiffImagePlugin

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
ENCRYPTED_PDF = PDF.replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt 7 0 R")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
ENCRYPTED_OFFICE = OLE + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 100
BPMN = b"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p"/></definitions>"""
ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>"""
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 200
MACRO_TYPES = "application/vnd.ms-word.document.macroEnabled.main+xml"
TYPES = "application/vnd.openxmlformats-officedocument.{}.main+xml"


def word(text: str = "Leitfaden") -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    return saved(document)


def sheet() -> bytes:
    return saved(openpyxl.Workbook())


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def archive(entries: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as writer:
        for name, content in entries.items():
            writer.writestr(name, content)
    return out.getvalue()


def office(kind: str = "presentationml.presentation", more: dict[str, bytes | str] | None = None) -> bytes:
    return archive({"[Content_Types].xml": f'<Override ContentType="{TYPES.format(kind)}"/>', **(more or {})})


def open_document(
    kind: str = "text", manifest: str = "<manifest/>", more: dict[str, bytes | str] | None = None
) -> bytes:
    media_type = f"application/vnd.oasis.opendocument.{kind}"
    return archive({"mimetype": media_type, "META-INF/manifest.xml": manifest, **(more or {})})


def with_macros() -> bytes:
    return office("wordprocessingml.document", {"word/vbaProject.bin": b"macro"})


def bomb() -> bytes:
    return office("wordprocessingml.document", {"word/document.xml": b"\x00" * 30_000_000})


def picture(form: str = "PNG", size: tuple[int, int] = (40, 20), **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, form, **options)
    return out.getvalue()


def photo() -> bytes:
    """Lies on its side and says where it was taken, by whom and with what."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it upright
    exif[0x013B] = "Erika Musterfrau"
    exif[0x010F] = "Kamerafabrik"
    exif.get_ifd(0x8825)[2] = tuple(TiffImagePlugin.IFDRational(part) for part in (49, 26, 44))
    return picture("JPEG", exif=exif, comment=b"Geheimnisstadt")


def pixel_bomb() -> bytes:
    """A few kilobytes that would be gigabytes of pixels."""
    small = picture("PNG", (8, 8))
    at = small.index(b"IHDR")
    header = b"IHDR" + (60_000).to_bytes(4, "big") * 2 + small[at + 12 : at + 17]
    return small[:at] + header + zlib.crc32(header).to_bytes(4, "big") + small[at + 21 :]
