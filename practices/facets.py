"""How a write-up's single-valued facets are packed into the integer of its search entry.

The numbers are stored, so they are never given to another value. 0 stands for „not known“ in all but the
first two.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from cities.enums import SizeClass, State
from practices.enums import Kind, Phase
from practices.figures.costs import CostClass
from search.packing import FIELDS, Field

KIND_CODES = {Kind.PRACTICE: 0, Kind.LESSON: 1, Kind.STOPPED: 2, Kind.PLAN: 3}
PHASE_CODES = {Phase.IDEA: 0, Phase.PLANNED: 1, Phase.PILOT: 2, Phase.LIVE: 3, Phase.ENDED: 4}
STATE_CODES = {state: int(state.value) for state in State}
SIZE_CODES = {
    SizeClass.RURAL: 1,
    SizeClass.SMALL: 2,
    SizeClass.LARGER_SMALL: 3,
    SizeClass.SMALLER_MEDIUM: 4,
    SizeClass.LARGER_MEDIUM: 5,
    SizeClass.LARGE_CITY: 6,
}
YES = "ja"
NAMES = ("kind", "phase", "state", "size", "cost", "checked", "adopted")
PLACES: Mapping[str, Field] = dict(zip(NAMES, FIELDS, strict=True))
CODES: Mapping[str, Mapping[str, int]] = {
    "kind": {kind.value: code for kind, code in KIND_CODES.items()},
    "phase": {phase.value: code for phase, code in PHASE_CODES.items()},
    "state": {state.value: code for state, code in STATE_CODES.items()},
    "size": {size.value: code for size, code in SIZE_CODES.items()},
    "cost": {str(cost.value): cost.value for cost in CostClass if cost},
    "checked": {YES: 1},
    "adopted": {YES: 1},
}


class Facets(NamedTuple):
    """The packed values of one write-up. Without a city, as of an anonymous one, its state and size are
    unknown.
    """

    kind: Kind | str
    phase: Phase | str
    state: State | str = ""
    size: SizeClass | str | None = None
    cost: int = 0
    is_checked: bool = False
    is_adopted: bool = False

    def pack(self) -> int:
        codes = (
            KIND_CODES[Kind(self.kind)],
            PHASE_CODES[Phase(self.phase)],
            STATE_CODES[State(self.state)] if self.state else 0,
            SIZE_CODES[SizeClass(self.size)] if self.size else 0,
            self.cost,
            int(self.is_checked),
            int(self.is_adopted),
        )
        return sum(field.put(code) for field, code in zip(FIELDS, codes, strict=True))


def unpack(packed: int) -> dict[str, int]:
    return {name: field.of(packed) for name, field in PLACES.items()}
