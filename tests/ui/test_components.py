"""Components that a page puts together from plain values."""

from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from ui.facets import Choice, Facet


def render(source: str, address: str = "/praxis/", **values: Any) -> str:
    request = RequestFactory().get(address)
    return Template(source).render(Context({"request": request, **values}))


def test_what_people_typed_is_escaped_in_components() -> None:
    html = render(
        "{% badge x %}{% tag x x %}{% button x %}{% link_button x x %}"
        "{% alert title=x %}{{ x }}{% endalert %}"
        "{% breadcrumb x x x %}{% page_header x x x %}{% empty_state x x x x %}",
        x='"><script>',
    )
    assert "<script>" not in html


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (100426, None, "100.426"),
        (0, None, "0"),
        (Decimal("139.70"), 2, "139,70"),
        (None, None, "unbekannt"),
        (1234.5, 1, "1.234,5"),
    ],
)
def test_numbers_as_germans_write_them(value: Any, decimals: int | None, shown: str) -> None:
    assert render("{{ value|german:decimals }}", value=value, decimals=decimals) == shown


def test_prose_is_cleaned_on_its_way_out() -> None:
    assert (
        render("{{ text|prose }}", text="<p>Gut</p><script>x</script>")
        == '<div class="prose"><p>Gut</p></div>'
    )


def test_texts_of_people_stay_german_in_an_english_frame() -> None:
    with translation.override("en"):
        assert (
            render("{{ text|prose }}", text="<p>Gut</p>") == '<div class="prose" lang="de"><p>Gut</p></div>'
        )
        assert '<h1 class="kern-heading-large" lang="de">' in render(
            '{% page_header "Titel" is_content=True %}'
        )
        assert "lang=" not in render('{% page_header "Title" %}')
    assert "lang=" not in render('{% page_header "Titel" is_content=True %}')


def test_prose_below_the_pages_heading_keeps_the_order_of_headings() -> None:
    html = render("{{ text|prose:2 }}", text="<h3>Eins</h3><h4>Zwei</h4>")
    assert html == '<div class="prose"><h2>Eins</h2><h3>Zwei</h3></div>'


def test_a_breadcrumb_ends_at_the_page_itself() -> None:
    html = render('{% breadcrumb "Städte" "/staedte/" "Speyer" %}')
    assert 'href="/staedte/"' in html
    assert '<li class="breadcrumb__step" aria-current="page">Speyer</li>' in html


def test_an_icon_speaks_only_with_a_label() -> None:
    assert "kern-sr-only" not in render('{% icon "add" %}')
    assert '<span class="kern-sr-only">Neu</span>' in render('{% icon "add" "Neu" %}')


TOPICS = Facet(
    "thema",
    "Thema",
    [Choice(str(number), f"Thema {number}", number, is_chosen=number in {2, 12}) for number in range(1, 15)],
)


def test_chosen_filters_are_removed_one_by_one_and_keep_the_rest() -> None:
    html = render("{% chosen_filters facets %}", "/praxis/?thema=2&thema=12&q=Akte&nach=xyz", facets=[TOPICS])
    assert 'href="/praxis/?thema=12&amp;q=Akte"' in html
    assert 'href="/praxis/?thema=2&amp;q=Akte"' in html
    assert "nach" not in html
    assert 'href="/praxis/">Alle Filter' in html


def test_a_filter_shows_chosen_ones_among_the_first_and_folds_the_rest() -> None:
    assert [choice.value for choice in TOPICS.first_choices] == [*map(str, range(1, 9)), "12"]
    assert [choice.value for choice in TOPICS.more_choices] == ["9", "10", "11", "13", "14"]


def test_filters_carry_the_search_words_along() -> None:
    html = render("{% filter_form facets %}", "/praxis/?q=Akte&x=1", facets=[TOPICS])
    assert '<input type="hidden" name="q" value="Akte">' in html
    assert 'name="x"' not in html


def test_bars_begin_at_zero_and_the_longest_is_full() -> None:
    html = render('{% bar_chart rows title="Zahlen" %}', rows=[("a", 10), ("b", 5), ("c", 0), ("d", None)])
    assert 'width="100.0%"' in html
    assert 'width="50.0%"' in html
    assert html.count('width="0%"') == 2
    assert "<caption" in html


def test_a_kept_part_is_drawn_anew_for_other_values_and_other_languages() -> None:
    part = """{% kept_include "ui/facet_list.html" facet=facet %}"""
    more = [Facet("ort", title, (Choice("a", "A"),) * 10, shown=2) for title in ("Orte", "<b>")]
    first, again, other = (render(part, facet=facet) for facet in (more[0], more[0], more[1]))
    with translation.override("en"):
        english = render(part, facet=more[0])
    assert first == again
    assert "Orte" in first
    assert "&lt;b&gt;" in other
    assert english != first
