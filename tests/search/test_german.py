"""How German words are compared: spelling, endings, compounds."""

import pytest
from django.db import connection

from search.analysis.compounds import parts
from search.analysis.vectors import BODY, TITLE, Vector, lexemes
from search.analysis.words import fold, stem_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Städte", "Stadt"),
        ("Buerger", "Bürger"),
        ("STRASSE", "Straßen"),
        ("digitalisiert", "Digitalisierung"),
        ("Beteiligungen", "beteiligen"),
        ("Steuer", "Steuern"),
        ("Apps", "App"),
        ("Tablets", "Tablet"),
        ("Anträge", "Antrag"),
        ("Café", "Cafe"),
        ("Bürgerinnen", "Bürger"),
        ("Beraterin", "Berater"),
        ("Ärztinnen", "Arzt"),
        ("Pirmasenser", "Pirmasens"),
        ("Trierer", "Trier"),
    ],
)
def test_forms_of_a_word_are_one_word(one: str, other: str) -> None:
    assert stem_of(one) == stem_of(other)


def test_different_words_stay_apart() -> None:
    assert len({stem_of(word) for word in ("neu", "neun", "Quelle", "Qualle", "Bau", "Baum")}) == 6
    assert len({stem_of(word) for word in ("Schwerin", "schwer", "Zarrentin")}) == 3
    assert stem_of("Südliches") == stem_of("südliche")
    assert len({stem_of(word) for word in ("begann", "beginnen", "Dachrinnen", "Dach", "Verein", "Ver")}) == 6


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Bürgerbeteiligungsplattform", "burger beteiligungs plattform"),
        ("Glasfaserausbau", "glasfaser ausbau"),
        ("Straßenbeleuchtung", "strassen beleuchtung"),
        ("Ladesäule", "lade saule"),
        ("Kitaplatzvergabe", "kita platz vergabe"),
        ("Bauamt", "bau amt"),
        ("Verwaltung", ""),
        ("Beteiligung", ""),
        ("Unterstützung", ""),
        ("Xylqwrt", ""),
        ("Mitarbeiterinnen", ""),
        ("Cybersicherheit", "cyber sicherheit"),
        ("Sicherheit", ""),
        ("papierloser", ""),
        ("Zweibrücken", ""),
        ("Friedrichshafens", ""),
        ("Mainz-App", ""),
    ],
)
def test_compounds_fall_into_their_parts(word: str, expected: str) -> None:
    assert " ".join(parts(fold(word))) == expected


def test_a_compound_is_found_by_its_parts_and_by_neighbouring_ones() -> None:
    found = lexemes("Bürgerbeteiligungsplattform")
    assert found.whole == (stem_of("Bürgerbeteiligungsplattform"),)
    for word in ("Bürger", "Beteiligung", "Plattform", "Bürgerbeteiligung", "Beteiligungsplattform"):
        assert stem_of(word) in found.inner


def test_signs_that_name_women_as_well_are_no_joints() -> None:
    for typed in ("Bürger:innenbefragung", "Bürger*innenbefragung", "Bürger/innenbefragung"):
        assert lexemes(typed) == lexemes("Bürgerbefragung")
    assert (
        lexemes("Mitarbeiter:in").whole == lexemes("Mitarbeiterinnen").whole == lexemes("Mitarbeiter").whole
    )
    assert stem_of("in") not in lexemes("Lehrer:in").inner


def test_hyphens_hold_together_and_apart() -> None:
    assert lexemes("E-Akte").whole == lexemes("EAkte").whole
    assert stem_of("Akte") in lexemes("E-Akte").inner
    assert "e" not in lexemes("E-Akte").inner
    assert lexemes("2.500").whole == lexemes("2500").whole
    assert stem_of("einführen") in lexemes("eingeführt").whole


@pytest.mark.parametrize(
    "text", ["", "'", "\\", "a'b\\c", "\x00", "x" * 5_000, "💡", "日本 한국어", "½ ﷺ", "-" * 99]
)
def test_any_text_becomes_a_vector_that_the_database_reads(text: str, db: None) -> None:
    vector = Vector()
    vector.add(text, TITLE, is_title=True)
    vector.add(text * 3, BODY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT CAST(%s AS tsvector)", [str(vector)])
