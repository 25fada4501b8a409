"""From what was typed to what is searched: question words, hints, synonyms, compounds, spelling, cities."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from search import synonyms
from search.analysis.dictionary import is_word
from search.analysis.stopwords import TALK
from search.analysis.words import fold, stem, stem_of
from search.models import Audience
from search.query.hinting import without_hints
from search.query.lookup import Known, look_up
from search.query.parsing import Parsed, parse
from search.query.partly import Instead, instead_of, known_parts_of, parts_within
from search.query.phrases import Reach
from search.query.spelling import is_slip, is_split, repair
from search.query.terms import PARTS, SPELLING, SYNONYM, Alternative, Group, Terms, is_stop_word, phrase_of
from search.query.understood import CityMeant, Understood
from search.query.wording import (
    alternative_of,
    infinitives,
    joined,
    key_of,
    name_as_typed,
    names_in,
    parts_of,
    written_in,
)
from search.sources import Hint
from search.vocabulary import Similar

MOST_SYNONYMS = 6
MOST_UNKNOWN = 4
FEW = 25  # entries with a compound; below, its parts are searched too
MANY = 300  # entries with the rarest part; above, looking for the parts side by side takes too long


@dataclass(frozen=True)
class Query:
    """A query ready to be asked. `state` is the one of the entries that it was understood by, "" where none
    was looked at.
    """

    terms: Terms
    understood: Understood
    numbers: dict[str, int]
    state: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.terms.groups or self.terms.excluded)


def understand(
    text: str,
    audience: Audience,
    hints: Collection[Hint] = (),
    *,
    literal: bool = False,
) -> Query:
    """Words of `hints` choose a facet.

    One to four queries: what is known of the words, similar ones for unknown words, changed synonyms.
    """
    return _Reading(parse(text), audience, () if literal else hints, literal=literal).query()


class _Reading:
    def __init__(self, parsed: Parsed, audience: Audience, hints: Collection[Hint], *, literal: bool) -> None:
        self.audience = audience
        self.literal = literal
        self.understood = Understood()
        self.typed = parsed.words
        self.words, self.understood.hints = without_hints(parsed.words, hints)
        telling = [word for word in self.words if not is_stop_word(word)]
        if telling or parsed.phrases or self.understood.hints:
            self.words = telling
        self.phrases = [(text, phrase) for text in parsed.phrases if (phrase := phrase_of(text))]
        self.excluded = [(text, phrase) for text in parsed.excluded if (phrase := phrase_of(text))]

        self.understood.asked = len(self.words) + len(self.phrases)

    def query(self) -> Query:
        if not (self.words or self.phrases or self.excluded):
            return Query(Terms(), self.understood, {})
        groups, known = self._groups_and_numbers()
        groups = self._without_unknown_talk(groups, known)
        groups = self._with_joined(groups, known)
        groups = self._with_parts(groups, known)
        groups = [self._with_verb(group, known) for group in groups]
        groups = self._with_spelling(groups, known)
        groups = self._with_city(groups, known)
        self.understood.missing = [
            *self.understood.ignored,
            *(group.typed for group in groups if group.is_by_synonym(known.numbers)),
        ]
        if self.understood.ignored and not (groups or self.understood.hints):
            # What lacks the excluded words is no answer to those that nothing has.
            return Query(Terms(), self.understood, known.numbers, known.state)
        terms = self._terms(self._with_talk_optional(groups), known)
        return Query(terms, self.understood, known.numbers, known.state)

    def _terms(self, groups: Sequence[Group], known: Known) -> Terms:
        reach = Reach(known.numbers)
        groups = [reach.group(group.weighed(known.numbers)) for group in groups]
        excluded = [reach.alternative(phrase, text) for text, phrase in self.excluded]
        typed = {text for text, _phrase in (*self.phrases, *self.excluded)}
        self.understood.beyond = [text for text in reach.beyond if text in typed]
        return Terms(tuple(groups), tuple(excluded))

    def _groups_and_numbers(self) -> tuple[list[Group], Known]:
        self.thesaurus = synonyms.kept()
        groups = self._groups()
        known = self._look_up(groups)
        if known.synonyms_version != self.thesaurus.version:
            self.thesaurus = synonyms.read(known.synonyms_version)
            groups = self._groups()
            known = self._look_up(groups)
        return groups, known

    def _look_up(self, groups: Sequence[Group]) -> Known:
        asked = {lexeme for group in groups for each in group.alternatives for lexeme in each.lexemes}
        asked |= {lexeme for _text, phrase in self.excluded for lexeme in phrase.lexemes}
        asked |= {stem(fold(a) + fold(b)) for a, b in pairwise(self.words)}
        asked |= {stem(part) for word in self.words for part in parts_within(word)}
        asked |= {verb for word in self.words for verb in infinitives(word)}
        return look_up(asked, names_in(self.typed) if not self.literal else (), self.audience)

    def _groups(self) -> list[Group]:
        """One group a word, or a term of several words that has synonyms."""
        groups = [Group(text, (phrase,)) for text, phrase in self.phrases]
        keys = [key_of(word) for word in self.words]
        self.understood.synonyms = []
        place = 0
        while place < len(self.words):
            length = self.thesaurus.longest_at(keys, place)
            typed = " ".join(self.words[place : place + max(length, 1)])
            group = Group(typed, (alternative_of(typed),))
            groups.append(self._with_synonyms(group, tuple(keys[place : place + length])))
            place += max(length, 1)
        return groups

    def _with_synonyms(self, group: Group, keys: tuple[str, ...]) -> Group:
        """Without those that the query excludes."""
        others = self.thesaurus.others.get(keys, ())[:MOST_SYNONYMS]
        phrases = {other: phrase for other in others if (phrase := phrase_of(other))}
        for _text, unwanted in self.excluded:
            phrases = {
                other: phrase
                for other, phrase in phrases.items()
                if not set(unwanted.lexemes) <= set(phrase.lexemes)
            }
        if not phrases:
            return group
        self.understood.synonyms.append((group.typed, list(phrases)))
        instead = (replace(phrase, factor=SYNONYM) for phrase in phrases.values())
        return replace(group, alternatives=(*group.alternatives, *instead))

    def _with_joined(self, groups: list[Group], known: Known) -> list[Group]:
        """„Bund ID“ is also „BundID“."""
        by_word = {group.typed: place for place, group in enumerate(groups)}
        changed = list(groups)
        for first, second in pairwise(self.words):
            joined = stem(fold(first) + fold(second))
            if first in by_word and second in by_word and known.numbers.get(joined):
                for word in (first, second):
                    group = changed[by_word[word]]
                    changed[by_word[word]] = replace(
                        group, alternatives=(*group.alternatives, Alternative((joined,)))
                    )
        return changed

    def _with_parts(self, groups: list[Group], known: Known) -> list[Group]:
        """Where few entries have a compound, its parts side by side will do."""
        return [self._with_parts_of(group, known) for group in groups]

    def _with_parts_of(self, group: Group, known: Known) -> Group:
        own = group.alternatives[0]
        number = known.numbers.get(own.lexemes[0], 0)
        is_place = fold(group.typed) in known.places  # Zweibrücken has nothing to do with bridges
        if is_place or " " in group.typed or len(own.lexemes) > 1 or not 0 < number < FEW:
            return group
        stems = tuple(dict.fromkeys(stem(part) for part in parts_of(group.typed)))
        found = [known.numbers.get(part, 0) for part in stems]
        if len(stems) < 2 or not all(found) or min(found) > MANY:
            return group
        return replace(group, alternatives=(*group.alternatives, Alternative(stems, PARTS, is_loose=True)))

    def _with_verb(self, group: Group, known: Known) -> Group:
        """A word that nothing has may be a form of a verb that something has."""
        is_word = not (self.literal or group.is_known(known.numbers) or " " in group.typed)
        for verb, infinitive in infinitives(group.typed).items() if is_word else ():
            if known.numbers.get(verb):
                self.understood.corrected.append((group.typed, infinitive))
                return replace(group, alternatives=(Alternative((verb,), SPELLING),))
        return group

    def _with_spelling(self, groups: list[Group], known: Known) -> list[Group]:
        """A word that nothing has: the parts of a compound, else the nearest word, else nothing."""
        unknown = [group for group in groups if not group.is_known(known.numbers)]
        if not unknown:
            return groups
        mistyped = [
            group.typed
            for group in unknown
            if not (self.literal or " " in group.typed or is_word(stem_of(group.typed)))
        ]
        repaired = {
            word: instead
            for word, instead in repair(mistyped[:MOST_UNKNOWN], self.audience).items()
            if not self._has_known_parts(word, known) or is_slip(word, instead)
        }
        if repaired:
            self._learn(repaired, known)
        found: list[Group] = []
        for group in groups:
            found += self._instead_of(group, repaired, known) if group in unknown else [group]
        return found

    def _has_known_parts(self, word: str, known: Known) -> bool:
        found = known_parts_of(word, known.numbers)
        return len(found) > 1 and all(known.numbers.get(stem(part)) for part in found)

    def _learn(self, repaired: dict[str, list[Similar]], known: Known) -> None:
        """What corrected words are worth, and the parts of rare ones. One query where there are such."""
        similar = [each for found in repaired.values() for each in found]
        rare = [each.surface for each in similar if each.n < FEW]
        if stems := {stem(part) for word in rare if len(found := parts_of(word)) > 1 for part in found}:
            known.numbers |= look_up(stems, (), self.audience).numbers
        known.numbers |= {each.lexeme: each.n for each in similar}

    def _instead_of(self, group: Group, repaired: dict[str, list[Similar]], known: Known) -> list[Group]:
        found = repaired.get(group.typed, [])
        if found:
            if not is_split(group.typed, found):
                surfaces = [each.surface for each in found]
                self.understood.corrected.append((group.typed, joined(group.typed, surfaces)))
            near = [
                self._with_synonyms(
                    Group(each.surface, (Alternative((each.lexeme,), SPELLING),)), (key_of(each.surface),)
                )
                for each in found
            ]
            return self._with_parts(near, known)
        return self._by_parts(group, known)

    def _by_parts(self, group: Group, known: Known) -> list[Group]:
        instead = Instead() if " " in group.typed else instead_of(group.typed, known.numbers)
        if not instead.groups:
            self.understood.ignored.append(group.typed)
        elif not instead.is_whole:
            written = [written_in(group.typed, part) for part in instead.parts]
            if all(written):
                self.understood.shortened.append((group.typed, " ".join(written)))
        return instead.groups

    def _with_city(self, groups: list[Group], known: Known) -> list[Group]:
        """What belongs to a city that is named comes first; its name alone is searched like any word."""
        for name in names_in(self.typed):
            if name in known.places:
                typed = name_as_typed(name, self.typed)
                self.understood.city = CityMeant(known.places[name], typed)
                words = set(typed.split())
                others = [group for group in groups if not set(group.typed.split()) <= words]
                if others:
                    return [
                        replace(group, is_required=False) if group not in others else group
                        for group in groups
                    ]
                return groups
        return groups

    def _without_unknown_talk(self, groups: list[Group], known: Known) -> list[Group]:
        """Nobody misses „eingeführt“, or the 3 of „§ 3 OZG“, where something else is asked for."""
        slight = [group for group in groups if is_talk(group) or len(group.typed) == 1]
        if len(slight) == len(groups) and not self.understood.hints:
            return groups
        return [group for group in groups if group not in slight or group.is_known(known.numbers)]

    def _with_talk_optional(self, groups: list[Group]) -> list[Group]:
        """„Wie haben andere Städte die E-Akte eingeführt?“ asks for the E-Akte, and not for all of a Stadt
        where nothing has it.
        """
        if any(group.is_required and not is_talk(group) for group in groups):
            return [
                replace(group, is_required=False, tells=False) if is_talk(group) else group
                for group in groups
            ]
        is_asked_for_more = self.understood.hints or self.understood.ignored
        return [group for group in groups if not (is_talk(group) and is_asked_for_more)]


def is_talk(group: Group) -> bool:
    return fold(group.typed) in TALK
