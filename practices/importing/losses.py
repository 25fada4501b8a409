"""What of a Word document cannot come along. It is counted and said, never dropped in silence."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from dataclasses import dataclass

from django.utils.translation import ngettext

from practices.importing.container import DOCUMENT, part

COUNTED = {
    "charts": re.compile(rb"<c:chart[ />]"),
    "drawings": re.compile(rb"<dgm:relIds[ />]"),
    "objects": re.compile(rb"<o:OLEObject[ />]"),
    "formulas": re.compile(rb"<m:oMath[ />]"),
    "deletions": re.compile(rb"<w:del [^<>]*>(?=.{0,400}?<w:delText)", re.DOTALL),
}
COMMENT = re.compile(rb"<w:comment ")
HAS_WORDS = re.compile(rb"<w:t(?: [^<>]*)?>\s*[^<\s]")
MARGIN = re.compile(r"^word/(?:header|footer)\d*\.xml$")


@dataclass(frozen=True)
class Loss:
    """A kind of thing that stayed behind, and how many of it."""

    code: str
    number: int

    def __str__(self) -> str:
        return _SAID[self.code](self.number) if self.code in _SAID else ""


def losses_of(container: zipfile.ZipFile) -> Counter[str]:
    document = part(container, DOCUMENT)
    counted = Counter({code: len(pattern.findall(document)) for code, pattern in COUNTED.items()})
    names = container.namelist()
    if "word/comments.xml" in names:
        counted["comments"] = len(COMMENT.findall(part(container, "word/comments.xml")))
    counted["margins"] = sum(
        1 for name in names if MARGIN.match(name) and HAS_WORDS.search(part(container, name))
    )
    return counted


_SAID = {
    "charts": lambda n: ngettext(
        "%(number)d Diagramm. Fügen Sie es bei Bedarf als Bild hinzu.",
        "%(number)d Diagramme. Fügen Sie sie bei Bedarf als Bilder hinzu.",
        n,
    ) % {"number": n},
    "drawings": lambda n: ngettext(
        "%(number)d SmartArt-Grafik. Fügen Sie sie bei Bedarf als Bild hinzu.",
        "%(number)d SmartArt-Grafiken. Fügen Sie sie bei Bedarf als Bilder hinzu.",
        n,
    ) % {"number": n},
    "objects": lambda n: ngettext(
        "%(number)d eingebettete Datei. Laden Sie sie bei Bedarf als Anlage hoch.",
        "%(number)d eingebettete Dateien. Laden Sie sie bei Bedarf als Anlagen hoch.",
        n,
    ) % {"number": n},
    "formulas": lambda n: ngettext("%(number)d Formel", "%(number)d Formeln", n) % {"number": n},
    "deletions": lambda n: ngettext(
        "%(number)d Stelle, die in der Änderungsverfolgung gelöscht ist",
        "%(number)d Stellen, die in der Änderungsverfolgung gelöscht sind",
        n,
    ) % {"number": n},
    "comments": lambda n: ngettext("%(number)d Kommentar", "%(number)d Kommentare", n) % {"number": n},
    "margins": lambda n: ngettext(
        "der Text einer Kopf- oder Fußzeile", "der Text von %(number)d Kopf- und Fußzeilen", n
    ) % {"number": n},
    "contents": lambda n: ngettext(
        "das Inhaltsverzeichnis", "%(number)d Inhaltsverzeichnisse", n
    ) % {"number": n},
    "linked_pictures": lambda n: ngettext(
        "%(number)d Bild, das nur verknüpft und nicht im Dokument gespeichert ist",
        "%(number)d Bilder, die nur verknüpft und nicht im Dokument gespeichert sind",
        n,
    ) % {"number": n},
    "further_pictures": lambda n: ngettext(
        "%(number)d weiteres Bild; so viele auf einmal nehmen wir nicht an",
        "%(number)d weitere Bilder; so viele auf einmal nehmen wir nicht an",
        n,
    ) % {"number": n},
    "heavy_pictures": lambda n: ngettext(
        "%(number)d Bild: Zusammen haben die Bilder zu viele Bildpunkte. Laden Sie es nach dem Übernehmen "
        "unter „Dateien“ hoch.",
        "%(number)d Bilder: Zusammen haben sie zu viele Bildpunkte. Laden Sie sie nach dem Übernehmen "
        "unter „Dateien“ hoch.",
        n,
    ) % {"number": n},
    "odd_pictures": lambda n: ngettext(
        "%(number)d Bild in einem Format, das Browser nicht zeigen. Speichern Sie es als PNG oder JPEG.",
        "%(number)d Bilder in einem Format, das Browser nicht zeigen. Speichern Sie sie als PNG oder JPEG.",
        n,
    ) % {"number": n},
}  # fmt: skip
