"""Which known word a mistyped one is meant to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from string import ascii_lowercase

from search.analysis.compounds import is_part
from search.analysis.dictionary import dictionary
from search.analysis.words import JOINT, fold, stem
from search.models import Audience
from search.vocabulary import Similar, alike, with_trigrams

LEAST_LETTERS = 4
LEAST_PART, LEAST_BEGUN = 5, 5
SHORT = 7  # letters; one of a shorter word may be wrong
BEGINNING = 2  # letters of a short word that are hardly ever mistyped
ENDING = 5  # letters at the end of a word, of which its stem may keep others once one is wrong
LETTERS = ascii_lowercase
MOST_FAR = 8  # words and parts that are compared with words two letters away
LONGEST = 40  # letters of a word; longer ones have hardly been mistyped
Cut = tuple[str, str]


def repair(words: Sequence[str], audience: Audience) -> dict[str, list[Similar]]:
    """What words that nothing has are meant to be: one word, or the two parts of a compound. One query, two
    for words of which none has one letter wrong and that no other goes on from.

    These are compared with words two letters away, and their parts.
    """
    words = [word for word in words if len(word) <= LONGEST]
    cuts = {word: list(_cuts(fold(word))) for word in words}
    # Of a part of a longer word any letter may be wrong.
    texts = {text: len(text) < SHORT for text in map(fold, words)} | dict.fromkeys(_parts(cuts), False)
    near = _near({text: is_short for text, is_short in texts.items() if tolerance(text)}, audience)
    far = [
        form
        for word in words
        if not near.get(fold(word))
        for form in dict.fromkeys((stem(fold(word)), *map(stem, _parts({word: cuts[word]}))))
        if tolerance(form) > 1
    ]
    return _meant(cuts, near, with_trigrams(far[:MOST_FAR], audience))


def _parts(cuts: Mapping[str, Iterable[Cut]]) -> list[str]:
    return [part for found in cuts.values() for cut in found for part in cut]


def _near(texts: Mapping[str, bool], audience: Audience) -> dict[str, list[Similar]]:
    """For each folded text, with whether it is short, the words that may be meant by it with one letter
    wrong, else the most frequent word that it begins. One query.

    What ending a mistyped word lost is chance, so it is compared with its ending as well, and where the
    letter may stand in the ending, all that it may end with.
    """
    forms = {text: list(dict.fromkeys((stem(text), text))) for text in texts}
    asked = [form for own in forms.values() for form in own if tolerance(form)]
    ends = {text: _with_another_ending(text) for text in texts}
    begun = [text for text in texts if len(text) >= LEAST_BEGUN]
    found = alike({form: halves(form) for form in asked}, set().union(*ends.values()), begun, audience)
    near = {
        text: [
            *(each for form in own for each in found.get(form, ()) if is_one_away(form, each.lexeme)),
            *(each for each in found[""] if each.lexeme in ends[text]),
        ]
        for text, own in forms.items()
    }
    return {
        text: [each for each in like if _may_be_meant(text, each, is_short=texts[text])]
        or found.get(f"{text}…", [])
        for text, like in near.items()
    }


def _with_another_ending(text: str) -> set[str]:
    """Stems of all that may be meant with one of the last letters wrong."""
    return {stem(other) for other in one_away(text, len(text) - ENDING)}


def _meant(
    cuts: Mapping[str, Iterable[Cut]],
    near: Mapping[str, Iterable[Similar]],
    far: Mapping[str, Iterable[Similar]],
) -> dict[str, list[Similar]]:
    """For each word the one that is close to it, else its first two parts that are close."""
    found: dict[str, list[Similar]] = {}
    for word, own in cuts.items():
        text = fold(word)
        similar = [each for each in far.get(stem(text), ()) if _may_be_meant(text, each, is_short=False)]
        whole = _nearest(text, near.get(text, ())) or meant(stem(text), similar)
        ways = ([_part(part, near.get(part, ()), far.get(stem(part), ())) for part in cut] for cut in own)
        if instead := [whole] if whole else _first_whole(ways):
            found[word] = instead
    return found


def _nearest(text: str, near: Iterable[Similar]) -> Similar | None:
    """The word itself, else the most frequent one."""
    own = stem(text)
    return min(near, key=lambda each: (each.lexeme != own, -each.n, each.lexeme), default=None)


def _part(part: str, near: Iterable[Similar], far: Iterable[Similar]) -> Similar | None:
    """A part that other compounds have is not mistyped, whatever looks like it: Messung is not Meldung."""
    known, own = dictionary(), stem(part)
    if own in known.left or own in known.right:
        return next((each for each in (*near, *far) if each.lexeme == own), None)
    return _nearest(part, near) or meant(own, far)


def is_split(word: str, instead: Sequence[Similar]) -> bool:
    """Whether nothing is mistyped: these are the parts that it is made of."""
    return tuple(each.lexeme for each in instead) in {
        (stem(first), stem(second)) for first, second in _cuts(fold(word))
    }


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


def one_away(word: str, first: int = 0) -> set[str]:
    """The word itself and all that may be meant by it with one letter wrong, from the place `first` on."""
    ways = {word}
    for place in range(max(first, 0), len(word) - 1):
        ways.add(word[:place] + word[place + 1] + word[place] + word[place + 2 :])
    for place in range(max(first, BEGINNING if len(word) < SHORT else 0), len(word) + 1):
        before, behind, rest = word[:place], word[place:], word[place + 1 :]
        ways |= {before + rest, *(before + letter + behind for letter in LETTERS)}
        ways |= {before + letter + rest for letter in LETTERS if behind}
    return ways


def _may_be_meant(text: str, known: Similar, *, is_short: bool) -> bool:
    """Words are compared without their endings. Short ones must be alike with them, too: „sparen“ is not
    „später“; and of these hardly anybody mistypes the beginning. In „E-Rechnung“ the one letter is what
    matters: rechnen is not meant.
    """
    if JOINT.match(text, 1):
        return known.lexeme[:1] == text[:1]
    surface = fold(known.surface)
    return not is_short or (difference(text, surface, 1) <= 1 and _begins_alike(text, surface))


def _begins_alike(word: str, known: str) -> bool:
    """„spart“ is close to „smart“."""
    return word[:BEGINNING] == known[:BEGINNING] or sorted(word) == sorted(known)


def _cuts(folded: str) -> Iterator[Cut]:
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
        if (distance := difference(word, each.lexeme, most)) <= most
        and (len(word) >= SHORT or _begins_alike(word, each.lexeme))
    ]
    return min(near)[3] if near else None


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
