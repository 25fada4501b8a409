"""What a city can be for a topic. Each mark is a letter in a form and a colour of its own."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from topics.enums import Engagement


class Mark(enum.IntFlag):
    """Bits of a cell, in the order in which they are shown."""

    LEADS = 1
    WORKS_ON = 2
    PUBLISHED = 4
    ADOPTED = 8
    PLANS = 16
    INTERESTED = 32


@dataclass(frozen=True)
class Sign:
    """How a mark looks: its letter, its class, and what the legend says."""

    mark: Mark
    letter: str
    css: str
    label: str | Promise


SIGNS = [
    Sign(Mark.LEADS, "F", "l", gettext_lazy("federführend")),
    Sign(Mark.WORKS_ON, "M", "w", gettext_lazy("arbeitet mit")),
    Sign(Mark.PUBLISHED, "B", "p", gettext_lazy("hat Beiträge")),
    Sign(Mark.ADOPTED, "Ü", "a", gettext_lazy("hat übernommen")),
    Sign(Mark.PLANS, "V", "v", gettext_lazy("hat ein Vorhaben")),
    Sign(Mark.INTERESTED, "I", "i", gettext_lazy("interessiert, sucht")),
]
OF_ENGAGEMENT = {
    Engagement.LEADS.value: int(Mark.LEADS),
    Engagement.WORKS_ON.value: int(Mark.WORKS_ON),
    Engagement.INTERESTED.value: int(Mark.INTERESTED),
}


COUNTED = {Mark.PUBLISHED, Mark.ADOPTED, Mark.PLANS}  # said with their number


@dataclass(slots=True)
class Cell:
    """A city's part in a topic; what is counted, counts with all below the topic, as in lists.

    `marks` are bits of Mark as a plain number: enumerations add up ten times slower, and there are thousands.
    """

    marks: int = 0
    published: int = 0
    adopted: int = 0
    planned: int = 0


def in_words(cell: Cell) -> str:
    """„federführend, 3 Beiträge, 1 Vorhaben“."""
    said = [str(sign.label) for sign in SIGNS if cell.marks & sign.mark and sign.mark not in COUNTED]
    if cell.published:
        said.append(ngettext("%(n)d Beitrag", "%(n)d Beiträge", cell.published) % {"n": cell.published})
    if cell.adopted:
        said.append(_("%(n)d übernommen") % {"n": cell.adopted})
    if cell.planned:
        said.append(_("%(n)d Vorhaben") % {"n": cell.planned})
    return ", ".join(said)


def letters(cell: Cell) -> str:
    """„F B3“: for a spreadsheet, where there is no form."""
    numbers = {Mark.PUBLISHED: cell.published, Mark.ADOPTED: cell.adopted, Mark.PLANS: cell.planned}
    return " ".join(f"{sign.letter}{numbers.get(sign.mark, '')}" for sign in SIGNS if cell.marks & sign.mark)
