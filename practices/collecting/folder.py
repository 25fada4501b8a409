"""A collection as one PDF: cover, contents, then each thing with its note; write-ups as briefs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.answers import PDF
from documents.builds import Built, Kind, NothingToBuildError, Tell
from documents.glyphs import Verbatim
from documents.qr import svg
from documents.typesetting import pdf
from practices.briefs.brief import Brief
from practices.briefs.paper import sheet_of
from practices.collecting.contents import Contents, Entry
from practices.models import Collection
from search.folding import german_slug

if TYPE_CHECKING:
    from accounts.models import User

# So many things are set while somebody waits, and their list has room on the cover.
FEW = 10


def build(reader: User, subject: dict[str, Any], tell: Tell) -> Built:
    """What `reader` may see of the collection at this moment, whoever owns it."""
    found = Collection.objects.readable_by(reader).select_related("owner")
    collection = found.filter(pk=subject["collection"]).first()
    if collection is None:
        raise NothingToBuildError
    contents = Contents.whole(collection, reader, with_partners=True)
    if not contents.entries:
        raise NothingToBuildError
    data = {
        "heading": collection.title,
        "is_short": len(contents.entries) <= FEW,
        "intro": [line for line in collection.intro.splitlines() if line.strip()],
        "about": _about(collection, contents),
        "contents_label": _("Inhalt"),
        "note_label": _("Notiz"),
        "entries": list(_pages(contents, reader, tell)),
    }
    content = pdf("practices/collecting/folder.typ", data, title=collection.title)
    return Built(content, f"{name_of(collection)}.pdf", PDF)


FOLDER = Kind("folder", build)


def name_of(collection: Collection) -> str:
    """The collection's name as that of a file."""
    return german_slug(collection.title, 60) or "sammlung"


def _about(collection: Collection, contents: Contents) -> list[str]:
    number = len(contents.entries)
    return [
        _("Zusammengestellt von %(person)s") % {"person": collection.owner},
        ngettext("%(number)d Eintrag", "%(number)d Einträge", number) % {"number": number},
        _("Aus dem Portal %(network)s, Stand siehe Fußzeile") % {"network": settings.NETWORK_NAME},
    ]


def _pages(contents: Contents, reader: User, tell: Tell) -> Any:
    """Data of each entry, telling how far it is; setting the pages afterwards is the last step."""
    total = len(contents.entries) + 1
    for number, entry in enumerate(contents.entries):
        tell(number, total)
        practice = contents.practices.get(entry.practice_id or 0)
        if practice:
            yield {"kind": "brief", "note": entry.note, "brief": sheet_of(Brief.of(practice, reader))}
        else:
            yield _short(entry)
    tell(total - 1, total)


def _short(entry: Entry) -> dict[str, Any]:
    address = f"{settings.BASE_URL}{entry.url}"
    return {
        "kind": "short",
        "note": entry.note,
        "preline": entry.preline,
        "title": entry.title,
        "summary": entry.summary,
        "address": Verbatim(address),
        "shown_address": address.partition("://")[2],
        "qr": svg(address),
        "qr_says": _("QR-Code zur Seite im Portal"),
    }
