"""Rich text as data, and short versions of it."""

import pytest

from documents.prose import blocks_of, length_of, shortened
from documents.templatetags.documents import blocks

LONG = (
    "<p>Der erste Satz ist z. B. kurz. Der zweite Satz braucht schon etwas mehr Platz. "
    "Der dritte passt nicht.</p>"
)


def said(markup: str, letters: int) -> str:
    return "|".join(
        "".join(run["text"] for run in one["runs"]) for one in shortened(blocks_of(markup), letters)
    )


def test_what_fits_stays_as_it_is() -> None:
    markup = "<p>Eins <strong>fett</strong></p><ul><li><p>Zwei</p></li></ul>"
    assert shortened(blocks_of(markup), 100) == blocks_of(markup)
    assert blocks(blocks_of(markup)) == f'<div class="prose">{markup}</div>'


def test_it_is_cut_at_a_sentence_and_not_at_an_abbreviation() -> None:
    assert said(LONG, 95) == (
        "Der erste Satz ist z. B. kurz. Der zweite Satz braucht schon etwas mehr Platz. …"
    )
    assert said(LONG, 29) == "Der erste Satz ist …"


def test_whole_list_items_stay_and_a_heading_without_text_goes() -> None:
    markup = "<ul><li>Erstens</li><li>Zweitens, mit vielen Worten</li></ul><h3>Titel</h3><p>Text</p>"
    [one] = shortened(blocks_of(markup), 12)
    assert [item[0]["runs"][0]["text"] for item in one["items"]] == ["Erstens …"]
    assert said("<p>Kurz.</p><h3>Titel</h3><p>Viel zu langer Text danach</p>", 12) == "Kurz. …"


def test_a_part_of_a_table_would_mislead() -> None:
    table = "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>"
    assert said(f"<p>Davor.</p>{table}", 500) == "Davor. …"
    [whole] = blocks_of(table)
    assert [len(row) for row in [whole["head"], *whole["rows"]]] == [2, 2]


@pytest.mark.parametrize("letters", [0, 1, 30, 200])
def test_it_never_grows_beyond_its_room(letters: int) -> None:
    assert length_of(shortened(blocks_of(LONG * 3), letters)) <= letters + 2


def test_markup_that_is_not_closed_does_no_harm() -> None:
    assert said("<p>Offen <strong>fett", 100) == "Offen fett"
    assert blocks_of("<table></table><ul></ul><p> </p>") == []
    assert "<script" not in blocks([{"kind": "text", "runs": [{"text": "<script>", "href": "javascript:x"}]}])
