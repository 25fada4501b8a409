"""`manage.py load_demo`: cities, topics, write-ups and accounts to look at; safe to repeat."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ikone.demo import loader


class Command(BaseCommand):
    help = "Loads the demo content. A second run changes nothing, and what people changed stays theirs."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.IS_PRODUCTION:
            raise CommandError("The demo's accounts have a public password; production does not load them.")
        created = loader.load()
        if options["verbosity"]:
            self.stdout.write(", ".join(f"{number} {kind}" for kind, number in created.items()))
