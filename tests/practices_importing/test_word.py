"""Reading Word documents as people write them."""

import tomllib
from io import BytesIO

import docx
import pytest
from docx.document import Document

from practices.importing.headings import VOCABULARY, section_of
from practices.importing.outline import outline_of
from practices.importing.word import Reading, read
from practices.models import Practice
from practices.sections import TEXT_FIELDS
from tests.practices_importing.documents import (
    DOCUMENT,
    add_text_box,
    changed,
    describe_last_picture,
    form,
    loose,
    memo,
    picture,
    report,
    saved,
    with_body,
)


def reading(document: Document | bytes, name: str = "Bericht.docx") -> Reading:
    content = document if isinstance(document, bytes) else saved(document)
    return read(BytesIO(content), size=len(content), name=name)


def parts(found: Reading) -> dict[str, tuple[str, str]]:
    return {part.heading: (part.section, part.text) for part in found.outline.parts}


def test_report_finds_its_sections_and_keeps_lists_and_tables() -> None:
    found = reading(report())
    assert found.outline.title == "Bodenfeuchte-Sensoren für Stadtbäume"
    assert found.outline.summary == "Sensoren zeigen uns, welcher Baum wirklich Wasser braucht."
    by_heading = parts(found)
    assert {heading: section for heading, (section, _text) in by_heading.items()} == {
        "": "",
        "Ausgangslage": "starting_point",
        "Umsetzung": "solution",
        "Kosten und Personal": "",
        "STOLPERSTEINE": "obstacles",
        "Fazit und Ausblick": "lessons",
    }
    assert by_heading[""][1] == "<p>Stand: 12. März 2024, Grünflächenamt</p>"
    assert "<h3>Personal und Fahrzeuge</h3>" in by_heading["Ausgangslage"][1]
    assert "<li>Sieben Standorte<ul><li>davon drei am Fluss</li></ul></li>" in by_heading["Umsetzung"][1]
    assert "<em>(Bild 1)</em>" in by_heading["Umsetzung"][1]
    assert "<td><p>4.200 €</p></td>" in by_heading["Kosten und Personal"][1]
    assert [(one.number, one.alt_text) for one in found.pictures] == [(1, "Ein Sensor an einer Linde")]
    assert found.losses == []


def test_bold_lines_are_headings_where_there_are_no_others() -> None:
    by_heading = parts(reading(memo()))
    assert by_heading == {
        "Hintergrund": ("starting_point", "<p>Meldungen kamen per Telefon und gingen verloren.</p>"),
        "Was haben wir gemacht?": ("solution", "<p>Ein Formular ohne Anmeldung.</p>"),
        "Ergebnise": ("results", "<p>150 Meldungen im ersten Monat.</p>"),
        "Lessons Learned": ("lessons", "<p>Erst die Zuständigkeiten klären.</p>"),
        "Verteiler": ("", "<p>Amt 66, Amt 10</p>"),
    }
    assert reading(memo()).outline.title == "Vermerk: Mängelmelder der Stadt"


def test_form_of_two_columns_is_read_line_by_line() -> None:
    found = reading(form())
    assert found.outline.title == "Projektsteckbrief"
    assert found.outline.summary == "Bauanträge kommen vollständig und ohne Papier an."
    sections = {part.section: part.text for part in found.outline.parts}
    assert sections["starting_point"] == "<p>Anträge lagen lange, bevor sie jemand öffnete.</p>"
    assert sections["solution"] == "<p>Ein Formular prüft die Unterlagen.</p>"
    assert sections["legal"] == "<p>Die Folgenabschätzung liegt vor.</p>"
    for kept in ("Digitaler Bauantrag", "Musterstadt", "2022 bis 2024"):
        assert kept in sections[""]


def test_text_without_headings_is_kept_whole() -> None:
    found = reading(loose(), "Notizen_vom_Dienstag.docx")
    assert found.outline.title == "Notizen vom Dienstag"
    (part,) = found.outline.parts
    assert (part.heading, part.section) == ("", "")
    assert part.text.count("<p>") == 3


def test_properties_give_the_title_unless_they_are_words_own() -> None:
    document = loose()
    document.core_properties.title = "Notizen & Ideen"
    assert reading(document).outline.title == "Notizen & Ideen"
    document.core_properties.title = "Dokument1"
    assert reading(document, "Besser.docx").outline.title == "Besser"


def test_boxes_are_kept() -> None:
    document = report()
    add_text_box(document, "Merke: früh anfangen")
    text = " ".join(part.text for part in reading(document).outline.parts)
    assert "Neben dem Kasten." in text
    assert "Merke: früh anfangen" in text


def test_ticked_boxes_are_told_from_empty_ones() -> None:
    def box(value: int, words: str) -> str:
        return (
            '<w:p><w:sdt><w:sdtPr><x:checkbox xmlns:x="http://schemas.microsoft.com/office/word/2010/wordml">'
            f'<x:checked x:val="{value}"/></x:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>?</w:t></w:r>'
            f'</w:sdtContent></w:sdt><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'
        )

    content = with_body(saved(report()), box(1, "mit Personalrat") + box(0, "mit Förderung"))
    text = " ".join(part.text for part in reading(content).outline.parts)
    assert "☒ mit Personalrat" in text
    assert "☐ mit Förderung" in text


def test_very_long_blanks_cost_no_time() -> None:
    document = report()
    document.add_picture(picture("red"))
    describe_last_picture(document, "Ein Sensor" + " " * 300_000 + "im Park")
    assert reading(document).pictures[-1].alt_text == "Ein Sensor im Park"


def test_footnotes_come_as_a_part_of_their_own() -> None:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    note = (
        f'<w:footnotes xmlns:w="{space}"><w:footnote w:id="7"><w:p><w:r><w:t>Quelle: Rat</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    content = changed(
        with_body(saved(report()), '<w:p><w:r><w:t>Satz</w:t><w:footnoteReference w:id="7"/></w:r></w:p>'),
        {
            "word/footnotes.xml": note.encode(),
            "[Content_Types].xml": lambda old: old.replace(
                b"</Types>",
                f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'.encode(),
            ),
            "word/_rels/document.xml.rels": lambda old: old.replace(
                b"</Relationships>",
                f'<Relationship Id="rId99" Type="{relation}" Target="footnotes.xml"/>'.encode()
                + b"</Relationships>",
            ),
        },
    )
    by_heading = parts(reading(content))
    assert "Quelle: Rat" in by_heading["Fußnoten"][1]
    assert "Satz[1]" in by_heading["Fazit und Ausblick"][1]
    assert "href" not in by_heading["Fazit und Ausblick"][1] + by_heading["Fußnoten"][1]


def test_what_stays_behind_is_counted() -> None:
    document = report()
    document.sections[0].header.paragraphs[0].text = "Stadt Musterstadt – vertraulich"
    document.add_comment(document.paragraphs[1].runs, "Stimmt das?", author="A")
    document.add_paragraph("1 Ausgangslage ........ 3", style=document.styles.add_style("toc 1", 1))
    content = with_body(
        saved(document),
        '<w:p><w:del w:id="1"><w:r><w:delText>streichen</w:delText></w:r></w:del></w:p>'
        '<w:p><w:r><w:t>Rest</w:t><c:chart xmlns:c="http://x"/></w:r></w:p>',
    )
    found = reading(content)
    assert {loss.code: loss.number for loss in found.losses} == {
        "charts": 1,
        "comments": 1,
        "contents": 1,
        "deletions": 1,
        "margins": 1,
    }
    assert all(str(loss) for loss in found.losses)
    text = " ".join(part.text for part in found.outline.parts)
    assert "streichen" not in text
    assert "........" not in text


def test_linked_pictures_are_named_and_never_fetched() -> None:
    content = saved(report())
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    content = changed(
        content,
        {
            DOCUMENT: lambda old: old.replace(b"r:embed=", b"r:link="),
            "word/_rels/document.xml.rels": lambda old: old.replace(
                b"</Relationships>",
                (
                    f'<Relationship Id="rId98" Type="{relation}" Target="http://10.0.0.1/a.png" '
                    'TargetMode="External"/></Relationships>'
                ).encode(),
            ),
        },
    )
    content = changed(content, {DOCUMENT: lambda old: _relinked(old)})
    found = reading(content)
    assert found.pictures == []
    assert [(loss.code, loss.number) for loss in found.losses] == [("linked_pictures", 1)]


def _relinked(document: bytes) -> bytes:
    start = document.index(b'r:link="') + len(b'r:link="')
    return document[:start] + b"rId98" + document[document.index(b'"', start) :]


def test_a_picture_that_comes_again_is_taken_once_and_too_many_are_said() -> None:
    document = docx.Document()
    for number in range(45):
        document.add_picture(picture(f"#{number:02}aa{number:02}"))
        document.add_picture(picture("white"))
    describe_last_picture(document, "Wappen")
    found = reading(document)
    assert len(found.pictures) == 40
    assert [(loss.code, loss.number) for loss in found.losses] == [("further_pictures", 6)]


def test_long_parts_come_in_pieces_that_fit() -> None:
    document = docx.Document()
    document.add_heading("Titel", 0)
    document.add_heading("Ausgangslage", 1)
    for _line in range(50):
        document.add_paragraph("Ein Satz mit vierzig Zeichen, immer neu. " * 20)
    found = reading(document)
    assert [part.section for part in found.outline.parts] == ["starting_point"] * 3


def test_headings_of_chapters_without_text_are_not_lost() -> None:
    found = outline_of("<h1>Titel</h1><h1>Teil A</h1><h2>Ausgangslage</h2><p>Vorher.</p><h1>Teil B</h1>")
    assert [(part.heading, part.section) for part in found.parts] == [
        ("Teil A", ""),
        ("Ausgangslage", "starting_point"),
        ("Teil B", ""),
    ]


def test_long_titles_are_cut_between_words_and_kept_whole() -> None:
    title = "Ein sehr langer Titel " * 10
    found = outline_of(f"<h1>{title}</h1><h2>Lösung</h2><p>Text</p>")
    assert len(found.title) <= 120
    assert found.title.endswith(" Ein sehr…")
    assert title.strip() in found.parts[0].text


@pytest.mark.parametrize("name", TEXT_FIELDS)
def test_every_section_is_known_by_its_own_name(name: str) -> None:
    label = str(Practice._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    assert section_of(f"3.2 {label.upper()}:", exactly=True) == name


def test_no_word_means_two_sections() -> None:
    sections = tomllib.loads(VOCABULARY.read_text())["sections"]
    words = [word.casefold() for listed in sections.values() for word in listed]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("III. Projektablauf", "approach"),
        ("Technische Vorraussetzungen", "prerequisites"),
        ("Was würden wir heute anders machen?", "lessons"),
        ("Ausgangslage in der Bauverwaltung", "starting_point"),
        ("Rechtliche Rahmenbedingungen", "legal"),
        ("Stand der Technik", ""),
        ("Kontakt", ""),
        ("TOP 3", ""),
        ("", ""),
        ("2024", ""),
    ],
)
def test_headings_as_people_write_them(heading: str, section: str) -> None:
    assert section_of(heading) == section
