"""Parts of filtered lists: facets, chosen filters, paging; a builtin of every template."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Protocol

from django import template
from django.http import QueryDict
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ui.facets import Choice, Facet

register = template.Library()

CURSORS = ("nach", "vor", "seite")
CHOICE = """<label class="facet__choice facet__choice--depth-{}">
<input type="{}" id="{}" name="{}" value="{}"{}>
<span class="facet__label">{}</span>{}
</label>"""
NOT_IN_IDS = re.compile(r"[^A-Za-z0-9-]")
COUNT = ' <span class="facet__count">{}</span>'


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


@register.simple_tag
def facet_list(facet: Facet) -> SafeString:
    """One filter as a folded group of check boxes or radio buttons, for use inside a GET form."""
    return _facet(get_language(), facet)


@lru_cache(maxsize=4096)
def _facet(_language: str | None, facet: Facet) -> SafeString:
    """Remembered: a list has a dozen of them, and most stay as they are from one page to the next."""
    return render_to_string("ui/facet_list.html", {"facet": facet})


@register.simple_tag
def facet_choices(facet: Facet, choices: Iterable[Choice]) -> SafeString:
    """The check boxes or radio buttons themselves. Made here, because a page has dozens of them."""
    kind = "checkbox" if facet.is_multiple else "radio"
    language = get_language()
    drawn = [
        _choice(language, facet.name, kind, one.value, str(one.label), one.count, one.is_chosen, one.depth)
        for one in choices
    ]
    return mark_safe("\n".join(drawn))  # noqa: S308  each is escaped


@lru_cache(maxsize=4096)
def _choice(
    _language: str | None,
    name: str,
    kind: str,
    value: str,
    label: str,
    count: int | None,
    is_chosen: bool,
    depth: int,
) -> SafeString:
    """Drawing them takes longer than all else of a list's page, and they hardly change."""
    number = "" if count is None else format_html(COUNT, number_format(count, force_grouping=True))
    checked = mark_safe(" checked") if is_chosen else ""
    return format_html(CHOICE, depth, kind, _id_of(name, value), name, value, checked, label, number)


def _id_of(name: str, value: str) -> str:
    """Letters, digits, dashes and underscores only; other characters as their number, so that ids differ."""
    return NOT_IN_IDS.sub(lambda found: f"_{ord(found[0]):x}_", f"f-{name}-{value or 'alle'}")


@register.inclusion_tag("ui/filter_form.html", takes_context=True)
def filter_form(
    context: Context, facets: Sequence[Facet], region: str = "liste", keep: str = "q"
) -> dict[str, Any]:
    """All filters of a list as one form. `keep` names the other parameters of the address to carry along.

    With JavaScript every change loads the element with the id `region` anew; without it there is a button.
    """
    query = context["request"].GET
    kept = [(name, value) for name in keep.split() for value in query.getlist(name) if value]
    return {
        "facets": facets, "kept": kept, "region": region, "path": context["request"].path,
        "chosen": sum(len(facet.chosen) for facet in facets),
    }  # fmt: skip


@register.inclusion_tag("ui/chosen_filters.html", takes_context=True)
def chosen_filters(context: Context, facets: Sequence[Facet], text: str = "") -> dict[str, Any]:
    """What narrows the list, each as a tag that removes it; `text` is the search words, if any."""
    query: QueryDict = context["request"].GET
    chosen = [
        (facet.title, choice.label, _without(query, facet.name, choice.value))
        for facet in facets
        for choice in facet.chosen
    ]
    if text:
        quoted = _("„%(text)s“") % {"text": text}
        chosen.insert(0, ("", quoted, _without(query, "q", query.get("q", ""))))
    return {"chosen": chosen, "path": context["request"].path}


def _without(query: QueryDict, name: str, value: str) -> str:
    changed = query.copy()
    changed.setlist(name, [kept for kept in query.getlist(name) if kept != value])
    for cursor in CURSORS:
        changed.pop(cursor, None)
    return changed.urlencode()
