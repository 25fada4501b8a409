"""What may be uploaded. Everything else is refused, whatever it calls itself.

No archives: nobody can say what is inside; code and large data belong into a repository that is linked.
No SVG and no HTML: both can carry scripts. No Office macros.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class FileKind:
    """`extension` is the one it is stored with, `names` are those that its name may end with."""

    extension: str
    media_type: str
    label: str | Promise
    names: tuple[str, ...] = ()

    def fits(self, extension: str) -> bool:
        return not extension or extension in (self.names or (self.extension,))


OFFICE = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"
PICTURE_NAMES = ("png", "jpg", "jpeg", "jpe", "jfif", "webp", "gif")

PDF = FileKind("pdf", "application/pdf", "PDF")
DOCX = FileKind("docx", f"{OFFICE}.wordprocessingml.document", _("Word-Dokument"))
XLSX = FileKind("xlsx", f"{OFFICE}.spreadsheetml.sheet", _("Excel-Tabelle"))
PPTX = FileKind("pptx", f"{OFFICE}.presentationml.presentation", _("PowerPoint-Präsentation"))
ODT = FileKind("odt", f"{ODF}.text", _("OpenDocument-Text"))
ODS = FileKind("ods", f"{ODF}.spreadsheet", _("OpenDocument-Tabelle"))
ODP = FileKind("odp", f"{ODF}.presentation", _("OpenDocument-Präsentation"))
# Pictures are re-encoded, so their name need not match.
JPEG = FileKind("jpg", "image/jpeg", _("Bild"), PICTURE_NAMES)
PNG = FileKind("png", "image/png", _("Bild"), PICTURE_NAMES)
WEBP = FileKind("webp", "image/webp", _("Bild"), PICTURE_NAMES)
TXT = FileKind("txt", "text/plain", _("Textdatei"), ("txt", "text"))
CSV = FileKind("csv", "text/csv", _("CSV-Tabelle"))
MARKDOWN = FileKind("md", "text/markdown", _("Textdatei (Markdown)"), ("md", "markdown"))
JSON = FileKind("json", "application/json", _("JSON-Datei"), ("json", "geojson"))
BPMN = FileKind("bpmn", "application/xml", _("Prozessmodell (BPMN)"), ("bpmn", "xml"))
DMN = FileKind("dmn", "application/xml", _("Entscheidungsmodell (DMN)"), ("dmn", "xml"))
XML = FileKind("xml", "application/xml", _("XML-Datei"))

KINDS = [PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, JPEG, PNG, WEBP, TXT, CSV, MARKDOWN, JSON, BPMN, DMN, XML]
LABELS = {kind.extension: kind.label for kind in KINDS}
# For the browser's file dialogue; the check does not trust it.
ACCEPT = ",".join(dict.fromkeys(f".{name}" for kind in KINDS for name in kind.names or (kind.extension,)))
ALLOWED = _(
    "Möglich sind PDF, Word, Excel, PowerPoint, OpenDocument, Bilder (JPEG, PNG, WebP, GIF), "
    "Text, CSV, JSON, XML und BPMN."
)
