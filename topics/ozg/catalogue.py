"""Takes a catalogue of services over: all of it or, when a line is wrong, nothing.

A service is known by its LeiKa key, else by Themenfeld and name. The columns are in docs/ozg.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pghistory
from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from topics.actions import hold_map
from topics.models import Service
from topics.ozg import search_entry
from topics.ozg.fields import KEYS, Fields, create_missing
from topics.ozg.imports import MARK
from topics.ozg.names import OFFICIAL, key_of
from topics.ozg.sheets import Problem, Sheet, SheetError

if TYPE_CHECKING:
    from accounts.models import User
    from topics.ozg.sheets import Row

NEEDED = ["name", "field"]
CONTENT = ["field_id", "name", "leika_key", "ozg_id", "description", "left_on"]
LEIKA, OZG = re.compile(r"\d{14}"), re.compile(r"\d{5}")
LONGEST_NAME, LONGEST_SAID = 250, 160
MOST_PROBLEMS = 200
ADVISORY_LOCK = 7_312_002


@dataclass
class Report:
    """What an import did or, as a preview, would do."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)  # with what becomes of what
    unchanged: int = 0
    returned: list[str] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)  # something hangs on them: marked, and they stay
    removed: list[str] = field(default_factory=list)  # nothing hung on them
    fields: list[str] = field(default_factory=list)  # Themenfelder that came onto the map
    ignored: list[str] = field(default_factory=list)  # columns

    @property
    def does_something(self) -> bool:
        return bool(self.created or self.changed or self.returned or self.leaving)

    @property
    def leaving(self) -> int:
        """How many services are deleted or marked as gone."""
        return len(self.removed) + len(self.vanished)

    def sections(self) -> list[tuple[str, list[str]]]:
        """What to look at, by title."""
        parts = [
            (_("Neu auf der Themenkarte"), self.fields),
            (_("Neu im Katalog"), self.created),
            (_("Geändert"), self.changed),
            (_("Wieder im Katalog"), self.returned),
            (_("Nicht mehr im Katalog, bleibt aber stehen, weil Angaben daran hängen"), self.vanished),
            (_("Nicht mehr im Katalog und von niemandem genutzt: entfernt"), self.removed),
            (_("Spalten, die nicht gelesen wurden"), self.ignored),
        ]
        return [(title, names) for title, names in parts if names]

    def lines(self) -> Iterator[str]:
        """The report in German, a line at a time."""
        yield _("Neu: %(new)d · geändert: %(changed)d · unverändert: %(same)d") % {
            "new": len(self.created),
            "changed": len(self.changed),
            "same": self.unchanged,
        }
        for title, names in self.sections():
            yield f"{title}: {len(names)}"
            yield from (f"  {name}" for name in names)


@transaction.atomic
def import_catalogue(
    *, sheet: Sheet, by: User | None, is_complete: bool = False, only_checks: bool = False
) -> Report:
    """Create and update services; raises SheetError and writes nothing when a line is wrong.

    With `is_complete` the file is the whole catalogue: services it lacks are marked as gone or, where nothing
    hangs on them, removed. `only_checks` reports what would happen and leaves everything as it was.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
    hold_map()
    with pghistory.context(user=by.pk if by else None, **{MARK: True}):
        report = _Run(sheet).take(is_complete=is_complete)
    if only_checks:
        transaction.set_rollback(True)
    return report


class _Run:
    """One import."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.problems: list[Problem] = []
        self.report = Report(ignored=list(sheet.ignored))
        self.services = list(Service.objects.select_for_update(of=("self",)))
        self.claimed: dict[int, int] = {}  # line by service

    def take(self, *, is_complete: bool) -> Report:
        self._check_rows()
        if not self.sheet.rows:
            self.problems.append(Problem(0, _("Die Datei nennt keine Leistung.")))
        self._stop_if_wrong()
        self.report.fields = create_missing(row["field"] for row in self.sheet.rows)
        self.fields = Fields()
        self._index()
        self.changed: list[Service] = []
        for row in self.sheet.rows:
            self._take_row(row)
        self._stop_if_wrong()
        for service in self.changed:
            service.save()
        if is_complete:
            self._take_leave({*self.claimed, *(service.pk for service in self.changed)})
        search_entry.refresh([service.pk for service in self.changed])
        return self.report

    def _stop_if_wrong(self) -> None:
        if self.problems:
            raise SheetError(sorted(self.problems, key=lambda each: each.line)[:MOST_PROBLEMS])

    def _check_rows(self) -> None:
        fields = Fields()
        keys: dict[str, int] = {}
        for row in self.sheet.rows:
            for message in _complaints(row, fields):
                self.problems.append(Problem(row.line, message))
            name = key_of(row["name"])
            own = row["leika_key"] or f"{key_of(row['field'])}/{name}"
            if name and keys.setdefault(own, row.line) != row.line:
                message = _("Dieselbe Leistung steht schon in Zeile %(first)d.") % {"first": keys[own]}
                self.problems.append(Problem(row.line, message))

    def _index(self) -> None:
        self.by_key = {service.leika_key: service for service in self.services if service.leika_key}
        self.by_name: dict[tuple[int, str], list[Service]] = {}
        for service in self.services:
            self.by_name.setdefault((service.field_id, key_of(service.name)), []).append(service)

    def _known(self, row: Row, field_id: int) -> Service | None:
        key = row["leika_key"]
        if key in self.by_key:
            return self.by_key[key]
        # A service that was known by its name alone learns its key; another key is another service.
        named = self.by_name.get((field_id, key_of(row["name"])), [])
        fitting = [service for service in named if not service.leika_key or not key]
        return fitting[0] if len(fitting) == 1 else None

    def _take_row(self, row: Row) -> None:
        node = self.fields.named(row["field"])
        assert node is not None  # noqa: S101  the rows were checked, and what was missing is there now
        known = self._known(row, node.id)
        if known is not None and self.claimed.setdefault(known.pk, row.line) != row.line:
            message = _("Dieselbe Leistung steht schon in Zeile %(first)d.")
            self.problems.append(Problem(row.line, message % {"first": self.claimed[known.pk]}))
            return
        service = known or Service()
        before = [getattr(service, name) for name in CONTENT]
        service.field_id, service.name, service.left_on = node.id, row["name"], None
        for name in ("leika_key", "ozg_id", "description"):
            if row[name]:  # an empty cell does not take away what is known
                setattr(service, name, row[name])
        self._note(service, before, is_new=known is None)

    def _note(self, service: Service, before: list[object], *, is_new: bool) -> None:
        if before == [getattr(service, name) for name in CONTENT]:
            self.report.unchanged += 1
            return
        self.changed.append(service)
        if is_new:
            self.report.created.append(service.name)
        elif before[-1] is not None:
            self.report.returned.append(service.name)
        else:
            self.report.changed.append(self._difference(service, before))

    def _difference(self, service: Service, before: list[object]) -> str:
        """„Wohngeld: OZG-ID „10110“ → „10111““, by the name that the catalogue has now."""
        labels = {each.attname: each.verbose_name for each in Service._meta.concrete_fields}
        parts = [
            _("%(label)s %(old)s → %(new)s")
            % {
                "label": labels[name],
                "old": self._said(old),
                "new": self._said(getattr(service, name)),
            }
            for name, old in zip(CONTENT, before, strict=True)
            if old != getattr(service, name)
        ]
        return f"{before[CONTENT.index('name')]}: {'; '.join(parts)}"

    def _said(self, value: object) -> str:
        text = self.fields.tree[value].name if isinstance(value, int) else str(value)
        return _("„%(text)s“") % {"text": Truncator(text).chars(LONGEST_SAID)} if text else "–"

    def _take_leave(self, listed: set[int]) -> None:
        missing = Service.objects.exclude(pk__in=listed)
        unused = list(missing.unused())
        self.report.removed = [service.name for service in unused]
        for service in unused:
            service.delete()
        for service in list(missing.current()):
            service.left_on = timezone.localdate()
            service.save(update_fields=["left_on"])
            self.report.vanished.append(service.name)
        search_entry.refresh([service.pk for service in self.services if service.pk not in listed])


def _complaints(row: Row, fields: Fields) -> Iterator[str]:
    if not row["name"]:
        yield _("Der Name der Leistung fehlt.")
    elif len(row["name"]) > LONGEST_NAME:
        yield _("Der Name hat mehr als %(most)d Zeichen.") % {"most": LONGEST_NAME}
    if not row["field"]:
        yield _("Das Themenfeld fehlt.")
    elif fields.named(row["field"]) is None and key_of(row["field"]) not in KEYS:
        yield _("„%(text)s“ ist keines der Themenfelder: %(names)s.") % {
            "text": row["field"][:80],
            "names": ", ".join(OFFICIAL),
        }
    if row["leika_key"] and not LEIKA.fullmatch(row["leika_key"]):
        yield _(
            "„%(text)s“ ist kein LeiKa-Schlüssel; er hat 14 Ziffern. In Excel hilft es, die Spalte als Text "
            "zu formatieren."
        ) % {"text": row["leika_key"][:40]}
    if row["ozg_id"] and not OZG.fullmatch(row["ozg_id"]):
        yield _("„%(text)s“ ist keine OZG-ID; sie hat 5 Ziffern.") % {"text": row["ozg_id"][:40]}


def summary(report: Report) -> str:
    """One sentence for the person who imported."""
    new = ngettext("%(n)d neue Leistung", "%(n)d neue Leistungen", len(report.created)) % {
        "n": len(report.created)
    }
    return _("Der Katalog ist eingelesen: %(new)s, %(changed)d geändert, %(same)d unverändert.") % {
        "new": new,
        "changed": len(report.changed),
        "same": report.unchanged,
    }
