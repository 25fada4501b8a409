"""Parts of filtered lists: facets, chosen filters, paging; a builtin of every template."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from django import template
from django.http import QueryDict
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ui.facet_links import carried, draw
from ui.facets import Facet

register = template.Library()

LIVE = (
    'hx-boost:inherited="true" hx-sync:inherited="closest #{0}:replace" hx-target:inherited="#{0}"'
    ' hx-select:inherited="#{0}" hx-swap:inherited="outerMorph" hx-push-url:inherited="true"'
)

CURSORS = ("nach", "vor", "seite")


class Paged(Protocol):
    """What the pager needs to know; `search.paging.Page` has it."""

    total: int
    has_previous: bool
    has_next: bool

    @property
    def places(self) -> tuple[int, int] | None: ...

    def next_query(self, query: QueryDict) -> str: ...
    def previous_query(self, query: QueryDict) -> str: ...


@register.inclusion_tag("ui/pager.html", takes_context=True)
def pager(context: Context, page: Paged) -> dict[str, Any]:
    """Back and on, and which ones of all are shown where that is known; nothing when all fits on one page."""
    query = context["request"].GET
    return {
        "places": page.places,
        "total": page.total,
        "previous": page.previous_query(query) if page.has_previous else "",
        "next": page.next_query(query) if page.has_next else "",
    }


@register.simple_tag(takes_context=True)
def facet_links(context: Context, facets: Sequence[Facet], keep: str = "") -> SafeString:
    """All filters of a list as links. `keep` names further parameters that the links carry along."""
    return draw(facets, context["request"], keep)


@register.simple_tag(takes_context=True)
def carried_choices(context: Context, facets: Sequence[Facet], keep: str = "") -> SafeString:
    """Hidden fields, with which a form beside the filters keeps what is chosen; `keep` as above."""
    pairs = carried(facets, context["request"].GET, keep)
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)


@register.simple_tag
def live_links(region: str) -> SafeString:
    """Attributes with which the links in an element swap the list in place (`static/js/live-list.js`)."""
    return format_html(LIVE, region)


@register.inclusion_tag("ui/chosen_filters.html", takes_context=True)
def chosen_filters(
    context: Context, facets: Sequence[Facet], text: str = "", region: str = ""
) -> dict[str, Any]:
    """What narrows the list, each as a tag that removes it; `text` is the search words, if any, and `region`
    the id of the list that is swapped in place.
    """
    query: QueryDict = context["request"].GET
    chosen = [
        (facet.title, choice.label, _without(query, facet.name, choice.value))
        for facet in facets
        for choice in facet.chosen
    ]
    if text:
        quoted = _("„%(text)s“") % {"text": text}
        chosen.insert(0, ("", quoted, _without(query, "q", query.get("q", ""))))
    return {"chosen": chosen, "path": context["request"].path, "region": region}


def _without(query: QueryDict, name: str, value: str) -> str:
    changed = query.copy()
    changed.setlist(name, [kept for kept in query.getlist(name) if kept != value])
    for cursor in CURSORS:
        changed.pop(cursor, None)
    return changed.urlencode()
