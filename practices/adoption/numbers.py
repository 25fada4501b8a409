"""The numbers of an adoption in words, as far as they hold at its stage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from practices.adoption.enums import Stage
from practices.adoption.plausible import remarkable
from practices.figures.reading import Line, figure_line
from practices.models.adoption import SAVINGS

if TYPE_CHECKING:
    from practices.models import Adoption, AdoptionFigure


def lines_at(stage: str, figures: Iterable[AdoptionFigure]) -> list[Line]:
    """What was ended saves nothing any more, and what was not taken over never did."""
    return [_line(figure, stage) for figure in figures if not _never_saved(figure, stage)]


def lines_of(adoption: Adoption, figures: Iterable[AdoptionFigure] | None = None) -> list[Line]:
    """For those who confirm it: beside an unusually large amount stands what it comes to.

    `figures` are its numbers where they have been read already.
    """
    known = adoption.adoption_figures.all() if figures is None else figures
    inhabitants, lines = adoption.city.population, []
    for figure in known:
        if _never_saved(figure, adoption.stage):
            continue
        line = _line(figure, adoption.stage)
        lines.append(replace(line, amount=measured(line.amount, figure, inhabitants)))
    return lines


def measured(amount: str, figure: AdoptionFigure, inhabitants: int | None) -> str:
    """The amount in words, and where it is unusually large what it comes to."""
    measure = remarkable(figure.kind, figure.amount, inhabitants)
    return f"{amount} ({measure})" if measure else amount


def _never_saved(figure: AdoptionFigure, stage: str) -> bool:
    return stage == Stage.REJECTED and figure.kind in SAVINGS


def _line(figure: AdoptionFigure, stage: str) -> Line:
    line = figure_line(figure)
    if stage == Stage.ENDED and figure.kind in SAVINGS:
        return replace(line, label=_("%(saving)s, bis es beendet wurde") % {"saving": line.label})
    return line
