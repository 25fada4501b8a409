"""Parts of a card, made here because a list has twenty of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from practices.cards import Card

register = template.Library()


TOPICS = '<span class="kern-sr-only">{}</span>{}'


@register.simple_tag
def trust(card: Card) -> SafeString:
    """What tells how far a write-up can be trusted, what it costs and what it is about."""
    facts = (
        card.phase,
        card.checked and f"{_('geprüft')} {card.checked}",
        card.confirmed and _confirmed(card),
        card.adopted,
        card.cost and f"{_('Kosten')} {card.cost}",
        card.audience,
        card.topics and format_html(TOPICS, _("Themen:"), " · ".join(card.topics)),
    )
    named = format_html_join("", "<li>{}</li>", ((fact,) for fact in facts if fact))
    return format_html('<ul class="trust">{}</ul>', named)


def _confirmed(card: Card) -> str:
    confirmed = f"{_('bestätigt')} {card.confirmed}"
    if not card.is_overdue:
        return confirmed
    return format_html("{}, <strong>{}</strong>", confirmed, _("Prüfung überfällig"))
