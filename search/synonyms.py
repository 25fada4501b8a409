"""Words that mean the same. They widen queries, not entries, so what is taught works at the next search."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pghistory
from django.db import transaction

from search.analysis.vectors import lexemes
from search.analysis.words import fold, tokens
from search.models import Synonym

if TYPE_CHECKING:
    from typing import Any

LONGEST_TERM = 5  # words
MOST_INSTEAD = 12  # terms that a beginning stands for
VERSION = "SELECT concat(count(*), ' ', max(changed_at)) FROM search_synonym"
Key = tuple[str, ...]


@dataclass(frozen=True)
class Thesaurus:
    """All synonyms as the search compares them; kept as long as `version` is the database's."""

    version: str
    others: dict[Key, tuple[str, ...]]
    groups: tuple[tuple[tuple[str, str], ...], ...] = ()  # of each term its folded name and itself

    def longest_at(self, keys: Sequence[str], place: int) -> int:
        """How many words from this place on make up a known term; 0 when they do not begin one."""
        for length in range(min(LONGEST_TERM, len(keys) - place), 0, -1):
            if tuple(keys[place : place + length]) in self.others:
                return length
        return 0

    def instead_of(self, beginning: str) -> list[str]:
        """What means the same as terms whose folded name begins like that, without those terms."""
        found: dict[str, None] = {}
        for terms in self.groups:
            if any(name.startswith(beginning) for name, _term in terms):
                found |= dict.fromkeys(term for name, term in terms if not name.startswith(beginning))
        return list(found)[:MOST_INSTEAD]


_kept = Thesaurus("", {})


def kept() -> Thesaurus:
    """What this process last read."""
    return _kept


def read(version: str) -> Thesaurus:
    """Read all synonyms. One query."""
    global _kept
    others: dict[Key, dict[str, None]] = {}
    groups = []
    for terms in Synonym.objects.values_list("terms", flat=True):
        groups.append(tuple((name_of(term), term) for term in terms))
        keys = {term: key for term in terms if (key := key_of(term))}
        for term, key in keys.items():
            others.setdefault(key, {}).update(
                dict.fromkeys(
                    other for other, other_key in keys.items() if other != term and other_key != key
                )
            )
    _kept = Thesaurus(version, {key: tuple(found) for key, found in others.items()}, tuple(groups))
    return _kept


def name_of(term: str) -> str:
    """A term as it is compared with what somebody has typed so far."""
    return " ".join(fold(token.text) for token in tokens(term))


def key_of(term: str) -> Key:
    """A term's words by their stems."""
    return tuple(found[0] for token in tokens(term) if (found := lexemes(token.text).whole))


def groups_with(terms: Iterable[str], *, but: Synonym) -> list[Synonym]:
    """Rows other than `but` that have one of these terms, as the search compares them."""
    keys = {key for term in terms if (key := key_of(term))}
    if not keys:
        return []
    others = Synonym.objects.exclude(pk=but.pk) if but.pk else Synonym.objects.all()
    return [row for row in others if any(key_of(term) in keys for term in row.terms)]


@transaction.atomic
def save(*, synonym: Synonym, by: Any) -> Synonym:
    """Save a row of the coordinators' list."""
    synonym.terms = _clean(synonym.terms)
    with pghistory.context(user=by.pk):
        synonym.save()
    return synonym


@transaction.atomic
def delete(*, synonym: Synonym, by: Any) -> None:
    with pghistory.context(user=by.pk):
        synonym.delete()


def set_for(origin: str, terms: Iterable[str]) -> None:
    """Keep the row of something that has synonyms of its own; fewer than two words make no row."""
    words = _clean(terms)
    if len(words) < 2:
        Synonym.objects.filter(origin=origin).delete()
    else:
        Synonym.objects.update_or_create(origin=origin, defaults={"terms": words})


def _clean(terms: Iterable[str]) -> list[str]:
    """Without repetitions and blanks, in the order given."""
    return list(dict.fromkeys(stripped for term in terms if (stripped := " ".join(term.split()))))
