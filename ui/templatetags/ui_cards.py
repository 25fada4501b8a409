"""The card of a list, which is one link; a builtin of every template.

Made here and not from a template, because a list has twenty of them.
"""

from __future__ import annotations

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from ui.templatetags.ui import in_german

register = template.Library()

CARD = """<li class="kern-card kern-card--interactive">
<div class="kern-card__container">
<div class="kern-card__header">
<p class="kern-preline">%s</p>
<h%d class="kern-title"><a class="kern-link--stretched"%s href="%s">%s</a></h%d>
%s%s</div>
%s</div>
</li>
"""
SUMMARY = '<p class="kern-body"%s>%s</p>\n'
SNIPPET = '<p class="snippet"%s>%s</p>\n'


@register.simple_tag
def linked_card(
    url: str, preline: str, title: str, level: int, summary: str = "", snippet: str = "", below: str = ""
) -> SafeString:
    """One card, the whole of it a link to `url`, with its title as a heading of this level.

    `summary` and `snippet` are texts of people like the title; `below` is what else the card shows.
    """
    german = in_german()
    preline, url, title, summary, snippet, below = map(
        conditional_escape, (preline, url, title, summary, snippet, below)
    )
    texts = (SUMMARY % (german, summary) if summary else "", SNIPPET % (german, snippet) if snippet else "")
    drawn = CARD % (preline, level, german, url, title, level, *texts, below)
    return mark_safe(drawn)  # noqa: S308  each part is escaped
