"""Things like another, or like a text: those that share its rarest words."""

from __future__ import annotations

from search.analysis.vectors import IN_TITLE, TITLE, Vector
from search.asking import Question, of_source, scope
from search.models import Audience
from search.query.lookup import look_up
from search.query.terms import Alternative, Group, Terms
from search.query.understanding import Query, Understood
from search.ranking import ranked
from search.reading import fetch

WORDS = 12  # rarest ones that are compared
CANDIDATES = 200
LONGEST_TEXT = 1_500
# Words of one thing that nothing else has say nothing about others; those of a tenth of all neither.
LEAST, MOST_SHARE = 2, 0.1
OF_ENTRY = """
    SELECT lexeme, array_to_string(weights, '') FROM search_entry, unnest(words)
    WHERE source = %(source)s AND object_id = %(object_id)s AND audience <= %(audience)s
"""


def similar_to(source: int, object_id: int, *, audience: Audience, limit: int = 5) -> list[int]:
    """Ids of things of the same kind, the most similar first; none for a thing that has no entry."""
    rows = fetch(OF_ENTRY, {"source": source, "object_id": object_id, "audience": int(audience)})
    important = {lexeme for lexeme, weights in rows if weights and ("A" in weights or "B" in weights)}
    return _similar(important, source, audience, limit, without=object_id)


def similar_to_text(
    text: str, *, source: int, audience: Audience, limit: int = 5, without: int | None = None
) -> list[int]:
    """Ids of things that are about what this text is about, the most similar first."""
    vector = Vector()
    vector.add(text[:LONGEST_TEXT], TITLE)
    return _similar(vector.words, source, audience, limit, without=without)


def _similar(
    words: set[str], source: int, audience: Audience, limit: int, *, without: int | None
) -> list[int]:
    words = {word for word in words if not word.startswith(IN_TITLE) and len(word) > 2}
    if not words:
        return []
    numbers = look_up(words, (), audience).numbers
    most = max(numbers.get("", 0) * MOST_SHARE, 50)
    known = sorted((n, word) for word in words if LEAST <= (n := numbers.get(word, 0)) <= most)[:WORDS]
    if not known:
        return []
    groups = tuple(Group(word, (Alternative((word,)),)).weighed(numbers) for _n, word in known)
    question = Question(audience=audience, source=source)
    tsquery = " | ".join(group.query() for group in groups)
    condition = scope(question, tsquery) & of_source(question)
    rows = fetch(
        f"SELECT id FROM search_entry WHERE {condition.sql} ORDER BY date DESC, id DESC LIMIT {CANDIDATES}",  # noqa: S608
        condition.parameters,
    )
    optional = tuple(Group(g.typed, g.alternatives, is_required=False, weight=g.weight) for g in groups)
    query = Query(Terms(optional), Understood(), numbers)
    hits = ranked(question, query, tsquery, [row[0] for row in rows], len(rows))
    return [hit.object_id for hit in hits if hit.object_id != without][:limit]
