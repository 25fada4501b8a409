"""Adoptions as one person may see them, worked out before the template."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cities.models import city_address
from cities.permissions import is_coordinator, roles_of
from practices.adoption.enums import Stage
from practices.adoption.numbers import lines_at
from practices.blocks.enums import BlockStatus
from practices.enums import Status, Visibility
from practices.figures.reading import Line
from practices.models import Adoption, AdoptionFigure, Practice
from practices.partial_dates import display
from practices.permissions import can_see_city

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

# What the reader wants to know first.
ORDER = [Stage.LIVE, Stage.PILOT, Stage.EXAMINED, Stage.INTERESTED, Stage.ENDED, Stage.REJECTED]
TONES = {
    Stage.LIVE: "success",
    Stage.PILOT: "success",
    Stage.EXAMINED: "info",
    Stage.INTERESTED: "info",
    Stage.ENDED: "warning",
    Stage.REJECTED: "warning",
}


KICKERS = {
    Stage.INTERESTED: gettext_lazy("%(city)s interessiert sich dafür"),
    Stage.EXAMINED: gettext_lazy("%(city)s hat es näher geprüft"),
    Stage.PILOT: gettext_lazy("%(city)s übernimmt"),
    Stage.LIVE: gettext_lazy("%(city)s übernimmt"),
    Stage.ENDED: gettext_lazy("%(city)s hat es wieder beendet"),
    Stage.REJECTED: gettext_lazy("%(city)s übernimmt es nicht"),
}


@dataclass(frozen=True)
class Trust:
    """Whether somebody who answers for the city has confirmed it, and what to say of that."""

    text: str
    is_confirmed: bool


@dataclass(frozen=True)
class Adopter:
    """A city that takes something over, on the page of that thing."""

    pk: int
    city_id: int
    city: str
    city_url: str
    url: str
    stage: str
    label: str
    tone: str
    since: str
    remark: str
    adaptation: str
    experience: str
    trust: Trust
    is_demo: bool
    numbers: list[Line]
    steps: list[tuple[str, str]]

    @property
    def tells(self) -> bool:
        """Whether there is more than the stage."""
        return bool(self.adaptation or self.experience or self.numbers)


@dataclass(frozen=True)
class Subject:
    """What is taken over, as far as this person may know of it now."""

    title: str
    url: str
    city: str
    what: str
    archived: str = ""  # what to say where it can no more be taken over anew


def trust_of(confirmed_on: dt.date | None, next_check_on: dt.date | None, *, by_coordination: bool) -> Trust:
    if confirmed_on is None:
        if by_coordination:
            return Trust(_("von der Koordination eingetragen, noch nicht bestätigt"), is_confirmed=False)
        return Trust(_("noch nicht bestätigt, zählt nicht mit"), is_confirmed=False)
    text = _("von der Stadt bestätigt %(month)s") % {"month": f"{confirmed_on:%m/%Y}"}
    if next_check_on and next_check_on <= timezone.localdate():
        text = _("%(confirmed)s, erneut angefragt") % {"confirmed": text}
    return Trust(text, is_confirmed=True)


def adopters_of(rows: Iterable[dict[str, Any]]) -> list[Adopter]:
    """From what `AdoptionQuerySet.as_rows` has read, in the order in which one wants to know them."""
    found = [_adopter(row) for row in rows]
    return sorted(found, key=lambda one: (ORDER.index(Stage(one.stage)), not one.trust.is_confirmed))


def _adopter(row: dict[str, Any]) -> Adopter:
    stage = Stage(row["stage"])
    return Adopter(
        pk=row["pk"],
        city_id=row["city_id"],
        city=row["city"],
        city_url=city_address(row["slug"]),
        url=reverse("adoption:detail", args=[row["pk"]]),
        stage=stage.value,
        label=str(stage.label),
        tone=TONES[stage],
        since=display(row["since"]),
        remark=row["remark"],
        adaptation=row["adaptation"],
        experience=row["experience"],
        trust=trust_of(
            _day(row["confirmed_on"]), _day(row["next_check_on"]), by_coordination=row["by_coordination"]
        ),
        is_demo=row["is_demo"],
        numbers=lines_at(stage, [_figure(figure) for figure in row["figures"]]),
        # What came in by another way than the pages may have no step.
        steps=[(step["stage"], step["since"]) for step in row["steps"]] or [(row["stage"], row["since"])],
    )


def kicker_of(adoption: Adoption) -> str:
    """What stands above the title of what is taken over, or is not."""
    return str(KICKERS[Stage(adoption.stage)] % {"city": adoption.city.name})


def trust_in(adoption: Adoption) -> Trust:
    return trust_of(adoption.confirmed_on, adoption.next_check_on, by_coordination=adoption.by_coordination)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _figure(row: dict[str, Any]) -> AdoptionFigure:
    return AdoptionFigure(**row | {"amount": Decimal(row["amount"])})


def subject_of(adoption: Adoption, reader: User | AnonymousUser) -> Subject:
    """A write-up that is a draft again is its own city's affair; an anonymous one names no city."""
    thing: Any = adoption.subject
    what = _("Beitrag") if isinstance(thing, Practice) else _("Baustein")
    is_out = thing.status not in {Status.DRAFT, Status.IN_REVIEW}  # blocks have the same word for drafts
    if not (is_out or is_coordinator(reader) or thing.city_id in roles_of(reader)):
        return Subject(_("wird gerade überarbeitet"), "", "", what)
    shows_city = not isinstance(thing, Practice) or can_see_city(reader, thing)
    city = thing.city.name if shows_city else _("eine Stadt im Netzwerk")
    return Subject(thing.title, thing.get_absolute_url(), city, what, _archived(thing))


def _archived(thing: Any) -> str:
    if thing.status == Status.ARCHIVED:
        return _("Der ursprüngliche Beitrag ist inzwischen archiviert.")
    if thing.status == BlockStatus.RETIRED:
        return _("Der ursprüngliche Baustein wird nicht mehr gepflegt.")
    return ""


def who_may_download(adoption: Adoption) -> str:
    """In words: whoever may open the record gets its files, and visitors once it is confirmed."""
    thing: Any = adoption.subject
    if adoption.withdrawn_at or thing.status in {Status.DRAFT, Status.IN_REVIEW}:
        return _("Herunterladen kann die Dateien nur Ihre Stadt und die Koordination.")
    if is_anonymous(adoption):
        return _(
            "Herunterladen können die Dateien nur Ihre Stadt, die Stadt, die geschrieben hat, und die "
            "Koordination."
        )
    if thing.visibility != Visibility.PUBLIC:  # the same word for blocks
        return _("Herunterladen können die Dateien sofort alle Mitglieder des Netzwerks, sonst niemand.")
    if adoption.confirmed_on:
        return _(
            "Herunterladen können die Dateien alle, auch ohne Anmeldung, denn die Übernahme ist bestätigt."
        )
    return _(
        "Herunterladen können die Dateien sofort alle Mitglieder des Netzwerks, und sobald die Übernahme "
        "bestätigt ist, alle, auch ohne Anmeldung."
    )


def is_anonymous(adoption: Adoption) -> bool:
    return adoption.practice is not None and adoption.practice.visibility == Visibility.ANONYMOUS
