"""Rewrites all search entries from the things themselves."""

from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from tqdm import tqdm

from search import vocabulary
from search.entries import EntryData, rebuild
from search.models import Entry


class Command(BaseCommand):
    help = "Baut alle Sucheinträge neu auf; die Suche arbeitet währenddessen mit den alten weiter."

    def handle(self, *args: Any, **options: Any) -> None:
        bar = tqdm(total=Entry.objects.count(), unit=" Einträge", disable=None)

        def progress(data: Iterable[EntryData]) -> Iterable[EntryData]:
            for thing in data:
                yield thing
                bar.update()

        with bar:
            number = rebuild(progress)
        vocabulary.compact()
        self.stdout.write(_("%(number)d Sucheinträge geschrieben.") % {"number": number})
