"""Charts and maps, drawn on the server; a builtin of every template."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template

from ui import maps

register = template.Library()


@register.inclusion_tag("ui/germany_map.html")
def germany_map(points: Iterable[dict[str, Any]], state: str = "", label: str = "") -> dict[str, Any]:
    """Dots on Germany or on one Land (two digits of the AGS). The page shows the same places as a list, too.

    Points are dicts with name, url, latitude, longitude and, if something is to be said, label.
    """
    return {"map": maps.draw(points, state), "label": label}


@register.inclusion_tag("ui/bar_chart.html")
def bar_chart(
    rows: Iterable[tuple[str, float | None]], title: str, unit: str = "", source: str = ""
) -> dict[str, Any]:
    """Horizontal bars from zero, as a table that also reads without the bars. Rows are label and value."""
    known = list(rows)
    longest = max((value for _label, value in known if value), default=0)
    bars = [(label, value, round(100 * value / longest, 1) if value else 0) for label, value in known]
    return {"bars": bars, "title": title, "unit": unit, "source": source}
