"""Words are marked wherever a look at every one of them would mark them."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis.dictionary import dictionary
from search.analysis.vectors import lexemes
from search.analysis.words import tokens
from search.marking import MARKED, Marker

WORDS = """
    Bürger Buerger BÜRGER Bürgerbeteiligungsplattform Straße Strasse STRASSE Straẞe Fuß Füße Maß
    Maße essen eßbar Steuer neue Quelle Feuer Abenteuer Aerosol E-Akte e-Akte eAkte i-Kfz IKFZ
    LoRa-WAN publiccode.yml O'Connor Mitarbeiter:innen US-Städte PS.Speicher PS-Speicher As-Salam
    CO2 CO₂ CO₂-Bilanz km² m³ ½ ﬂächen Flächen ﬁnanzen Finanzen Eﬃzienz Effizienz Iași Łódź
    Ĳsselmeer ijsselmeer angemeldet anmelden angekündigten ankündigen abgerechnet abrechnen gebaut
    bauen geschrieben schreiben gegangen gehen digitalisiert Digitalisierung 5G 24.12.2026 2.500
    Apps Häuser Haus café naïve Ämter Amt Öl Überblick überall ueberall İstanbul ılık a- x_y C++
    (a|b) [klammer] ^anfang $ende wort.* E‑Akte E–Akte „Zitat“
""".split()  # noqa: SIM905  signs that look alike are what this is about
MARK = re.compile(f"{MARKED}(.*?)</mark>", re.DOTALL)


def by_a_look_at_each(marker: Marker, text: str) -> list[str]:
    return [
        token.text
        for token in tokens(text)
        if (found := lexemes(token.text)) and not marker.stems.isdisjoint({*found.whole, *found.inner})
    ]


def marked(marker: Marker, text: str) -> list[str]:
    return MARK.findall(marker.mark(text))


@pytest.mark.parametrize("around", ["{}", "Die {} im Amt", "x\n{}\ty", "„{}“, sagt man", "a/{}/b"])
def test_no_word_is_missed(around: str) -> None:
    stems = {
        stem for word in WORDS for token in tokens(word) for found in lexemes(token.text) for stem in found
    }
    texts = [around.format(word) for word in WORDS] + [" ".join(WORDS)]
    for stem in stems:
        marker = Marker(frozenset({stem}))
        for text in texts:
            assert len(marked(marker, text)) == len(by_a_look_at_each(marker, text)), (stem, text)


def test_participles_of_all_verbs_are_marked() -> None:
    for participle, verb in dictionary().participles.items():
        marker = Marker(frozenset({verb}))
        assert marked(marker, participle) or not by_a_look_at_each(marker, participle), (participle, verb)


letters = st.text(alphabet="aeouäöüßsSxé-.'/² \nKİı", min_size=1, max_size=12)


@settings(max_examples=1000)
@given(st.lists(letters, min_size=1, max_size=6), letters)
def test_generated_words_are_marked_like_by_a_look_at_each(words: list[str], wanted: str) -> None:
    stems = {stem for token in tokens(wanted) for found in lexemes(token.text) for stem in found}
    marker, text = Marker(frozenset(stems)), " ".join([*words, wanted])
    assert len(marked(marker, text)) == len(by_a_look_at_each(marker, text))


def test_the_piece_stays_within_the_text_that_has_the_word() -> None:
    marker = Marker(frozenset({"breitband"}))
    texts = ["Vorher\n\nnichts.", "Nun   kommt\nBreitbandausbau →", "Nachher nichts."]
    assert marker.first_snippet(texts) == "Nun kommt <mark>Breitband</mark>ausbau →"
    assert marker.first_snippet(texts[::2]) == ""
    assert marker.first_snippet([*texts, "Das Breitbänder-Amt"]) == "Nun kommt <mark>Breitband</mark>ausbau →"
    assert marker.first_snippet(["im Netz", "Breitband"]) == "<mark>Breitband</mark>"


def test_what_stands_in_the_markup_alone_is_no_snippet() -> None:
    marker = Marker(frozenset({"breitband"}))
    texts = [
        '<p>Mehr <a href="https://breitband.example">dort</a>.</p>',
        "<p>Ein\nBreitband</p>",
    ]
    shown = marker.first_snippet(texts, plain=lambda text: re.sub("<.*?>", "", text))
    assert shown == "Ein <mark>Breitband</mark>"
