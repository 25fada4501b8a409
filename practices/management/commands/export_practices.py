"""Writes published write-ups in the form that `import_practices` reads."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from practices.exchange_format.exporting import exported, records
from practices.querysets import PracticeQuerySet


class Command(BaseCommand):
    help = "Gibt veröffentlichte Beiträge aus, ein JSON-Objekt je Zeile (docs/import.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", metavar="DATEI", nargs="?", default="-", help="„-“ ist die Standardausgabe."
        )
        parser.add_argument(
            "--network",
            action="store_true",
            help="Auch Beiträge nur für das Netzwerk; anonyme ohne Stadt, Kontakt und Quelle.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        practices = exported(with_network=options["network"])
        if options["file"] == "-":
            self._write(practices, self.stdout, self.stderr)
            return
        try:
            with Path(options["file"]).open("w", encoding="utf-8") as file:
                self._write(practices, file, self.stdout)
        except OSError as error:
            raise CommandError(_("Die Datei lässt sich nicht schreiben: %(why)s") % {"why": error}) from error

    def _write(self, practices: PracticeQuerySet, target: Any, report: Any) -> None:
        number = 0
        for record in tqdm(records(practices), total=practices.count(), unit=" Beiträge", disable=None):
            target.write(json.dumps(record, ensure_ascii=False) + "\n")
            number += 1
        report.write(_("%(number)d Beiträge ausgegeben.") % {"number": number})
