"""What answers the queries: the portal's search, and the two that it is compared with."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.db import connection

from practices.search_entry import SOURCE, all_entries
from search.models import Audience
from search.searching import Question, search

DEEP = 10

SETUP = """
CREATE TEMPORARY TABLE plain_text (id bigint PRIMARY KEY, words tsvector, whole text) ON COMMIT DROP
"""
FILL = """
INSERT INTO plain_text
SELECT %s, setweight(to_tsvector('german', %s), 'A') || setweight(to_tsvector('german', %s), 'B')
    || setweight(to_tsvector('german', %s), 'C'), %s
"""
PLAIN = """
SELECT id FROM plain_text, websearch_to_tsquery('german', %(text)s) AS query
WHERE words @@ query ORDER BY ts_rank(words, query) DESC, id LIMIT %(deep)s
"""
ANY_WORD = """
SELECT id FROM plain_text, to_tsquery('german', %(any)s) AS query
WHERE words @@ query OR word_similarity(%(text)s, whole) > 0.4
ORDER BY ts_rank(words, query) + word_similarity(%(text)s, whole) DESC, id LIMIT %(deep)s
"""


def prepare() -> None:
    """Make the table that the two compared systems read; gone with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(SETUP)
        for entry in all_entries():
            if entry.audience != Audience.PUBLIC:
                continue
            lead_and_body = f"{entry.lead}\n{entry.body}"
            whole = "\n".join([entry.title, entry.keywords, lead_and_body])
            cursor.execute(FILL, [entry.object_id, entry.title, entry.keywords, lead_and_body, whole])


def portal(text: str) -> list[int]:
    answer = search(Question(text=text, audience=Audience.PUBLIC, source=SOURCE, page_size=DEEP))
    return list(answer.page.ids)


def plain_full_text(text: str) -> list[int]:
    return _ids(PLAIN, text)


def any_word_and_trigrams(text: str) -> list[int]:
    return _ids(ANY_WORD, text)


def _ids(statement: str, text: str) -> list[int]:
    words = re.findall(r"\w+", text)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"text": text, "any": " | ".join(words), "deep": DEEP})
        return [row[0] for row in cursor.fetchall()]


SYSTEMS: dict[str, Callable[[str], list[int]]] = {
    "portal": portal,
    "full text": plain_full_text,
    "OR + trigrams": any_word_and_trigrams,
}
