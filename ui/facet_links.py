"""Filters as links: each choice leads to the same list with this choice added or taken away.

A page has a hundred of them. So a filter is drawn once and remembered, with gaps where the rest of the
address belongs, and a page only fills them.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import quote_plus

from django.http import HttpRequest, QueryDict
from django.utils.formats import number_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from ui.facets import Choice, Facet

# The rest of the address, with more behind it and as its end. Nobody can guess them, so no label holds them.
REST, END = f"[{secrets.token_hex(8)}]", f"[{secrets.token_hex(8)}]"
LONGEST_KEPT = 200  # what is longer is no sound value of any list, and would stand in each of the links
MOST_CHOSEN = 3  # in a filter that is remembered: each link carries them, so many fill the memory
NOT_IN_IDS = re.compile(r"[^A-Za-z0-9-]")
AND = "&amp;"
Pair = tuple[str, str]


def draw(facets: Sequence[Facet], request: HttpRequest, keep: str) -> SafeString:
    """All filters of the list at this address. `keep` names its further parameters, separated by blanks.

    Links leave out the place in the pages, so each leads to the first one.
    """
    language, path = get_language(), escape(request.path)
    kept, chosen = _written(_kept(request.GET, keep)), [(facet.name, _chosen(facet)) for facet in facets]
    drawn = []
    for facet in facets:
        if not facet.choices:
            continue
        others = [kept, *(pairs for name, pairs in chosen if name != facet.name)]
        rest = AND.join(filter(None, others))
        remembered = _drawn if len(facet.chosen) <= MOST_CHOSEN else _drawn.__wrapped__
        html = remembered(language, facet).replace(REST, f"?{rest}{AND}" if rest else "?")
        drawn.append(html.replace(END, f"?{rest}" if rest else path))
    return mark_safe("".join(drawn))  # noqa: S308  each part is escaped


def carried(facets: Sequence[Facet], query: QueryDict, keep: str) -> list[Pair]:
    """What is chosen, for a form beside the links to carry along."""
    chosen = [(facet.name, choice.value) for facet in facets for choice in facet.chosen]
    return [*_kept(query, keep), *chosen]


def _kept(query: QueryDict, keep: str) -> list[Pair]:
    values = [(name, query.get(name, "")) for name in keep.split()]
    return [(name, value) for name, value in values if 0 < len(value) <= LONGEST_KEPT and "\x00" not in value]


def _written(pairs: Sequence[Pair]) -> str:
    return AND.join(_pair(name, value) for name, value in pairs)


def _chosen(facet: Facet) -> str:
    return _written([(facet.name, choice.value) for choice in facet.chosen])


@lru_cache(maxsize=4096)
def _pair(name: str, value: str) -> str:
    """As it stands in an address; nothing of that needs to be escaped for HTML."""
    return f"{name}={quote_plus(value)}"


@lru_cache(maxsize=4096)
def _drawn(_language: str | None, facet: Facet) -> str:
    """Remembered: a list has a dozen of them, and most stay as they are from one page to the next."""
    title, id_ = escape(facet.title), _id_of(facet.name)
    chosen = [choice.value for choice in facet.chosen]
    is_open = " open" if facet.is_open or chosen else ""
    more = facet.more_choices
    return (
        f'<details class="facet" id="{id_}"{is_open}><summary class="facet__title">{title}</summary>'
        f'<div class="facet__choices" role="group" aria-label="{title}">'
        f"{_list(facet, facet.first_choices, chosen)}{_folded(facet, more, chosen) if more else ''}"
        "</div></details>\n"
    )


def _folded(facet: Facet, choices: Sequence[Choice], chosen: list[str]) -> str:
    label = ngettext("%(n)d weitere", "%(n)d weitere", len(choices)) % {"n": len(choices)}
    return (
        f'<details class="facet__more"><summary class="facet__more-title">{label}</summary>'
        f"{_list(facet, choices, chosen)}</details>"
    )


def _list(facet: Facet, choices: Sequence[Choice], chosen: list[str]) -> str:
    rows = "".join(f"<li>{_choice(facet, choice, chosen)}</li>\n" for choice in choices)
    return f'<ul class="facet__list">\n{rows}</ul>'


def _choice(facet: Facet, choice: Choice, chosen: list[str]) -> str:
    """A link, or plain text where it would lead to nothing."""
    css = "facet__choice" if facet.is_multiple else "facet__choice facet__choice--one"
    if choice.depth:
        css += f" facet__choice--depth-{choice.depth}"
    number = "" if choice.count is None else f' <span class="facet__count">{_number(choice.count)}</span>'
    said = f'<span class="facet__label">{escape(choice.label)}</span>{number}'
    id_ = _id_of(facet.name, choice.value or "alle")
    if choice.count == 0 and not choice.is_chosen:
        return f'<span class="{css} facet__choice--none" id="{id_}">{said}</span>'
    kept = chosen if facet.is_multiple else []
    if choice.is_chosen:
        kept = [value for value in kept if value != choice.value]
        css, state = f'{css} facet__choice--chosen" aria-current="true', _state(choice)
    else:
        kept, state = [*kept, choice.value] if choice.value else kept, ""
    address = REST + _written([(facet.name, value) for value in kept]) if kept else END
    return f'<a class="{css}" id="{id_}" href="{address}" rel="nofollow">{said}{state}</a>'


def _state(choice: Choice) -> str:
    said = _("ausgewählt, entfernen") if choice.value else _("ausgewählt")
    return f' <span class="kern-sr-only">{said}</span>'


def _number(count: int) -> str:
    return number_format(count, force_grouping=True) if count > 999 else str(count)


@lru_cache(maxsize=4096)
def _id_of(*parts: str) -> str:
    """Letters, digits, dashes and underscores only; other characters as their number, so that ids differ."""
    return NOT_IN_IDS.sub(lambda found: f"_{ord(found[0]):x}_", "-".join(["f", *parts]))
