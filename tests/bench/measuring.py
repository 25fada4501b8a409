"""Runs scenarios in turns, so that a noisy moment of the machine does not fall on one of them alone."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import cycle
from statistics import median, quantiles

from tests.bench.client import Answer

ROUNDS = 5
REQUESTS = 200  # of a scenario, in all rounds
WARM_UP = 3


@dataclass(frozen=True)
class Scenario:
    """Something that people do. `ask` gets the arguments one after the other, again and again."""

    name: str
    ask: Callable[[str], Answer]
    arguments: Sequence[str]
    group: str
    budget: float | None = None  # p95 in milliseconds
    expects: int = 200  # status of the answer

    @property
    def limits_queries(self) -> bool:
        """Whether it is a page to look at."""
        return self.expects == HTTPStatus.OK


@dataclass
class Result:
    """Times in milliseconds, sizes in bytes as sent."""

    scenario: Scenario
    answers: list[Answer] = field(default_factory=list)

    @property
    def p50(self) -> float:
        return median(self._times)

    @property
    def p95(self) -> float:
        return quantiles(self._times, n=20, method="inclusive")[18] if len(self.answers) > 1 else self.p50

    @property
    def queries(self) -> int:
        """The most that an answer needed."""
        return max(answer.queries.number for answer in self.answers)

    @property
    def database(self) -> float:
        return 1000 * median(answer.queries.seconds for answer in self.answers)

    @property
    def processor(self) -> float:
        return 1000 * median(answer.processor_seconds for answer in self.answers)

    @property
    def size(self) -> int:
        return round(median(len(answer.body) for answer in self.answers))

    @property
    def is_over(self) -> bool:
        return self.scenario.budget is not None and self.p95 > self.scenario.budget

    @property
    def _times(self) -> list[float]:
        return [1000 * answer.seconds for answer in self.answers]


def measure(scenarios: Iterable[Scenario], seconds: float) -> list[Result]:
    """`seconds` bound each scenario, over all rounds.

    Raises RuntimeError when an answer is not what the scenario expects.
    """
    # A small database may hold nothing for one of them.
    runs = [(Result(each), cycle(each.arguments)) for each in scenarios if each.arguments]
    for result, arguments in runs:
        for _ in range(WARM_UP):
            _checked(result.scenario, next(arguments))
    for number in range(ROUNDS):
        sys.stderr.write(f"\rmeasuring, round {number + 1} of {ROUNDS} ")
        for result, arguments in runs:
            result.answers += _turn(result.scenario, arguments, seconds / ROUNDS)
    sys.stderr.write("\n")
    return [result for result, _arguments in runs]


def _turn(scenario: Scenario, arguments: Iterator[str], seconds: float) -> Iterator[Answer]:
    end = time.monotonic() + seconds
    for _ in range(REQUESTS // ROUNDS):
        yield _checked(scenario, next(arguments))
        if time.monotonic() > end:
            return


def _checked(scenario: Scenario, argument: str) -> Answer:
    answer = scenario.ask(argument)
    if answer.status != scenario.expects:
        raise RuntimeError(f"{scenario.name}: {argument} answered {answer.status}")
    return answer
