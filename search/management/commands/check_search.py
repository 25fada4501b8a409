"""Compares all search entries with the things they stand for."""

from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from search.checking import differences
from search.entries import EntryData
from search.models import Entry


class Command(BaseCommand):
    help = (
        "Vergleicht alle Sucheinträge mit dem, wofür sie stehen; endet mit einem Fehler, wenn etwas abweicht."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        bar = tqdm(total=Entry.objects.count(), unit=" Einträge", disable=None)

        def progress(data: Iterable[EntryData]) -> Iterable[EntryData]:
            for thing in data:
                yield thing
                bar.update()

        with bar:
            found = list(differences(progress))
        for source, object_id, drift in found:
            self.stdout.write(f"{source.name} {object_id}: {drift.value}")
        if found:
            message = _("%(number)d Einträge weichen ab. „manage.py reindex“ schreibt sie neu.")
            raise CommandError(message % {"number": len(found)})
        self.stdout.write(_("Alle Sucheinträge stimmen."))
