"""Components that a page puts together from plain values."""

from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation


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


def test_bars_begin_at_zero_and_the_longest_is_full() -> None:
    html = render('{% bar_chart rows title="Zahlen" %}', rows=[("a", 10), ("b", 5), ("c", 0), ("d", None)])
    assert 'width="100.0%"' in html
    assert 'width="50.0%"' in html
    assert html.count('width="0%"') == 2
    assert "<caption" in html


def test_a_kept_part_is_drawn_anew_for_other_values_and_other_languages() -> None:
    values = "network_name=text network_claim=text coordination_email=text"
    part = f"""{{% kept_include "frame/footer_network.html" {values} %}}"""
    first, again, other = (render(part, text=text) for text in ("Orte", "Orte", "<b>"))
    with translation.override("en"):
        english = render(part, text="Orte")
    assert first == again
    assert "Orte" in first
    assert "&lt;b&gt;" in other
    assert english != first
