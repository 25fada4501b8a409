"""Write-ups in lists, made here because a list has twenty of them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ui.templatetags.ui_cards import linked_card

if TYPE_CHECKING:
    from practices.cards import Card
    from practices.found import FoundCard

register = template.Library()

CARDS_KEPT = 10_000  # of one or two kilobytes each in one process
CHOICE = """<label class="choose-to-compare">
<input type="checkbox" name="p" value="{}" form="{}">
{}<span class="kern-sr-only">: {}</span>
</label>
"""


@register.simple_tag
def practice_card(card: Card, level: int, chooser: str = "") -> SafeString:
    """A write-up; with the id of a form as `chooser`, one that can be chosen there."""
    return _drawn(get_language(), card, level, chooser, card.title, card.summary)


@register.simple_tag
def found_card(found: FoundCard, level: int, chooser: str = "") -> SafeString:
    """The same as a search found it."""
    return _drawn(get_language(), found.card, level, chooser, found.title, found.summary, found.snippet)


@lru_cache(maxsize=CARDS_KEPT, typed=True)  # texts that are safe already are others
def _drawn(
    _language: str | None, card: Card, level: int, chooser: str, title: str, summary: str, snippet: str = ""
) -> SafeString:
    choice = mark_safe("")
    if chooser:
        choice = format_html(CHOICE, card.pk, chooser, _("vergleichen"), card.title)
    return linked_card(card.url, card.preline, title, level, summary, snippet, trust(card) + choice)


@register.simple_tag
def trust(card: Card) -> SafeString:
    """What tells how far a write-up can be trusted, what it costs and what it is about."""
    facts = [
        escape(card.phase),
        f"{_('geprüft')} {card.checked}" if card.checked else "",
        _confirmed(card),
        escape(card.adopted),
        f"{_('Kosten')} {escape(card.cost)}" if card.cost else "",
        escape(card.audience),
        _topics(card),
    ]
    named = "".join(f"<li>{fact}</li>" for fact in facts if fact)
    return mark_safe(f'<ul class="trust">{named}</ul>')  # noqa: S308  each is escaped


def _confirmed(card: Card) -> str:
    if not card.confirmed:
        return ""
    confirmed = f"{_('bestätigt')} {card.confirmed}"
    return f"{confirmed}, <strong>{_('Prüfung überfällig')}</strong>" if card.is_overdue else confirmed


def _topics(card: Card) -> str:
    if not card.topics:
        return ""
    said = _("Themen:")
    return f'<span class="kern-sr-only">{said}</span>{escape(" · ".join(card.topics))}'
