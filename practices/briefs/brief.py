"""What a brief says to one person. Screen and paper show the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from documents.prose import Block, blocks_of, shortened
from practices.adoption.reading import Adopter, adopters_of
from practices.adoption.spending import Spent, spent_on
from practices.enums import Status, Visibility
from practices.profile import Profile
from practices.sections import label_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.callees import Callee
    from accounts.models import User
    from practices.figures.reading import Change, Numbers

MOST_FIGURES, MOST_ADOPTERS = 4, 6
RISKS = ["prerequisites", "obstacles", "unsuitable_for"]
# Letters of each box and of each text about risks. The longest that fits on the page is taken.
LENGTHS = [(1400, 700), (1000, 500), (750, 350), (550, 250), (400, 160), (280, 110), (170, 60)]
ON_SCREEN = (600, 350)


@dataclass(frozen=True)
class Box:
    """A text with its heading, whole; `shortened` cuts it."""

    name: str
    label: str
    blocks: list[Block]

    def shortened(self, letters: int) -> Box:
        return Box(self.name, self.label, shortened(self.blocks, letters))


@dataclass(frozen=True)
class Key:
    """One figure; `note` says what it rests on and of which time it is."""

    label: str
    value: str
    note: str


@dataclass(frozen=True)
class Brief:
    """One write-up in short. `notes` warn of what the reader has to know before anything else."""

    pk: int
    title: str
    summary: str
    preline: str
    standing: list[str]
    notes: list[str]
    boxes: list[Box]
    risks: list[Box]
    figures: list[Key]
    spent: list[Spent]
    partners: str
    adopters: list[Adopter]
    more_adopters: str
    callees: list[Callee]
    contact_hint: str
    sources: list[str]
    path: str
    topics: list[str]

    @classmethod
    def of(cls, practice: Any, reader: User | AnonymousUser) -> Brief:
        """`practice` comes from `practices.reading`."""
        profile = Profile.of(practice, reader)
        stopped = [("stop_reason", profile.stop_reason)] if profile.stop_reason else []
        adopters = confirmed_adopters_of(practice)
        told = [(box.name, box.text) for box in profile.boxes]
        return cls(
            pk=practice.pk,
            title=practice.title,
            summary=practice.summary,
            preline=f"{_('Kurzfassung')} · {profile.preline}",
            standing=_standing(practice, profile),
            notes=_notes(practice, profile),
            boxes=[_box(name, text) for name, text in stopped + told],
            risks=[_box(name, text) for name in RISKS if (text := getattr(practice, name))],
            figures=key_figures(profile.numbers),
            spent=spent_on(practice),
            partners=_partners(profile),
            adopters=adopters[:MOST_ADOPTERS],
            more_adopters=_more(adopters),
            callees=profile.callees,
            contact_hint=_contact_hint(profile),
            sources=_sources(profile),
            path=practice.get_absolute_url(),
            topics=[topic.name for topic in profile.topics],
        )

    @property
    def address(self) -> str:
        """Of the page, as it stands on paper."""
        return f"{settings.BASE_URL}{self.path}"

    @property
    def short_address(self) -> str:
        """The page's address as somebody would type it."""
        return f"{settings.BASE_URL.partition('://')[2]}{reverse('practices:short', args=[self.pk])}"

    @property
    def call_link(self) -> str:
        """Of the first whose number is known, for a phone; "" where none is."""
        return next((f"tel:{callee.phone_link}" for callee in self.callees if callee.phone_link), "")

    @property
    def no_figures(self) -> str:
        """What stands in place of figures where the city itself has given none."""
        if self.spent:
            return _("Zu Kosten und Aufwand hat die Stadt selbst nichts angegeben.")
        return _("Zu Kosten und Aufwand hat die Stadt nichts angegeben.")

    @property
    def shown_boxes(self) -> list[Box]:
        return [box.shortened(ON_SCREEN[0]) for box in self.boxes]

    @property
    def shown_risks(self) -> list[Box]:
        return [box.shortened(ON_SCREEN[1]) for box in self.risks]


def _box(name: str, text: str) -> Box:
    return Box(name, label_of(name), blocks_of(text))


def _standing(practice: Any, profile: Profile) -> list[str]:
    said = [capfirst(profile.phase)]
    if practice.confirmed_on:
        said.append(_("bestätigt %(month)s") % {"month": f"{practice.confirmed_on:%m/%Y}"})
    if practice.checked_on:
        said.append(_("geprüft %(month)s") % {"month": f"{practice.checked_on:%m/%Y}"})
    return said


def _notes(practice: Any, profile: Profile) -> list[str]:
    notes = []
    if practice.visibility == Visibility.ANONYMOUS and profile.shows_city:
        notes.append(
            _(
                "Anonymer Beitrag: Stadt und Ansprechstelle sehen hier nur die Stadt selbst und die "
                "Koordination. Wer diese Seite weitergibt, verrät die Stadt."
            )
        )
    if practice.status in {Status.DRAFT, Status.IN_REVIEW}:
        notes.append(_("Entwurf: noch nicht veröffentlicht."))
    elif practice.status == Status.ARCHIVED:
        notes.append(_("Archiviert: Dieser Beitrag wird nicht mehr gepflegt."))
    if successor := profile.relations.successor:
        notes.append(_("Ersetzt durch: %(title)s") % {"title": successor.title})
    if profile.is_overdue:
        notes.append(_("Die letzte Bestätigung ist überfällig. Fragen Sie im Zweifel nach."))
    if profile.audience:
        notes.append(_("Nur für das Netzwerk bestimmt, nicht zum Weitergeben."))
    if practice.is_demo:
        notes.append(
            _("Beispielinhalt: aus öffentlichen Quellen geschrieben; Ansprechstellen sind erfunden.")
            if practice.source_name
            else _("Erfundenes Beispiel: Es sagt nichts über eine wirkliche Stadt.")
        )
    return notes


def key_figures(numbers: Numbers) -> list[Key]:
    """Costs, effort and savings first, then what was counted."""
    found = [_cost(fact.label, fact.amounts) for fact in numbers.facts]
    found += [_counted(change) for change in numbers.changes]
    found += [Key(_("Förderung"), grant.money, grant.programme) for grant in numbers.grants if grant.money]
    return found[:MOST_FIGURES]


def _cost(label: str, amounts: list[str]) -> Key:
    """„rund 667.000 € (geschätzt, 2022)“ in its two parts; further amounts stand below."""
    first, *more = amounts
    value, _bracket, note = first.partition(" (")
    return Key(label, value, "; ".join([note.rstrip(")"), *more]) if note else "; ".join(more))


def _counted(change: Change) -> Key:
    value = (
        f"{change.before} → {change.after}"
        if change.before and change.after
        else change.after or change.before
    )
    if change.before and not change.after:
        value = _("vorher %(number)s") % {"number": value}
    return Key(change.name, value, change.said)


def _partners(profile: Profile) -> str:
    cities = ", ".join(city.name for city in profile.partners)
    return _("gemeinsam mit %(cities)s") % {"cities": cities} if cities else ""


def confirmed_adopters_of(practice: Any) -> list[Adopter]:
    """Those cities that have themselves confirmed how far they are."""
    return [one for one in adopters_of(practice.adoption_rows) if one.trust.is_confirmed]


def _more(adopters: list[Adopter]) -> str:
    more = len(adopters) - MOST_ADOPTERS
    return _("und %(number)d weitere") % {"number": more} if more > 0 else ""


def adopters_in_short(practice: Any) -> str:
    """„Speyer (Pilot), Trier (im Einsatz)“: what the adopting cities themselves have confirmed."""
    adopters = confirmed_adopters_of(practice)
    named = [f"{one.city} ({one.label})" for one in adopters[:MOST_ADOPTERS]]
    return ", ".join([*named, *filter(None, [_more(adopters)])])


def _contact_hint(profile: Profile) -> str:
    if not profile.shows_city:
        hint = _("Welche Stadt hier schreibt, weiß nur die Koordination. Sie gibt Fragen weiter: %(email)s")
        return hint % {"email": settings.COORDINATION_EMAIL}
    if profile.reuse.offers:
        return _("Angebot an andere: %(offers)s") % {"offers": ", ".join(profile.reuse.offers)}
    return (
        ""
        if profile.callees
        else _("Fragen vermittelt die Koordination: %(email)s") % {"email": settings.COORDINATION_EMAIL}
    )


def _sources(profile: Profile) -> list[str]:
    source = profile.source_name or (urlsplit(profile.source_url).hostname if profile.source_url else "")
    return [_("Quelle: %(source)s") % {"source": source}] if source else []
