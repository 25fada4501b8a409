"""Reads write-ups in bulk; docs/import.md describes the file."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from practices.exchange_format.importing import ImportRefusedError, Options, Report, import_lines
from practices.exchange_format.record import Record
from search.bitmaps.folding import fold_where_worth_it

MOST_PROBLEMS_SHOWN = 50
MOST_NAMES_SHOWN = 10


class Command(BaseCommand):
    help = "Liest Beiträge aus einer Datei mit einem JSON-Objekt je Zeile ein (docs/import.md). Wiederholbar."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="DATEI", nargs="?")
        parser.add_argument("--create-topics", action="store_true", help="Unbekannte Themen anlegen.")
        parser.add_argument(
            "--admit-cities",
            action="store_true",
            help="Städte, die noch nicht im Netzwerk sind, als Gäste aufnehmen.",
        )
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="Auch überschreiben, was inzwischen jemand im Portal bearbeitet hat.",
        )
        parser.add_argument("--check", action="store_true", help="Nur prüfen, nichts schreiben.")
        parser.add_argument("--schema", action="store_true", help="Das JSON-Schema einer Zeile ausgeben.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["schema"]:
            self.stdout.write(json.dumps(Record.model_json_schema(), ensure_ascii=False, indent=2))
            return
        if options["file"] is None:
            raise CommandError(_("Bitte geben Sie eine Datei an."))
        try:
            report = self._import(options["file"], options)
        except ImportRefusedError as error:
            raise CommandError(_refusal(error)) from error
        for line in _lines(report):
            self.stdout.write(line)
        if options["check"]:
            self.stdout.write(_("Nur geprüft: Nichts wurde geschrieben."))
        else:
            fold_where_worth_it(waits=True)

    def _import(self, file: Path, options: dict[str, Any]) -> Report:
        chosen = Options(
            creates_topics=options["create_topics"],
            admits_cities=options["admit_cities"],
            overwrites=options["overwrite"],
            only_checks=options["check"],
        )
        total = sum(1 for _line in _lines_of(file))
        with (
            pghistory.context(command="import_practices", file=file.name),
            tqdm(total=total, unit=" Beiträge", disable=None) as progress,
        ):
            return import_lines(_lines_of(file), chosen, progress.update)


@contextmanager
def _reading() -> Iterator[None]:
    """Only around the file itself: other things can fail with an OSError too."""
    try:
        yield
    except OSError as error:
        raise CommandError(_why(error)) from error


def _why(error: OSError) -> str:
    """Ours, as the system says it in English and in its own way."""
    name = {"name": error.filename}
    if isinstance(error, FileNotFoundError):
        return _("Die Datei %(name)s gibt es nicht.") % name
    if isinstance(error, IsADirectoryError):
        return _("%(name)s ist ein Ordner, keine Datei.") % name
    if isinstance(error, PermissionError):
        return _("Die Datei %(name)s darf nicht gelesen werden.") % name
    return _("Die Datei lässt sich nicht lesen: %(why)s") % {"why": error}


def _lines_of(file: Path) -> Iterator[bytes]:
    with _reading(), file.open("rb") as lines:
        yield from lines


def _lines(report: Report) -> list[str]:
    lines = [
        _("Aufgenommen: %(created)d · geändert: %(updated)d · unverändert: %(unchanged)d")
        % {"created": report.created, "updated": report.updated, "unchanged": report.unchanged}
    ]
    for label, names in (
        (_("Angelegte Themen"), report.topics),
        (_("Als Gast aufgenommene Städte"), report.cities),
        (_("Im Portal bearbeitet und darum so gelassen (--overwrite überschreibt)"), report.kept),
    ):
        if names:
            more = " …" if len(names) > MOST_NAMES_SHOWN else ""
            lines.append(f"{label}: {len(names)} ({', '.join(names[:MOST_NAMES_SHOWN])}{more})")
    return lines


def _refusal(error: ImportRefusedError) -> str:
    lines = [str(problem) for problem in error.problems[:MOST_PROBLEMS_SHOWN]]
    if further := len(error.problems) - len(lines):
        lines.append(
            ngettext("und ein weiterer Fehler", "und %(number)d weitere Fehler", further)
            % {"number": further}
        )
    return "\n".join([*lines, _("Nichts wurde eingelesen.")])
