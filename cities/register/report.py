"""What taking over a register did, and how an operator reads it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cities.register.records import RegisterFile


@dataclass
class Report:
    """Numbers and, where somebody should look, names.

    `vanished_in_network` repeats those of `vanished` on which people and pages of the network hang.
    """

    file: RegisterFile
    is_older: bool = False
    created: list[str] = field(default_factory=list)
    changed: int = 0
    unchanged: int = 0
    renamed: list[str] = field(default_factory=list)
    renumbered: list[str] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)
    vanished_in_network: list[str] = field(default_factory=list)
    left_aside: int = 0
    is_first: bool = False

    def lines(self) -> Iterator[str]:
        """The report in German, a line at a time."""
        file = self.file
        yield _(
            "%(format)s, Gebietsstand %(register)s, Einwohner vom %(population)s: %(number)s Gemeinden."
        ) % {
            "format": file.format.label,
            "register": f"{file.register_date:%d.%m.%Y}",
            "population": f"{file.population_date:%d.%m.%Y}",
            "number": _german(len(file.rows)),
        }
        if self.is_older:
            yield _(
                "Ein neueres Register ist schon eingelesen: nur fehlende oder ältere Angaben wurden ergänzt."
            )
        yield _("Aufgenommen: %(created)s · geändert: %(changed)s · unverändert: %(unchanged)s") % {
            "created": _german(len(self.created)),
            "changed": _german(self.changed),
            "unchanged": _german(self.unchanged),
        }
        if self.left_aside:
            yield ngettext(
                "%(number)s Gemeinde führt das neuere Register nicht mehr; sie blieb unberücksichtigt.",
                "%(number)s Gemeinden führt das neuere Register nicht mehr; sie blieben unberücksichtigt.",
                self.left_aside,
            ) % {"number": _german(self.left_aside)}
        if self.created and not self.is_first:
            yield from _listed(_("Neu im Register"), self.created)
        yield from _listed(_("Umbenannt"), self.renamed)
        yield from _listed(_("Neuer Gemeindeschlüssel"), self.renumbered)
        yield from _listed(_("Wieder im Register"), self.returned)
        yield from _listed(
            _("Aufgegangen oder weggefallen (als solche gekennzeichnet, nicht gelöscht)"), self.vanished
        )
        yield from _listed(
            _("Davon im Netzwerk – bitte Inhalte und Personen klären"), self.vanished_in_network
        )


def _listed(title: str, entries: list[str]) -> Iterator[str]:
    if entries:
        yield f"{title}: {_german(len(entries))}"
        yield from (f"  {entry}" for entry in entries)


def _german(number: int) -> str:
    return f"{number:,}".replace(",", ".")
