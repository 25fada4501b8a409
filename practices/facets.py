"""How a write-up's single-valued facets are packed into the small integer of its search entry.

Bits 0–2 hold the kind, bits 3–5 the phase. The numbers are stored, so they are never given to another value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from practices.enums import Kind, Phase

KIND_CODES = {Kind.PRACTICE: 0, Kind.LESSON: 1, Kind.STOPPED: 2, Kind.PLAN: 3}
PHASE_CODES = {Phase.IDEA: 0, Phase.PLANNED: 1, Phase.PILOT: 2, Phase.LIVE: 3, Phase.ENDED: 4}
PHASE_SHIFT = 3

KINDS = {code: kind for kind, code in KIND_CODES.items()}
PHASES = {code: phase for phase, code in PHASE_CODES.items()}


def pack(kind: Kind | str, phase: Phase | str) -> int:
    return KIND_CODES[Kind(kind)] | PHASE_CODES[Phase(phase)] << PHASE_SHIFT


def unpack(code: int) -> tuple[Kind, Phase]:
    return KINDS[code & (1 << PHASE_SHIFT) - 1], PHASES[code >> PHASE_SHIFT]


def codes(kinds: Collection[str], phases: Collection[str]) -> list[int] | None:
    """All packed codes that fit the chosen values; an empty choice means any, None that none was made."""
    if not kinds and not phases:
        return None
    return [pack(kind, phase) for kind in kinds or Kind.values for phase in phases or Phase.values]


def counts(
    by_code: Mapping[int, int], kinds: Collection[str], phases: Collection[str]
) -> tuple[Counter[Kind], Counter[Phase]]:
    """Number of hits by kind and by phase, each as if only the other one were chosen."""
    by_kind: Counter[Kind] = Counter()
    by_phase: Counter[Phase] = Counter()
    for code, number in by_code.items():
        kind, phase = unpack(code)
        if not phases or phase in phases:
            by_kind[kind] += number
        if not kinds or kind in kinds:
            by_phase[phase] += number
    return by_kind, by_phase
