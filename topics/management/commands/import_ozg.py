"""Reads a catalogue of OZG services from a CSV or Excel file. The columns are in docs/ozg.md."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from topics.ozg.catalogue import NEEDED, import_catalogue
from topics.ozg.names import CATALOGUE_COLUMNS
from topics.ozg.sheets import SheetError, read

MOST_PROBLEMS_SHOWN = 50


class Command(BaseCommand):
    help = "Liest den Katalog der OZG-Leistungen ein (.xlsx oder .csv). Wiederholbar."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="DATEI")
        parser.add_argument(
            "--complete",
            action="store_true",
            help="Die Datei ist der ganze Katalog: was fehlt, gilt als weggefallen.",
        )
        parser.add_argument("--check", action="store_true", help="Nur prüfen und berichten, nichts einlesen.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(
                _("Die Datei lässt sich nicht öffnen: %(reason)s") % {"reason": error.strerror}
            ) from None
        try:
            report = import_catalogue(
                sheet=read(content, CATALOGUE_COLUMNS, needed=NEEDED),
                by=None,
                is_complete=options["complete"],
                only_checks=options["check"],
            )
        except SheetError as error:
            raise CommandError(_message(error)) from error
        for line in report.lines():
            self.stdout.write(line)
        if options["check"]:
            self.stdout.write(_("Nur geprüft; nichts wurde eingelesen."))


def _message(error: SheetError) -> str:
    lines = [str(problem) for problem in error.problems[:MOST_PROBLEMS_SHOWN]]
    if further := len(error.problems) - len(lines):
        lines.append(
            ngettext("und ein weiterer Fehler", "und %(number)d weitere Fehler", further)
            % {"number": further}
        )
    return "\n".join([*lines, _("Nichts wurde eingelesen.")])
