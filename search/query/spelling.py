"""Which known word a mistyped one is meant to be."""

from __future__ import annotations

from collections.abc import Iterable

from search.vocabulary import Similar

LEAST_LETTERS = 4


def meant(word: str, similar: Iterable[Similar]) -> Similar | None:
    """The nearest word; among equally near ones the most frequent. None when none is near enough."""
    most = tolerance(word)
    near = [
        (distance, -each.n, each.lexeme, each)
        for each in similar
        if (distance := difference(word, each.lexeme, most)) <= most
    ]
    return min(near)[3] if near else None


def tolerance(word: str) -> int:
    """How many letters may be wrong."""
    return 0 if len(word) < LEAST_LETTERS or word.isdigit() else 1 if len(word) < 7 else 2


def difference(first: str, second: str, most: int) -> int:
    """Letters to change, drop, add or swap with their neighbour; more than `most` is all the same."""
    if abs(len(first) - len(second)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(second) + 1))
    for place, letter in enumerate(first, 1):
        before, last, row = row, before, [place]
        for other_place, other in enumerate(second, 1):
            cost = min(
                before[other_place] + 1,
                row[other_place - 1] + 1,
                before[other_place - 1] + (letter != other),
            )
            if (
                place > 1
                and other_place > 1
                and letter == second[other_place - 2]
                and first[place - 2] == other
            ):
                cost = min(cost, last[other_place - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
