"""The lines of the check: what the portal knows, what it makes of it, and what it does not know.

Every figure leads to the record it comes from. Where the write-up hides its city, nothing that would tell
its size or Land is said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cities.comparable.measuring import is_independent
from practices.adoption.spending import spent_on
from practices.enums import FigureKind
from practices.figures.amounts import DAYS, shown
from practices.permissions import can_see_city
from practices.transfer import costs, products
from practices.transfer.enums import TONES, Line, Verdict
from practices.transfer.reading import Clarified, clarified_of
from practices.transfer.saying import Finding, Said, days_of, said_of
from ui.templatetags.ui import german

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

# Up to so many times as large counts as the same size.
SAME_SIZE = 2.0
# Staff days that a city finds beside its daily work.
FEW_DAYS = 10


@dataclass(frozen=True)
class Checked:
    """One line as the page shows it: what the portal finds, and what the city has clarified for itself."""

    line: Line
    finding: Finding
    clarified: Clarified | None = None
    clarify_url: str = ""

    @property
    def verdict(self) -> Verdict:
        return self.clarified.verdict if self.clarified else self.finding.verdict

    @property
    def caveat(self) -> str:
        """What must stand beside the verdict even where there is room for little else."""
        return "" if self.clarified else self.finding.caveat

    @property
    def tone(self) -> str:
        return TONES[self.verdict][0]

    @property
    def icon(self) -> str:
        return TONES[self.verdict][1]


@dataclass(frozen=True)
class Check:
    """All lines for one city."""

    city: Any
    lines: list[Checked] = field(default_factory=list)


def check_for(reader: User | AnonymousUser, practice: Any, city: Any) -> Check:
    """Hold `practice` (from `for_page()`) against `city` (from `cities_to_check`). No query."""
    shows_city = can_see_city(reader, practice)
    clarified = clarified_of(city)
    lines = []
    for line, look in LOOKS.items():
        finding = look(practice, city, shows_city)
        if finding is not None:
            url = f"{reverse('practices:clarify', args=[practice.pk, line.value])}?stadt={city.slug}"
            lines.append(Checked(line, finding, clarified.get(line), url))
    return Check(city, lines)


def _prerequisites(practice: Any, _city: Any, _shows_city: bool) -> Finding:
    page = practice.get_absolute_url()
    said = []
    if practice.prerequisites:
        said.append(Said(_("Der Beitrag nennt Voraussetzungen."), f"{page}#prerequisites"))
    if practice.adaptation:
        said.append(Said(_("Er sagt, was andere anpassen müssen."), f"{page}#adaptation"))
    if not said:
        return Finding(Verdict.UNKNOWN, [], _("Der Beitrag nennt keine Voraussetzungen."))
    verdict = Verdict.ADAPT if practice.adaptation else Verdict.UNKNOWN
    return Finding(verdict, said, _("Ob Ihre Stadt sie erfüllt, kann nur jemand bei Ihnen sagen."))


def _exclusions(practice: Any, _city: Any, _shows_city: bool) -> Finding | None:
    if not practice.unsuitable_for:
        return None
    where = f"{practice.get_absolute_url()}#unsuitable_for"
    said = Said(_("Der Beitrag sagt, für wen es nicht geeignet ist."), where)
    return Finding(Verdict.UNKNOWN, [said], _("Ob das auf Ihre Stadt zutrifft, ist noch nicht geklärt."))


def _size(practice: Any, city: Any, shows_city: bool) -> Finding:
    if not shows_city:
        return Finding(Verdict.UNKNOWN, [], _("Die Stadt bleibt anonym, also auch ihre Größe."))
    there, here = practice.city.population, city.population
    if not there or not here:
        return Finding(Verdict.UNKNOWN, [], _("Von einer der beiden Städte fehlt die Einwohnerzahl."))
    said = [_inhabitants(practice.city), _inhabitants(city)]
    times = max(there, here) / min(there, here)
    if times <= SAME_SIZE:
        return Finding(Verdict.FITS, [*said, Said(_("Beide sind ähnlich groß."))])
    words = (
        _("Ihre Stadt ist %(times)s-mal so groß.")
        if here > there
        else _("Dort leben %(times)s-mal so viele.")
    )
    return Finding(Verdict.ADAPT, [*said, Said(words % {"times": german(round(times, 1), 1)})])


def _inhabitants(city: Any) -> Said:
    words = _("%(city)s: %(number)s Einwohner") % {"city": city.name, "number": german(city.population)}
    return Said(words, f"{city.get_absolute_url()}#daten")


def _staff(practice: Any, city: Any, _shows_city: bool) -> Finding:
    where = f"{practice.get_absolute_url()}#numbers"
    said, days = days_of(practice, FigureKind.EFFORT_DAYS, where)
    others = spent_on(practice, [FigureKind.EFFORT_DAYS], like=city)
    if not said and not others:
        return Finding(
            Verdict.UNKNOWN, [], _("Der Beitrag nennt keinen Aufwand in Personentagen. Fragen Sie die Stadt.")
        )
    if not said:
        said = [Said(_("Der Beitrag selbst nennt keinen Aufwand in Personentagen."))]
    said += said_of(others)
    days = max([days, *(Decimal(row["amount"]) for one in others for row in one.figures)])
    if days <= FEW_DAYS:
        few = _("Bis zu %(days)s %(unit)s gelten hier als neben dem Tagesgeschäft machbar.")
        return Finding(
            Verdict.FITS, [*said, Said(few % {"days": shown(days.from_float(FEW_DAYS)), "unit": DAYS})]
        )
    return Finding(Verdict.UNKNOWN, said, _("Wie viel Zeit Ihre Leute dafür haben, weiß das Portal nicht."))


def _law(practice: Any, city: Any, shows_city: bool) -> Finding:
    said = []
    if practice.legal:
        where = f"{practice.get_absolute_url()}#legal"
        said.append(Said(_("Der Beitrag gibt Hinweise zu Recht und Datenschutz."), where))
    own_rules = _("Satzungen und Dienstvereinbarungen Ihrer Stadt kennt das Portal nicht.")
    if not shows_city:
        unknown = _("Die Stadt bleibt anonym, also auch ihr Land.")
        return Finding(Verdict.UNKNOWN, said, f"{unknown} {own_rules}")
    # The same Land says nothing of what each city has decided for itself.
    verdict, caveat = Verdict.UNKNOWN, _("gleiches Landesrecht; Satzungen bitte prüfen")
    if practice.city.state == city.state:
        same = _("In beiden Städten gilt das Recht von %(state)s.")
        said.append(Said(same % {"state": city.get_state_display()}, f"{city.get_absolute_url()}#daten"))
    else:
        verdict, caveat = Verdict.ADAPT, _("anderes Landesrecht")
        other = _("Dort gilt das Recht von %(there)s, bei Ihnen das von %(here)s.")
        names = {"there": practice.city.get_state_display(), "here": city.get_state_display()}
        said.append(Said(other % names, f"{practice.city.get_absolute_url()}#daten"))
    if is_independent(practice.city) != is_independent(city):
        verdict = Verdict.ADAPT
        caveat = _("%(law)s; andere Zuständigkeit") % {"law": caveat}
        said.append(Said(_duties(city), f"{practice.city.get_absolute_url()}#daten"))
    return Finding(verdict, said, own_rules, caveat)


def _duties(city: Any) -> str:
    if is_independent(city):
        return _("Die andere Stadt gehört zu einem Kreis: Manches, was dort der Kreis tut, tun Sie selbst.")
    return _("Die andere Stadt ist kreisfrei: Prüfen Sie, was bei Ihnen Aufgabe des Kreises ist.")


LOOKS: dict[Line, Callable[[Any, Any, bool], Finding | None]] = {
    Line.PREREQUISITES: _prerequisites,
    Line.EXCLUSIONS: _exclusions,
    Line.SIZE: _size,
    Line.STAFF: _staff,
    Line.PRODUCTS: products.look,
    Line.LAW: _law,
    Line.COST: costs.look,
}
