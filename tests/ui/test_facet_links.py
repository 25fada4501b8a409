"""Filters as links: what each choice leads to, and what it says about itself."""

from __future__ import annotations

import re
from html import unescape

from django.utils import translation

from tests.ui.test_components import render
from ui.facet_links import _drawn
from ui.facets import Choice, Facet

TOPICS = Facet(
    "thema",
    "Thema",
    [Choice(str(number), f"Thema {number}", number, is_chosen=number in {2, 12}) for number in range(1, 15)],
)
KINDS = Facet("art", "Art", [Choice("idee & plan", "Idee", 1_234), Choice("b", "<b>", 0)])
ORDER = Facet(
    "wie",
    "Wie",
    [Choice("", "alle"), Choice("unsere", "unsere", is_chosen=True), Choice("x", "X")],
    is_multiple=False,
)


def links(address: str, *facets: Facet, keep: str = "q") -> dict[str, str]:
    """Where each choice leads, by its id."""
    html = render("{% facet_links facets keep %}", address, facets=facets, keep=keep)
    found = re.findall(r'<a class="facet__choice[^>]* id="([^"]+)" href="([^"]+)" rel="nofollow">', html)
    return {id_: unescape(href) for id_, href in found}


def test_chosen_filters_are_removed_one_by_one_and_keep_the_rest() -> None:
    html = render("{% chosen_filters facets %}", "/praxis/?thema=2&thema=12&q=Akte&nach=xyz", facets=[TOPICS])
    assert 'href="/praxis/?thema=12&amp;q=Akte"' in html
    assert 'href="/praxis/?thema=2&amp;q=Akte"' in html
    assert "nach" not in html
    assert 'href="/praxis/">Alle Filter' in html


def test_a_filter_shows_chosen_ones_among_the_first_and_folds_the_rest() -> None:
    assert [choice.value for choice in TOPICS.first_choices] == [*map(str, range(1, 9)), "12"]
    assert [choice.value for choice in TOPICS.more_choices] == ["9", "10", "11", "13", "14"]


def test_a_choice_is_added_or_taken_away_and_leads_to_the_first_page_with_all_else_kept() -> None:
    found = links("/praxis/?q=E-Akte+%26+mehr&thema=2&thema=12&nach=xyz&fremd=1", TOPICS, KINDS)
    assert found["f-thema-3"] == "?q=E-Akte+%26+mehr&thema=2&thema=12&thema=3"
    assert found["f-thema-2"] == "?q=E-Akte+%26+mehr&thema=12"
    assert found["f-art-idee_20__26__20_plan"] == "?q=E-Akte+%26+mehr&thema=2&thema=12&art=idee+%26+plan"


def test_filters_of_which_somebody_has_chosen_many_do_not_fill_the_memory() -> None:
    def drawn(chosen: int) -> int:
        facet = Facet("m", "M", [Choice(str(n), f"M {n}", n, is_chosen=n < chosen) for n in range(20)])
        before = _drawn.cache_info().currsize
        assert len(links("/praxis/", facet)) == 20
        return _drawn.cache_info().currsize - before

    _drawn.cache_clear()
    assert (drawn(3), drawn(4)) == (1, 0)


def test_one_filter_drawn_for_two_addresses_leads_back_to_each() -> None:
    assert links("/praxis/?q=Akte", KINDS) != links("/praxis/?q=Rad", KINDS)
    only = Facet("art", "Art", [Choice("a", "A", 1, is_chosen=True)])
    assert links("/staedte/?art=a", only) == {"f-art-a": "/staedte/"}
    assert links("/staedte/?art=a&q=Rad", only) == {"f-art-a": "?q=Rad"}


def test_of_a_filter_with_one_value_a_choice_replaces_the_other() -> None:
    found = links("/praxis/?wie=unsere&q=Rad", ORDER)
    assert found == {"f-wie-alle": "?q=Rad", "f-wie-unsere": "?q=Rad", "f-wie-x": "?q=Rad&wie=x"}


def test_a_chosen_one_says_so_and_what_leads_to_nothing_is_no_link() -> None:
    html = render("{% facet_links facets %}", facets=[TOPICS, KINDS])
    assert html.count('aria-current="true"') == 2
    assert html.count('<span class="kern-sr-only">ausgewählt, entfernen</span>') == 2
    assert '<span class="facet__count">1.234</span>' in html
    assert '<span class="facet__choice facet__choice--none" id="f-art-b">' in html
    assert "&lt;b&gt;" in html
    assert "<b>" not in html
    with translation.override("en"):
        assert "selected, remove" in render("{% facet_links facets %}", facets=[TOPICS])


def test_what_no_list_can_mean_is_not_carried_along() -> None:
    for text in ("x" * 201, "a%00b", ""):
        assert links(f"/praxis/?q={text}", KINDS)["f-art-idee_20__26__20_plan"] == "?art=idee+%26+plan"


def test_the_form_beside_the_links_carries_what_is_chosen() -> None:
    html = render("{% carried_choices facets 'form' %}", "/praxis/?q=Akte&x=1&form=liste", facets=[TOPICS])
    assert re.findall(r'name="(\w+)" value="(\w+)"', html) == [
        ("form", "liste"),
        ("thema", "2"),
        ("thema", "12"),
    ]
