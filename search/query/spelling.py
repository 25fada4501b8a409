"""Which known word a mistyped one is meant to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from search.analysis.compounds import is_part
from search.analysis.words import JOINT, fold, stem
from search.models import Audience
from search.vocabulary import Similar, similar

LEAST_LETTERS = 4
LEAST_PART = 5
SHORT = 7  # letters; one of a shorter word may be wrong


def repair(words: Sequence[str], audience: Audience) -> dict[str, list[Similar]]:
    """What words that nothing has are meant to be: one word, or the two parts of a compound. One query."""
    cuts = {word: list(_cuts(fold(word))) for word in words}
    # What endings a mistyped word lost is chance, so it is compared with its ending as well.
    wholes = {word: (stem(fold(word)), fold(word)) for word in words}
    asked = {
        *(form for forms in wholes.values() for form in forms),
        *(stem(part) for found in cuts.values() for cut in found for part in cut),
    }
    asked = {word for word in asked if tolerance(word)}
    if not asked:
        return {}
    like = similar(asked, audience)
    found = {}
    for word in words:
        ways = [meant(form, _begun_alike(word, form, like.get(form, ()))) for form in wholes[word]]
        if whole := next((way for way in ways if way is not None), None):
            found[word] = [whole]
        elif parts := _first_whole(
            [[meant(stem(p), like.get(stem(p), ())) for p in cut] for cut in cuts[word]]
        ):
            found[word] = parts
    return found


def _begun_alike(word: str, form: str, similar: Iterable[Similar]) -> Iterable[Similar]:
    """In „E-Rechnung“ the one letter is what matters: rechnen is not meant."""
    if not JOINT.match(word, 1):
        return similar
    return [each for each in similar if each.lexeme[:1] == form[:1]]


def _cuts(folded: str) -> Iterator[tuple[str, str]]:
    """The longest known beginning with its rest, and the longest known end with its."""
    places = range(LEAST_PART, len(folded) - LEAST_PART + 1)
    beginnings = [place for place in places if is_part(folded[:place], is_last=False)]
    ends = [place for place in places if is_part(folded[place:], is_last=True)]
    for place in {*beginnings[-1:], *ends[:1]}:
        yield folded[:place], folded[place:]


def _first_whole(ways: Iterable[list[Similar | None]]) -> list[Similar]:
    """The first way in which every part is known."""
    for way in ways:
        parts = [part for part in way if part is not None]
        if len(parts) == len(way):
            return parts
    return []


def meant(word: str, similar: Iterable[Similar]) -> Similar | None:
    """The nearest word; among equally near ones the most frequent. None when none is near enough."""
    most = tolerance(word)
    near = [
        (distance, -each.n, each.lexeme, each)
        for each in similar
        if (distance := difference(word, each.lexeme, most)) <= most and _may_be_meant(word, each.lexeme)
    ]
    return min(near)[3] if near else None


def _may_be_meant(word: str, known: str) -> bool:
    """Of a short word hardly anybody mistypes the beginning, but „spart“ is close to „smart“."""
    return len(word) >= SHORT or word[:2] == known[:2] or sorted(word) == sorted(known)


def tolerance(word: str) -> int:
    """How many letters may be wrong."""
    return 0 if len(word) < LEAST_LETTERS or word.isdigit() else 1 if len(word) < SHORT else 2


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
