"""Word documents as people in administrations write them, made on the spot."""

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from PIL import Image

DOCUMENT = "word/document.xml"


def saved(document: Document) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def picture(color: str = "green", kind: str = "PNG") -> BytesIO:
    file = BytesIO()
    Image.new("RGB", (60, 40), color).save(file, kind)
    file.seek(0)
    return file


def describe_last_picture(document: Document, words: str) -> None:
    document.element.body.findall(f".//{qn('wp:docPr')}")[-1].set("descr", words)


def report() -> Document:
    """A report with Word's own styles, numbered by hand, as it is written for a council."""
    document = docx.Document()
    document.add_heading("Bodenfeuchte-Sensoren für Stadtbäume", 0)
    document.add_paragraph("Sensoren zeigen uns, welcher Baum wirklich Wasser braucht.")
    document.add_paragraph("Stand: 12. März 2024, Grünflächenamt")
    document.add_heading("1. Ausgangslage", 1)
    document.add_paragraph("Alle Bäume wurden nach Plan gegossen.")
    document.add_heading("1.1 Personal und Fahrzeuge", 2)
    document.add_paragraph("Zwei Fahrzeuge waren unterwegs.")
    document.add_heading("2. Umsetzung", 1)
    for text, style in [
        ("Sieben Standorte", "List Bullet"),
        ("davon drei am Fluss", "List Bullet 2"),
        ("Funknetz der Stadtwerke", "List Bullet"),
    ]:
        document.add_paragraph(text, style=style)
    document.add_picture(picture())
    describe_last_picture(document, "Ein Sensor an einer Linde\n\nAutomatisch generierte Beschreibung")
    document.add_heading("3. Kosten und Personal", 1)
    table = document.add_table(2, 2)
    for row, texts in zip(table.rows, [("Posten", "Betrag"), ("Sensoren", "4.200 €")], strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_heading("4. STOLPERSTEINE:", 1)
    document.add_paragraph("Die Batterien hielten nur ein Jahr.")
    document.add_heading("5. Fazit und Ausblick", 1)
    document.add_paragraph("Wir würden die Gärtner früher fragen.")
    return document


def memo() -> Document:
    """No styles at all: headings are bold, once with the text in the same line, once numbered by Word."""
    document = docx.Document()
    document.add_paragraph().add_run("Vermerk: Mängelmelder der Stadt").bold = True
    document.add_paragraph().add_run("Hintergrund").bold = True
    document.add_paragraph("Meldungen kamen per Telefon und gingen verloren.")
    line = document.add_paragraph()
    line.add_run("Was haben wir gemacht?").bold = True
    line.add_run().add_break()
    line.add_run("Ein Formular ohne Anmeldung.")
    line = document.add_paragraph()
    line.add_run("Ergebnise:").bold = True  # a slip as it happens
    line.add_run(" 150 Meldungen im ersten Monat.")
    document.add_paragraph("Lessons Learned", style="List Number")
    document.add_paragraph("Erst die Zuständigkeiten klären.")
    document.add_paragraph().add_run("Verteiler").bold = True
    document.add_paragraph("Amt 66, Amt 10")
    return document


def form() -> Document:
    """A form of two columns, as for calls for funding; the empty line at the end stays empty."""
    document = docx.Document()
    document.add_heading("Projektsteckbrief", 1)
    rows = [
        ("Projektname", "Digitaler Bauantrag"),
        ("Stadt", "Musterstadt"),
        ("Kurzfassung", "Bauanträge kommen vollständig und ohne Papier an."),
        ("Problemstellung", "Anträge lagen lange, bevor sie jemand öffnete."),
        ("Lösungsansatz", "Ein Formular prüft die Unterlagen."),
        ("Datenschutz", "Die Folgenabschätzung liegt vor."),
        ("Laufzeit", "2022 bis 2024"),
        ("", ""),
    ]
    table = document.add_table(len(rows), 2)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return document


def loose() -> Document:
    """Only text that fits nowhere."""
    document = docx.Document()
    document.add_paragraph("Liebe Kolleginnen,")
    document.add_paragraph("anbei wie besprochen die Notizen vom Dienstag")
    document.add_paragraph("Gruß aus dem Rathaus")
    return document


def add_text_box(document: Document, text: str) -> None:
    """A box beside a paragraph."""
    run = document.add_paragraph("Neben dem Kasten.").add_run()
    content = OxmlElement("w:txbxContent")
    paragraph, inner, words = (OxmlElement(name) for name in ("w:p", "w:r", "w:t"))
    words.text = text
    inner.append(words)
    paragraph.append(inner)
    content.append(paragraph)
    box = OxmlElement("w:pict")
    box.append(content)
    run._r.append(box)


def changed(content: bytes, change: Mapping[str, bytes | Callable[[bytes], bytes] | None]) -> bytes:
    """The document with entries of its container replaced, added, or (None) left out."""
    source, target = zipfile.ZipFile(BytesIO(content)), BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
        for name in dict.fromkeys([*source.namelist(), *change]):
            replacement: Any = change.get(name, b"")
            if name in change and replacement is None:
                continue
            old = source.read(name) if name in source.namelist() else b""
            new = replacement(old) if callable(replacement) else replacement
            written.writestr(name, new if name in change else old)
    return target.getvalue()


def with_body(content: bytes, xml: str) -> bytes:
    """The document with raw XML put before its end."""
    return changed(content, {DOCUMENT: lambda old: old.replace(b"<w:sectPr", xml.encode() + b"<w:sectPr", 1)})
