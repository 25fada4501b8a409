"""Small components of the design system; a builtin of every template.

Each is one call with plain values. The gallery (`/ui/`) shows all of them with their template code.
"""

from __future__ import annotations

from collections.abc import Hashable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ui import panels as registry
from ui.richtext import clean

register = template.Library()

CONTENT_LANGUAGE = "de"
PARTS_KEPT = 10_000  # of one or two kilobytes each


@register.simple_tag
def in_german() -> SafeString:
    """An attribute for elements with people's texts: read aloud as German also in an English frame."""
    is_german = (get_language() or CONTENT_LANGUAGE).startswith(CONTENT_LANGUAGE)
    return mark_safe("" if is_german else f' lang="{CONTENT_LANGUAGE}"')  # noqa: S308  a constant


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A KERN icon; with a label it speaks, without it is decoration."""
    drawn = format_html('<span class="kern-icon kern-icon--{}" aria-hidden="true"></span>', name)
    return format_html('{}<span class="kern-sr-only">{}</span>', drawn, label) if label else drawn


def _labelled(label: str, icon_name: str, css_class: str = "kern-label") -> SafeString:
    text = format_html('<span class="{}">{}</span>', css_class, label)
    return icon(icon_name) + text if icon_name else text


@register.simple_tag
def badge(text: str, tone: str = "neutral", icon: str = "") -> SafeString:
    """A short state. Tones: neutral, info, success, warning, danger."""
    inner = _labelled(text, icon, "kern-label kern-label--small")
    return format_html('<span class="kern-badge kern-badge--small kern-badge--{}">{}</span>', tone, inner)


@register.simple_tag
def tag(label: str, url: str = "") -> SafeString:
    """A topic or key word; a link when it has an address."""
    if url:
        return format_html('<a class="tag" href="{}">{}</a>', url, label)
    return format_html('<span class="tag">{}</span>', label)


@register.simple_tag
def button(
    label: str,
    icon: str = "",
    tone: str = "primary",
    name: str = "",
    value: str = "",
    css: str = "",
    to: str = "",
) -> SafeString:
    """A submit button; `to` is where it sends the form if not to the form's own address.

    Tones: primary, secondary, tertiary, danger.
    """
    named = format_html(' name="{}" value="{}"', name, value) if name else mark_safe("")
    if to:
        named = format_html('{} formaction="{}"', named, to)
    return format_html(
        '<button type="submit" class="kern-btn kern-btn--{} {}"{}>{}</button>',
        tone, css, named, _labelled(label, icon),
    )  # fmt: skip


@register.simple_tag
def link_button(label: str, url: str, icon: str = "", tone: str = "secondary", css: str = "") -> SafeString:
    """A link that looks like a button because it starts something."""
    return format_html(
        '<a class="kern-btn kern-btn--{} {}" href="{}">{}</a>', tone, css, url, _labelled(label, icon)
    )


@register.simple_block_tag
def alert(content: str, tone: str = "info", title: str = "", live: bool = False) -> SafeString:
    """A message with a body. Tones: info, success, warning, danger; `live` for one that appears later."""
    return format_html(
        '<div class="kern-alert kern-alert--{}"{}><div class="kern-alert__header">{}'
        '<span class="kern-title">{}</span></div>{}</div>',
        tone,
        mark_safe(' role="alert"') if live else "",
        icon(tone),
        title,
        format_html('<div class="kern-alert__body">{}</div>', content) if content.strip() else "",
    )


@register.inclusion_tag("ui/breadcrumb.html")
def breadcrumb(*parts: str) -> dict[str, Any]:
    """`label url label url … last label`; the way from the start page is added."""
    pairs = [(parts[at], parts[at + 1]) for at in range(0, len(parts) - 1, 2)]
    return {"steps": pairs, "here": parts[-1]}


@register.inclusion_tag("ui/empty_state.html")
def empty_state(
    title: str, text: str = "", action_label: str = "", action_url: str = "", icon: str = "info"
) -> dict[str, Any]:
    """What to do when there is nothing; the action is left out where nobody may take it."""
    return {
        "title": title, "text": text, "action_label": action_label, "action_url": action_url, "icon": icon,
    }  # fmt: skip


@register.inclusion_tag("ui/page_header.html")
def page_header(title: str, preline: str = "", lead: str = "", is_content: bool = False) -> dict[str, Any]:
    """The page's one h1 with what stands above and below it.

    With `is_content` title and lead are texts of people, which are German whatever the frame's language.
    """
    return {"title": title, "preline": preline, "lead": lead, "lang": in_german() if is_content else ""}


@register.inclusion_tag("ui/description_list.html")
def description_list(rows: Any, columns: bool = False) -> dict[str, Any]:
    """Pairs of key and value; pairs without a value are left out."""
    return {"rows": [(key, value) for key, value in rows if value not in (None, "")], "columns": columns}


@register.simple_tag(takes_context=True)
def panels(context: Context, slot: str, subject: Any = None) -> SafeString:
    """The blocks that apps above have registered for a slot of this page."""
    request = context["request"]
    blocks = []
    for panel in registry.panels_for(slot):
        variables = panel.context(request, subject)
        if variables is not None:
            blocks.append(render_to_string(panel.template, variables, request=request))
    return mark_safe("".join(blocks))  # noqa: S308  rendered templates, escaped by themselves


@register.simple_tag
def kept_include(name: str, **values: Hashable) -> SafeString:
    """An include that is remembered: for parts that come many times on a page and again on the next.

    The part follows from the values and the language alone, and values are equal when they look equal:
    plain ones, or frozen objects made of such, never rows of the database.
    """
    return _included(name, get_language(), tuple(values.items()))


@lru_cache(maxsize=PARTS_KEPT)
def _included(name: str, _language: str | None, values: tuple[tuple[str, Hashable], ...]) -> SafeString:
    return render_to_string(name, dict(values))


@register.filter
def prose(html: str, top_heading: int = 3) -> SafeString:
    """Users' rich text. Cleaned here once more, so that no way of writing it can bring in a script.

    Where it stands directly below the page's h1, `|prose:2` keeps the order of headings.
    """
    cleaned = clean(html)
    if top_heading == 2:
        cleaned = cleaned.replace("h3>", "h2>").replace("h4>", "h3>")
    if not cleaned:
        return mark_safe("")
    return format_html('<div class="prose"{}>{}</div>', in_german(), mark_safe(cleaned))  # noqa: S308  cleaned


@register.filter
def german(value: float | Decimal | None, decimals: int | None = None) -> str:
    """A number as people here write it: 100.426 or 139,70; „unbekannt“ for None."""
    if value is None or value == "":
        return _("unbekannt")
    return number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True)
