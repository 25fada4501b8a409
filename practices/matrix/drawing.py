"""Draws the table of the matrix as compact HTML: twenty thousand cells in a template take seconds."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from cities.models import city_address
from practices.matrix.marks import SIGNS, Cell, Mark, in_words
from practices.matrix.reading import Matrix
from topics.tree import TopicNode


@lru_cache(maxsize=4_000)
def _behind(marks: Mark, published: int, adopted: int, planned: int, _language: str | None) -> str:
    """The rest of a cell's link. Many cells say the same, and saying it takes longer than drawing it.

    The label need not repeat city and topic: the table's heads say them.
    """
    label = escape(in_words(Cell(marks, published, adopted, planned)))
    signs = "".join(f'<b class="m-{sign.css}">{sign.letter}</b>' for sign in SIGNS if sign.mark in marks)
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
    by_city: defaultdict[int, dict[int, Cell]] = defaultdict(dict)
    for (city_id, topic_id), cell in matrix.cells.items():
        by_city[city_id][topic_id] = cell
    topics = [(topic.id, f'<td><a href="{topic.slug}/') for topic in matrix.topics]
    rows = []
    for city_id, name, slug in matrix.cities:
        rows.append(f'<tr><th scope="row"><a href="{city_address(slug)}">{escape(name)}</a></th>')
        cells = by_city[city_id]
        for topic_id, begin in topics:
            if here := cells.get(topic_id):
                end = _behind(here.marks, here.published, here.adopted, here.planned, language)
                rows.append(f"{begin}{slug}{end}")
            else:
                rows.append("<td></td>")
        rows.append("</tr>")
    return mark_safe("".join(rows))  # noqa: S308  names and words are escaped
