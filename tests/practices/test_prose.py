"""Differences as words: what readers of two versions see."""

from practices.history.differences import Passage, compare, words_between
from practices.history.prose import Block, blocks_of


def shown(passages: list[Passage]) -> list[str]:
    """As text: [-removed-], {+added+}, folded passages as their number."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return [
        f"({len(passage.folded)})"
        if passage.folded
        else " ".join(marks[piece.change].format(piece.text.strip()) for piece in passage.pieces)
        for passage in passages
    ]


def words(old: str, new: str) -> str:
    return shown([Passage(words_between(old, new))])[0]


def differences(old: str, new: str) -> list[str]:
    return shown(compare(blocks_of(old), blocks_of(new)))


def test_rich_text_reads_without_markup() -> None:
    markup = (
        "<h3>Technik &amp; Betrieb</h3><p>Ein <strong>Satz</strong>.<br>Noch einer.</p>"
        "<ul><li><p>Punkt</p><ol><li>innen</li></ol></li></ul><blockquote><p>Zitat</p></blockquote>"
        "<table><tbody><tr><th><p>Jahr</p></th><th>Fälle</th></tr><tr><td>2024</td><td>12</td></tr></tbody></table>"
    )
    assert blocks_of(markup) == [
        Block("Technik & Betrieb", "heading"),
        Block("Ein Satz. Noch einer."),
        Block("Punkt", "bullet"),
        Block("innen", "number"),
        Block("Zitat", "quote"),
        Block("Jahr | Fälle", "row"),
        Block("2024 | 12", "row"),
    ]


def test_link_shows_where_it_leads() -> None:
    assert blocks_of('<p>Im <a href="https://a.example/">Leitfaden</a></p>') == [
        Block("Im Leitfaden (https://a.example/)")
    ]
    assert blocks_of('<p><a href="mailto:a@example.org">a@example.org</a></p>') == [Block("a@example.org")]


def test_text_without_markup_keeps_its_lines() -> None:
    assert blocks_of("Eins < zwei\n\nDrei") == [Block("Eins < zwei"), Block("Drei")]


def test_words_are_compared_and_not_letters() -> None:
    assert words("Sieben Sensoren melden Feuchte.", "Neun Sensoren melden Feuchte.") == (
        "[-Sieben-] {+Neun+} Sensoren melden Feuchte."
    )
    assert (
        words("Das kostet viel Geld", "Das kostet viel Geld und Zeit") == "Das kostet viel Geld {+und Zeit+}"
    )


def test_single_equal_words_do_not_make_a_patchwork() -> None:
    assert words("alt und grau", "neu und bunt") == "[-alt und grau-] {+neu und bunt+}"


def test_very_long_paragraphs_are_compared_by_sentences() -> None:
    old = "".join(f"Satz {number} hat vier Worte. " for number in range(200))
    text = words(old, old.replace("vier", "kaum", 1))
    assert text.startswith("[-Satz 0 hat vier Worte.-] {+Satz 0 hat kaum Worte.+} Satz 1 hat")


def test_long_unchanged_passages_are_folded() -> None:
    paragraphs = [f"<p>Absatz {number} über ganz anderes.</p>" for number in range(9)]
    changed = [*paragraphs]
    changed[4] = "<p>Absatz 4 über fast anderes.</p>"
    assert differences("".join(paragraphs), "".join(changed)) == [
        "(3)",
        "Absatz 3 über ganz anderes.",
        "Absatz 4 über [-ganz-] {+fast+} anderes.",
        "Absatz 5 über ganz anderes.",
        "(3)",
    ]


def test_new_and_gone_paragraphs_stand_whole() -> None:
    old = "<p>Der Anfang bleibt stehen.</p><p>Völlig altes Zeug hier.</p>"
    new = "<p>Der Anfang bleibt stehen.</p><ul><li>Etwas Neues kommt dazu</li></ul>"
    assert differences(old, new) == [
        "Der Anfang bleibt stehen.",
        "[-Völlig altes Zeug hier.-]",
        "{+Etwas Neues kommt dazu+}",
    ]


def test_paragraph_that_becomes_a_heading_is_shown() -> None:
    assert differences("<p>Technik</p>", "<h3>Technik</h3>") == ["[-Technik-]", "{+Technik+}"]


def test_markup_alone_is_no_difference_in_words() -> None:
    assert differences("<p>Ein Satz.</p>", "<p>Ein <strong>Satz</strong>.</p>") == []
