"""Charts and maps, drawn on the server; a builtin of every template."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from ui import maps
from ui.maps import Place
from ui.templatetags.ui import german

register = template.Library()

DRAWINGS_KEPT = 64


@register.simple_tag
def germany_map(places: Iterable[Place], state: str = "", label: str = "") -> SafeString:
    """Dots on Germany or on one Land (two digits of the AGS). The page shows the places as a list, too."""
    return _drawn(tuple(places), state, str(label), get_language())


@lru_cache(maxsize=DRAWINGS_KEPT)
def _drawn(places: tuple[Place, ...], state: str, label: str, _language: str | None) -> SafeString:
    """The same places make the same map, and placing hundreds of names takes a while."""
    drawing = maps.draw(places, state)
    return render_to_string("ui/germany_map.html", {"map": drawing, "label": label})


@register.inclusion_tag("ui/bar_chart.html")
def bar_chart(
    rows: Iterable[tuple[Any, ...]], title: str, unit: str = "", source: str = ""
) -> dict[str, Any]:
    """Horizontal bars from zero, as a table that also reads without the bars.

    Rows are label, value and, if it is to be written in another way than the number alone, its text.
    """
    known = [(label, value, *text) for label, value, *text in rows]
    longest = float(max((value for _label, value, *_text in known if value), default=0))
    bars = [
        (label, text[0] if text else german(value), round(100 * float(value) / longest, 1) if value else 0)
        for label, value, *text in known
    ]
    return {"bars": bars, "title": title, "unit": unit, "source": source}
