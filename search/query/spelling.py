"""Which known word a mistyped one is meant to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from string import ascii_lowercase

from search.analysis.compounds import is_part
from search.analysis.dictionary import dictionary
from search.analysis.words import JOINT, fold, stem
from search.models import Audience
from search.vocabulary import Similar, with_half, with_trigrams

LEAST_LETTERS = 4
LEAST_PART = 5
SHORT = 7  # letters; one of a shorter word may be wrong
BEGINNING = 2  # letters of a short word that are hardly ever mistyped
LETTERS = ascii_lowercase
MOST_FAR = 8  # words and parts that are compared with words two letters away
LONGEST = 40  # letters of a word; longer ones have hardly been mistyped
Cut = tuple[str, str]


def repair(words: Sequence[str], audience: Audience) -> dict[str, list[Similar]]:
    """What words that nothing has are meant to be: one word, or the two parts of a compound. One query, two
    for words of which none has one letter wrong.

    These are compared with words two letters away, and their parts.
    """
    words = [word for word in words if len(word) <= LONGEST]
    # What endings a mistyped word lost is chance, so it is compared with its ending as well.
    forms = {word: list(dict.fromkeys((stem(fold(word)), fold(word)))) for word in words}
    cuts = {word: list(_cuts(fold(word))) for word in words}
    asked = [form for form in (*_parts(cuts), *chain(*forms.values())) if tolerance(form)]
    like = _one_letter_away(list(dict.fromkeys(asked)), audience)
    far = [
        form
        for word, own in forms.items()
        if not any(like.get(form) for form in own)
        for form in dict.fromkeys((*own[:1], *_parts({word: cuts[word]})))
        if tolerance(form) > 1
    ]
    for form, others in with_trigrams(far[:MOST_FAR], audience).items():
        like[form] = [*others, *like.get(form, ())]
    return _meant(forms, cuts, like)


def _one_letter_away(words: Sequence[str], audience: Audience) -> dict[str, list[Similar]]:
    found = with_half({word: halves(word) for word in words}, audience)
    return {
        word: [
            each for each in similar if is_one_away(word, each.lexeme) and _may_be_meant(word, each.lexeme)
        ]
        for word, similar in found.items()
    }


def _parts(cuts: Mapping[str, Iterable[Cut]]) -> list[str]:
    return [part for found in cuts.values() for cut in found for part in cut]


def _meant(
    forms: Mapping[str, Iterable[str]], cuts: Mapping[str, Iterable[Cut]], like: Mapping[str, list[Similar]]
) -> dict[str, list[Similar]]:
    """For each word the first of its forms that is close to a known one, else its first two parts that are
    close.
    """
    found: dict[str, list[Similar]] = {}
    for word in forms:
        whole = next((each for form in forms.get(word, ()) if (each := _whole(word, form, like))), None)
        ways = ([_part(part, like.get(part, ())) for part in cut] for cut in cuts.get(word, ()))
        if instead := [whole] if whole else _first_whole(ways):
            found[word] = instead
    return found


def _part(part: str, similar: Iterable[Similar]) -> Similar | None:
    """A part that other compounds have is not mistyped, whatever looks like it: Messung is not Meldung."""
    known = dictionary()
    is_part = part in known.left or part in known.right
    return meant(part, [each for each in similar if each.lexeme == part] if is_part else similar)


def _whole(word: str, form: str, like: Mapping[str, list[Similar]]) -> Similar | None:
    return meant(form, _written_alike(word, form, like.get(form, ())))


def is_split(word: str, instead: Sequence[Similar]) -> bool:
    """Whether nothing is mistyped: these are the parts that it is made of."""
    return tuple(each.lexeme for each in instead) in set(_cuts(fold(word)))


def is_slip(word: str, instead: Sequence[Similar]) -> bool:
    """Whether it is another word with one letter wrong: then also a compound of known parts is mistyped."""
    return len(instead) == 1 and difference(fold(word), fold(instead[0].surface), 1) <= 1


def halves(word: str) -> tuple[str, str]:
    """A beginning and an ending. Whatever may be meant by the word with one letter wrong has one of them."""
    if len(word) < SHORT:
        return word[:BEGINNING], word[BEGINNING + 1 :]
    half = (len(word) - 1) // 2
    return word[:half], word[-half:]


def is_one_away(first: str, second: str) -> bool:
    """Whether one letter is changed, dropped, added or swapped with its neighbour, or none."""
    if len(first) < len(second):
        first, second = second, first
    place = next((n for n, letter in enumerate(second) if first[n] != letter), len(second))
    rest, other = first[place:], second[place:]
    if len(first) > len(second):
        return rest[1:] == other
    return rest[1:] == other[1:] or (rest[1::-1] == other[:2] and rest[2:] == other[2:])


def one_away(word: str) -> set[str]:
    """The word itself and all that may be meant by it with one letter wrong."""
    ways = {word}
    for place in range(len(word) - 1):
        ways.add(word[:place] + word[place + 1] + word[place] + word[place + 2 :])
    for place in range(BEGINNING if len(word) < SHORT else 0, len(word) + 1):
        before, behind, rest = word[:place], word[place:], word[place + 1 :]
        ways |= {before + rest, *(before + letter + behind for letter in LETTERS)}
        ways |= {before + letter + rest for letter in LETTERS if behind}
    return ways


def _written_alike(word: str, form: str, similar: Iterable[Similar]) -> Iterable[Similar]:
    """Words are compared without their endings. Short ones must be alike with them, too: „sparen“ is not
    „später“. In „E-Rechnung“ the one letter is what matters: rechnen is not meant.
    """
    if JOINT.match(word, 1):
        return [each for each in similar if each.lexeme[:1] == form[:1]]
    if len(form) < SHORT:
        return [each for each in similar if difference(fold(word), fold(each.surface), 1) <= 1]
    return similar


def _cuts(folded: str) -> Iterator[Cut]:
    """Stems of the longest known beginning with its rest, and of the longest known end with its."""
    places = range(LEAST_PART, len(folded) - LEAST_PART + 1)
    beginnings = [place for place in places if is_part(folded[:place], is_last=False)]
    ends = [place for place in places if is_part(folded[place:], is_last=True)]
    for place in {*beginnings[-1:], *ends[:1]}:
        yield stem(folded[:place]), stem(folded[place:])


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
    return len(word) >= SHORT or word[:BEGINNING] == known[:BEGINNING] or sorted(word) == sorted(known)


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
