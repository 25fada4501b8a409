"""Rewrites all search entries from the things themselves."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from search import tally
from search.entries import rebuild


class Command(BaseCommand):
    help = "Baut alle Sucheinträge neu auf; die Suche arbeitet währenddessen mit den alten weiter."

    def handle(self, *args: Any, **options: Any) -> None:
        number = rebuild()
        tally.compact()
        self.stdout.write(_("%(number)d Sucheinträge geschrieben.") % {"number": number})
