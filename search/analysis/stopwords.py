"""Words that say nothing about what is searched."""

from search.analysis.lists import lists
from search.analysis.words import fold, stem

_LISTS = lists("queries")
# Not entered at all.
STOP_WORDS = frozenset(fold(word) for word in _LISTS["stop"].split())
# Entered, but in a question that has other words they do not count.
TALK = frozenset(fold(word) for word in _LISTS["talk"].split())
# Stems of what says nothing of a compound that it begins, for it means too many things.
VAGUE_FIRST = frozenset(stem(fold(word)) for word in _LISTS["vague_first"].split())
