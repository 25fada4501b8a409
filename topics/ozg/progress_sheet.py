"""A city's progress from a table: what each line says and would change; the columns are in docs/ozg.md."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from search.folding import german_slug
from topics.models import Service, ServiceProgress
from topics.ozg.entering import Entry, Said, fingerprint
from topics.ozg.enums import MaturityModel, ProgressState, Way
from topics.ozg.names import WORDS
from topics.ozg.sheets import Problem, Row, Sheet, SheetError

if TYPE_CHECKING:
    from cities.models import City

NEEDED = ["state"]
LONGEST_OFFICE = 160


class BrokenCellError(Exception):
    """A cell says something that nobody knows; the message is for the person who made the table."""


@dataclass(frozen=True)
class Change:
    """What a line would do; `before` is None where the city has said nothing yet."""

    service: Service
    before: ServiceProgress | None
    after: ServiceProgress
    base: str

    @property
    def entry(self) -> Entry:
        return Entry(Said.of(self.after), self.base)


@dataclass(frozen=True)
class Reading:
    """What a table says about a city."""

    changes: list[Change]
    unchanged: int


def read_progress(city: City, sheet: Sheet) -> Reading:
    """Nothing is written. Raises SheetError with all that is wrong; a line without a state says nothing."""
    catalogue = _Catalogue()
    stored = {row.service_id: row for row in ServiceProgress.objects.filter(city=city)}
    problems: list[Problem] = []
    lines: dict[int, int] = {}
    changes, unchanged = [], 0
    for row in sheet.rows:
        try:
            said = _said(row)
            if said is None:
                continue
            service = catalogue.service_of(row)
            if lines.setdefault(service.pk, row.line) != row.line:
                raise BrokenCellError(
                    _("Dieselbe Leistung steht schon in Zeile %(first)d.") % {"first": lines[service.pk]}
                )
        except BrokenCellError as error:
            problems.append(Problem(row.line, str(error)))
            continue
        before = stored.get(service.pk)
        if Said.of(before) == said:
            unchanged += 1
            continue
        after = ServiceProgress(city=city, service=service, **said._asdict())
        changes.append(Change(service, before, after, fingerprint(Said.of(before))))
    if problems:
        raise SheetError(problems)
    if not lines:
        raise SheetError.of_file(_("Die Datei nennt zu keiner Leistung einen Stand."))
    return Reading(changes, unchanged)


class _Catalogue:
    """Services by their keys and names, in memory: a table has many lines."""

    def __init__(self) -> None:
        self._by_key: dict[str, Service] = {}
        self._by_name: defaultdict[str, list[Service]] = defaultdict(list)
        for service in Service.objects.current():
            self._by_name[german_slug(service.name)].append(service)
            if service.leika_key:
                self._by_key[service.leika_key] = service

    def service_of(self, row: Row) -> Service:
        key, name = row["leika_key"], row["name"]
        if key:
            if key not in self._by_key:
                raise BrokenCellError(
                    _("Den LeiKa-Schlüssel „%(text)s“ kennt der Katalog nicht.") % {"text": key[:40]}
                )
            return self._by_key[key]
        if not name:
            raise BrokenCellError(_("Es fehlt, um welche Leistung es geht: LeiKa-Schlüssel oder Name."))
        found = self._by_name.get(german_slug(name), [])
        if len(found) > 1:
            raise BrokenCellError(
                _("Mehrere Leistungen heißen „%(text)s“. Bitte geben Sie den LeiKa-Schlüssel an.")
                % {"text": name[:80]}
            )
        if not found:
            raise BrokenCellError(
                _("Eine Leistung „%(text)s“ kennt der Katalog nicht.") % {"text": name[:80]}
            )
        return found[0]


def _said(row: Row) -> Said | None:
    if not row["state"]:
        return None
    state = _choice(row["state"], ProgressState, _("„%(text)s“ ist kein Stand: %(names)s."))
    way = _choice(row["way"], Way, _("„%(text)s“ ist keine Angabe zum Weg: %(names)s.")) if row["way"] else ""
    model, level = _maturity(row["model_version"], row["maturity"])
    if len(row["office"]) > LONGEST_OFFICE:
        raise BrokenCellError(_("Die Stelle hat mehr als %(most)d Zeichen.") % {"most": LONGEST_OFFICE})
    if row["email"]:
        try:
            validate_email(row["email"])
        except ValidationError:
            raise BrokenCellError(
                _("„%(text)s“ ist keine E-Mail-Adresse.") % {"text": row["email"][:80]}
            ) from None
    return Said(state, model, level, way, row["office"], row["email"])


def _choice(text: str, choices: type[ProgressState] | type[Way], message: str) -> str:
    """The value whose name or word it is."""
    names: Mapping[str, str] = {german_slug(str(label)): value for value, label in choices.choices}
    slug = german_slug(text)
    value = names.get(slug) or WORDS.get(slug, "")
    if value not in choices.values:
        labels = ", ".join(str(label) for label in choices.labels)
        raise BrokenCellError(message % {"text": text[:40], "names": labels})
    return value


def _maturity(model: str, level: str) -> tuple[str, int | None]:
    """„1.1“ and „3“; one without the other says nothing."""
    if not level:
        return "", None
    # Spreadsheets make a number of it and drop the zero: „2“ is version 2.0.
    version = model.replace(",", ".").lower().removeprefix("modell").strip()
    version = {"2": MaturityModel.V2_0.value}.get(version, version)
    if version not in MaturityModel.values:
        raise BrokenCellError(
            _("Zum Reifegrad gehört die Version des Modells: 1.1 oder 2.0. Hier steht „%(text)s“.")
            % {"text": model[:20]}
        )
    known = MaturityModel(version)
    if not level.isdecimal() or len(level) > 2 or int(level) > known.highest:
        raise BrokenCellError(
            _("Den Reifegrad „%(text)s“ gibt es im Modell %(model)s nicht; möglich ist 0 bis %(most)d.")
            % {"text": level[:20], "model": version, "most": known.highest}
        )
    return version, int(level)
