"""The card of a list, which is one link; a builtin of every template.

Made here and not from a template, because a list has twenty of them.
"""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from ui.templatetags.ui import in_german

register = template.Library()

CARD = """<li class="kern-card kern-card--interactive">
<div class="kern-card__container">
<div class="kern-card__header">
<p class="kern-preline">{preline}</p>
<h{level} class="kern-title"><a class="kern-link--stretched"{german} href="{url}">{title}</a></h{level}>
{summary}{snippet}</div>
{below}</div>
</li>
"""
SUMMARY = '<p class="kern-body"{}>{}</p>\n'
SNIPPET = '<p class="snippet"{}>{}</p>\n'


@register.simple_tag
def linked_card(
    url: str, preline: str, title: str, level: int, summary: str = "", snippet: str = "", below: str = ""
) -> SafeString:
    """One card, the whole of it a link to `url`, with its title as a heading of this level.

    `summary` and `snippet` are texts of people like the title; `below` is what else the card shows.
    """
    german, nothing = in_german(), mark_safe("")
    return format_html(
        CARD,
        url=url,
        preline=preline,
        title=title,
        level=level,
        german=german,
        summary=format_html(SUMMARY, german, summary) if summary else nothing,
        snippet=format_html(SNIPPET, german, snippet) if snippet else nothing,
        below=below,
    )
