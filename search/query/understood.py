"""What pages tell about how a query was read."""

from __future__ import annotations

from dataclasses import dataclass, field

from search.sources import Hint


@dataclass(frozen=True)
class CityMeant:
    """A city that the query names."""

    city_id: int
    name: str


@dataclass
class Understood:
    """What pages tell about how the query was read."""

    asked: int = 0  # words and phrases that say something
    city: CityMeant | None = None
    hints: list[Hint] = field(default_factory=list)
    corrected: list[tuple[str, str]] = field(default_factory=list)  # as typed, as searched
    ignored: list[str] = field(default_factory=list)  # words that nothing has
    missing: list[str] = field(default_factory=list)  # these, and those that only their synonyms stand for
    shortened: list[tuple[str, str]] = field(default_factory=list)  # as typed, the part searched
    synonyms: list[tuple[str, list[str]]] = field(default_factory=list)  # as typed, searched as well
    beyond: list[str] = field(default_factory=list)  # phrases that were searched by their words

    def did_you_mean(self, text: str) -> str:
        """The query as it was typed with the words that were searched instead; "" where it is the same."""
        for typed, taken in self.corrected:
            text = text.replace(typed, taken)
        return text if self.corrected else ""
