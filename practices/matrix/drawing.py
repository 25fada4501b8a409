"""Draws the table of the matrix as compact HTML: twenty thousand cells in a template take seconds."""

from __future__ import annotations

from functools import cache

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from cities.models import city_address
from practices.matrix.marks import SIGNS, Mark, in_words
from practices.matrix.reading import Matrix
from topics.tree import TopicNode


@cache
def signs_of(marks: Mark) -> str:
    """The letters of a cell; screen readers hear its label instead."""
    return "".join(f'<b class="m-{sign.css}">{sign.letter}</b>' for sign in SIGNS if sign.mark in marks)


def head(topics: list[TopicNode]) -> SafeString:
    """One cell a topic."""
    cells = [
        f'<th scope="col" class="d{topic.depth}"><a href="{topic.get_absolute_url()}">'
        f"<span>{escape(topic.name)}</span></a></th>"
        for topic in topics
    ]
    return mark_safe("".join(cells))  # noqa: S308  names are escaped


def body(matrix: Matrix) -> SafeString:
    """One row a city. A cell with something in it leads to what is behind it."""
    base = reverse("matrix:matrix")
    topics = [(topic.id, escape(topic.name), topic.slug) for topic in matrix.topics]
    rows = []
    for city_id, name, slug in matrix.cities:
        shown = escape(name)
        rows.append(f'<tr><th scope="row"><a href="{city_address(slug)}">{shown}</a></th>')
        for topic_id, topic, topic_slug in topics:
            cell = matrix.cells.get((city_id, topic_id))
            if cell is None:
                rows.append("<td></td>")
            else:
                rows.append(
                    f'<td><a href="{base}{topic_slug}/{slug}/" aria-label="{shown}, {topic}: '
                    f'{escape(in_words(cell))}">{signs_of(cell.marks)}</a></td>'
                )
        rows.append("</tr>")
    return mark_safe("".join(rows))  # noqa: S308  names and words are escaped
