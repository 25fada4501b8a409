"""Reads the official register of municipalities (Destatis, GV-ISys) in either of its forms."""

import argparse
import datetime as dt
from pathlib import Path
from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cities.register.importing import import_register
from cities.register.reading import read_register
from cities.register.records import RegisterError

MOST_PROBLEMS_SHOWN = 50


def german_or_iso_date(text: str) -> dt.date:
    for pattern in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return dt.datetime.strptime(text, pattern).replace(tzinfo=dt.UTC).date()
        except ValueError:
            continue
    raise argparse.ArgumentTypeError(_("„%(text)s“ ist kein Datum wie 31.12.2024.") % {"text": text})


class Command(BaseCommand):
    help = "Liest das Gemeindeverzeichnis ein: GV100AD (Text) oder Auszug GV (.xlsx). Wiederholbar."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="DATEI")
        parser.add_argument(
            "--extract",
            action="store_true",
            help="Die Datei ist nur ein Ausschnitt: keine Gemeinde gilt als weggefallen.",
        )
        parser.add_argument(
            "--population-date",
            type=german_or_iso_date,
            metavar="TT.MM.JJJJ",
            help="Stand der Einwohnerzahlen einer GV100AD (sonst aus dem Gebietsstand geschlossen).",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            file = read_register(options["file"], options["population_date"])
            with pghistory.context(command="import_register", file=options["file"].name):
                report = import_register(file, is_extract=options["extract"])
        except RegisterError as error:
            raise CommandError(_message(error)) from error
        for line in report.lines():
            self.stdout.write(line)


def _message(error: RegisterError) -> str:
    lines = [str(problem) for problem in error.problems[:MOST_PROBLEMS_SHOWN]]
    if further := len(error.problems) - len(lines):
        lines.append(
            ngettext("und ein weiterer Fehler", "und %(number)d weitere Fehler", further)
            % {"number": further}
        )
    return "\n".join([*lines, _("Nichts wurde eingelesen.")])
