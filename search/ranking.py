"""Which hits come first.

Never all matches are ranked: those that have the words in their title and the newest are, some hundred in
all, and whoever pages further gets the rest by date. Scores follow BM25: a word counts for the more the
rarer it is, and for the less the more often it was there already; where it stands weighs as the vector
says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import and_
from typing import Any

from search.bitmaps import labels
from search.bitmaps.view import Leaf, View
from search.counting import Matches
from search.query.terms import Alternative, Group, Level, Terms, all_in_title
from search.query.understanding import Query
from search.reading import VECTOR, WHOLE, fetch

# Hits that are ranked at most; to read their vectors takes longer than all else of a search.
NEWEST, WITH_TITLE = 80, 120
# Weights of places D, C, B, A: parts of compounds in the text, words in the text, keywords, title.
WEIGHTS = "'{0.12, 0.3, 0.55, 1.0}'"
CITY_FACTOR = 1.6
TITLE_BONUS = 0.35
APART = 0.4  # of a phrase that is too frequent to be searched as such, where its words stand apart


@dataclass(frozen=True)
class Hit:
    """A thing that was found; `has_all` when it has every word that was asked for."""

    source: int
    object_id: int
    has_all: bool = True
    id: int = 0


def title_leaves(terms: Terms) -> set[Leaf]:
    """The conditions that `candidates` needs."""
    return {
        leaf for group in terms.required for each in group.alternatives for leaf in each.leaves_in_title()
    }


def candidates(terms: Terms, matches: Matches) -> list[int]:
    """Entries that are ranked: of those with all words, then of the others, the newest hits, those with all
    words in the title, and with the rarest.
    """
    found = _first(terms, matches.view, matches.best)
    if len(found) < NEWEST and matches.best != matches.entries:
        found += _first(terms, matches.view, matches.entries & ~matches.best)
    return found


def _first(terms: Terms, view: View, hits: int) -> list[int]:
    found = view.ids_of(hits, labels.NEWEST, NEWEST)
    if hits.bit_count() > len(found) and (required := _by_rarity(terms)):
        in_titles = [group.in_titles_among(view) for group in required]
        sets = [reduce(and_, in_titles)]
        if len(required) > 1:
            sets.append(in_titles[0])
        for entries in sets:
            found += view.ids_of(hits & entries, labels.BEST, WITH_TITLE // len(sets))
    return list(dict.fromkeys(found))


def _by_rarity(terms: Terms) -> list[Group]:
    return sorted(terms.required, key=lambda group: -group.weight)


def ranked(query: Query, entry_ids: Sequence[int], audience: int) -> list[Hit]:
    """Those that this audience may still know of, the best first. One query."""
    parameters: dict[str, Any] = {
        "ids": list(entry_ids), "most": NEWEST + WITH_TITLE, "audience": int(audience),
    }  # fmt: skip
    score = _score(query, parameters)
    has_all = _has_all(query.terms, parameters)
    sql = f"""
        SELECT source, object_id, has_all, id FROM (
            SELECT entry.id, source, object_id, date, {has_all} AS has_all, {score} AS score
            FROM (
                SELECT id, source, object_id, date, confirmed_on, city_id, boost, uses, {WHOLE}
                FROM search_entry WHERE id = ANY(%(ids)s::bigint[]) AND audience <= %(audience)s OFFSET 0
            ) AS entry
        ) AS scored
        ORDER BY has_all DESC, score DESC, date DESC, id DESC LIMIT %(most)s
    """  # noqa: S608  values are parameters
    return [Hit(*row) for row in fetch(sql, parameters, by_index=True)]


def _has_all(terms: Terms, parameters: dict[str, Any]) -> str:
    required = terms.required
    if len(required) < 2:
        return "true"
    parameters["all"] = Level(terms, len(required)).query()
    return f"{VECTOR} @@ CAST(%(all)s AS tsquery)"


def _score(query: Query, parameters: dict[str, Any]) -> str:
    """Words by their rarity, then what speaks for the thing itself."""
    groups = [_score_of(group, f"g{place}", parameters) for place, group in enumerate(query.terms.groups)]
    words = " + ".join(groups) or "1"
    parameters["city"] = query.understood.city.city_id if query.understood.city else None
    parameters["in_title"] = all_in_title(query.terms.required) or None
    return f"""
        ({words})
        * (1 + {TITLE_BONUS} * coalesce({VECTOR} @@ CAST(%(in_title)s AS tsquery), false)::integer)
        * (CASE WHEN city_id = CAST(%(city)s AS bigint) THEN {CITY_FACTOR} ELSE 1 END)
        * (1 + 0.15 * boost / 100.0 + 0.03 * ln(1 + uses))
        * (CASE WHEN confirmed_on > current_date - 400 THEN 1 WHEN confirmed_on > current_date - 800 THEN 0.96
           ELSE 0.92 END)
    """


def _score_of(group: Group, name: str, parameters: dict[str, Any]) -> str:
    """The best of the alternatives."""
    parameters[name] = group.weight
    ways = [_rank(each, f"{name}_{place}", parameters) for place, each in enumerate(group.alternatives)]
    return f"%({name})s::float8 * greatest({', '.join(ways)})"


def _rank(alternative: Alternative, name: str, parameters: dict[str, Any]) -> str:
    ranks = []
    for place, lexeme in enumerate(alternative.lexemes):
        parameters[f"{name}_{place}"] = Alternative((lexeme,)).query()
        ranks.append(f"ts_rank({WEIGHTS}, {VECTOR}, CAST(%({name}_{place})s AS tsquery))")
    if len(ranks) == 1:
        return f"{alternative.factor} * {ranks[0]}"
    parameters[name] = alternative.query()
    together = f"{VECTOR} @@ CAST(%({name})s AS tsquery)"
    factor = f"{alternative.factor}"
    if alternative.is_anywhere and not alternative.is_loose:
        parameters[f"{name}_side"] = replace(alternative, is_anywhere=False).query()
        factor += f" * CASE WHEN {VECTOR} @@ CAST(%({name}_side)s AS tsquery) THEN 1 ELSE {APART} END"
    return f"CASE WHEN {together} THEN {factor} * least({', '.join(ranks)}) ELSE 0 END"
