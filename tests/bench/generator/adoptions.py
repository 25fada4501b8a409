"""Who has taken over what: about one adoption for every five write-ups, most of them confirmed and in use."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence

from practices.adoption.enums import OVER, RUNNING, Stage
from practices.enums import Status
from practices.models import Adoption
from tests.bench.generator.lexicon import by_share, picks, zipf
from tests.bench.generator.written import WriteUp

# How many cities take one write-up over, with shares: few are taken over, some by many.
NUMBERS = {0: 92, 1: 4, 2: 2, 5: 1, 9: 1}
STAGES = {
    Stage.LIVE: 55,
    Stage.PILOT: 20,
    Stage.INTERESTED: 12,
    Stage.EXAMINED: 8,
    Stage.ENDED: 3,
    Stage.REJECTED: 2,
}
CONFIRMED = 0.88


class Adopting:
    """Random choices of one chunk; `city_ids` begin with the city that does most."""

    def __init__(self, rng: random.Random, city_ids: Sequence[int]) -> None:
        self._rng = rng
        self._cities = picks(rng, city_ids, zipf(len(city_ids), flat=30))
        self._numbers, self._stages = by_share(rng, NUMBERS), by_share(rng, STAGES)

    def adopted(self, written: WriteUp) -> WriteUp:
        """With its adoptions, which only published ones have."""
        practice = written.practice
        if practice.status == Status.PUBLISHED and practice.published_at:
            takers = {next(self._cities) for _ in range(next(self._numbers))} - {practice.city_id}
            written.adoptions.extend(
                self._adoption(practice.id, taker, practice.published_at) for taker in sorted(takers)
            )
            practice.adopters = _counted(written.adoptions)
        return written

    def _adoption(self, practice_id: int, city_id: int, published: dt.datetime) -> Adoption:
        stage = next(self._stages)
        confirmed = published.date() if self._rng.random() < CONFIRMED else None
        return Adoption(
            practice_id=practice_id,
            city_id=city_id,
            stage=stage,
            since=f"{published:%Y-%m}",
            remark="Die Haushaltslage ließ es nicht zu." if stage in OVER else "",
            confirmed_on=confirmed,
            next_check_on=confirmed and confirmed + dt.timedelta(days=3_650),
        )


def _counted(adoptions: Sequence[Adoption]) -> int:
    """As `Practice.adopters` has it."""
    return sum(each.confirmed_on is not None and each.stage in RUNNING for each in adoptions)
