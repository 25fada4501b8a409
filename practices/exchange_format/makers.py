"""Cities that lines name as makers of known write-ups, and that have taken these over."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from practices.adoption.makers import refusal, standing_against

if TYPE_CHECKING:
    from practices.exchange_format.links import Keys
    from practices.models import Practice


class NewMakers:
    """Gathers them for a batch of lines, so that it costs one query, and none where no maker changes."""

    def __init__(self) -> None:
        self._lines: dict[tuple[int, int | None], int] = {}

    def note(self, line: int, practice: Practice, keys: Keys, touched: Collection[str]) -> None:
        """`touched` are the fields that the line changes; the partners are read with the write-up."""
        cities: set[int | None] = {practice.city_id} if "city" in touched else set()
        if keys.partners is not None:
            cities |= set(keys.partners) - {city.pk for city in practice.partner_cities.all()}
        self._lines |= {(practice.pk, city): line for city in cities}

    def problems(self) -> Iterator[tuple[int, str]]:
        """Lines with what stands against them."""
        if not self._lines:
            return
        practices, cities = zip(*self._lines, strict=True)
        for adoption in standing_against(practices=practices, cities=cities):
            line = self._lines.get((adoption.practice_id or 0, adoption.city_id))
            if line is not None:
                yield line, refusal(adoption)
