"""Draws the table of the matrix as compact HTML: twenty thousand cells in a template take seconds."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from cities.models import city_address
from practices.matrix.marks import SIGNS, Cell, in_words
from practices.matrix.reading import Matrix
from topics.tree import TopicNode


@lru_cache(maxsize=4_000)
def _behind(marks: int, published: int, adopted: int, planned: int, _language: str | None) -> str:
    """The rest of a cell's link. Many cells say the same, and saying it takes longer than drawing it.

    The label need not repeat city and topic: the table's heads say them.
    """
    label = escape(in_words(Cell(marks, published, adopted, planned)))
    signs = "".join(f'<b class="m-{sign.css}">{sign.letter}</b>' for sign in SIGNS if marks & sign.mark)
    return f'/" aria-label="{label}">{signs}</a></td>'


def head(topics: list[TopicNode]) -> SafeString:
    """One cell a topic."""
    cells = [
        f'<th scope="col" class="d{topic.depth}"><a href="{topic.get_absolute_url()}"'
        f' title="{escape(topic.name)}"><span>{escape(topic.name)}</span></a></th>'
        for topic in topics
    ]
    return mark_safe("".join(cells))  # noqa: S308  names are escaped


def body(matrix: Matrix) -> SafeString:
    """One row a city; a cell with something in it leads on. Addresses are relative to the page's own."""
    language = get_language()
    columns = {topic.id: (at, f'<td><a href="{topic.slug}/') for at, topic in enumerate(matrix.topics)}
    empty = ["<td></td>"] * len(columns)
    drawn: defaultdict[int, list[str]] = defaultdict(empty.copy)
    slugs = {city_id: slug for city_id, _name, slug in matrix.cities}
    for (city_id, topic_id), here in matrix.cells.items():
        at, begin = columns[topic_id]
        end = _behind(here.marks, here.published, here.adopted, here.planned, language)
        drawn[city_id][at] = f"{begin}{slugs[city_id]}{end}"
    rows = [
        f'<tr><th scope="row"><a href="{city_address(slug)}">{escape(name)}</a></th>'
        f"{''.join(drawn[city_id])}</tr>"
        for city_id, name, slug in matrix.cities
    ]
    return mark_safe("".join(rows))  # noqa: S308  names and words are escaped
