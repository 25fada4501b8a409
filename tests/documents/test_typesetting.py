"""The PDF room: what comes out can be read by everybody and says exactly what went in."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import page
import pytest
from django.conf import settings
from django.utils.translation import override
from pypdf import PdfReader

from documents.glyphs import printable
from documents.prose import blocks_of
from documents.qr import svg
from documents.typesetting import TypesettingError, pdf
from tests.documents.accessible import assert_accessible, text_of

TEMPLATE = """#import "/documents/sheet.typ": *
#show: sheet
= #data.heading
#prose(data.blocks, level: 2)
#band(data.figures)
#qr(data.qr, alt: "QR-Code")
"""
BROKEN = """#import "/documents/sheet.typ": *
#show: sheet
= Ein Bild ohne Beschreibung
#image(bytes(data.qr), format: "svg")
"""
HOSTILE = '#panic("x") $x^2$ *fett* <marke> @quelle \\ #import "/etc/passwd" „Größe“'
MARKUP = """<p>Erst <strong>fett</strong>, <em>kursiv</em> und
<a href="https://example.org/?a=1&amp;b=2">ein Link</a>.</p>
<h3>Zwischentitel</h3><ul><li><p>Punkt</p><ol><li>Unterpunkt</li></ol></li></ul><blockquote><p>Zitat</p></blockquote>
<table><tbody><tr><th>Kopf</th><td>Zweiter</td></tr><tr><td>Zelle</td></tr></tbody></table>"""


@pytest.fixture
def template(request: pytest.FixtureRequest) -> Iterator[str]:
    """Written among the real templates, because a document reads nothing outside of them."""
    file = Path(settings.BASE_DIR) / "templates" / "documents" / f"probe-{request.node.name[:20]}.typ"
    file.write_text(TEMPLATE)
    yield f"documents/{file.name}"
    file.unlink()


def data(**more: object) -> dict[str, object]:
    figures = [{"label": "Kosten einmalig", "value": "rund 60.750 €", "note": "geschätzt"}]
    known = {"heading": "Überschrift", "blocks": [], "figures": figures, "qr": svg("https://example.org/")}
    return known | more


def root_of(content: bytes) -> Any:
    """The dictionary of a PDF in which it says what it is; any of its values may be one as well."""
    return PdfReader(io.BytesIO(content)).trailer["/Root"]


def test_rich_text_tables_and_pictures_are_readable_for_everybody(template: str) -> None:
    content = pdf(template, data(blocks=blocks_of(MARKUP)), title="Probe")
    assert_accessible(content)
    text = text_of(content)
    for said in ("fett", "ein Link", "Zwischentitel", "Unterpunkt", "Zitat", "Kopf", "Zelle", "60.750 €"):
        assert said in text
    assert text.index("Erst") < text.index("Punkt") < text.index("Zelle") < text.index("Kosten einmalig")


def test_what_people_write_is_never_markup(template: str) -> None:
    content = pdf(template, data(heading=HOSTILE, blocks=blocks_of(f"<p>{HOSTILE}</p>")), title=HOSTILE)
    assert_accessible(content)
    assert text_of(content).count('#panic("x") $x^2$ *fett*') == 2
    about = PdfReader(io.BytesIO(content)).metadata
    assert about is not None
    assert about.title == HOSTILE


def test_letters_that_the_font_lacks_do_not_stop_a_document(template: str) -> None:
    content = pdf(template, data(heading="Ja 🙂 漢 A\u0308 \u200bﬁ \x07 ㎡"), title="Zeichen 🙂")
    assert_accessible(content)
    assert "Ja ? ? Ä ﬁ m2" in text_of(content)


def test_title_and_language_are_told_to_readers(template: str) -> None:
    with override("en"):
        english = pdf(template, data(), title="Short version")
    assert root_of(english)["/Lang"] == "en"
    assert root_of(pdf(template, data(), title="Kurz"))["/Lang"] == "de"
    assert root_of(english)["/ViewerPreferences"]["/DisplayDocTitle"]


def test_the_pages_without_tags_would_fail_the_check() -> None:
    """The validator looks: a document that hides its structure is not accepted."""
    bare = pdf_without_tags()
    assert not page.validate_pdf_bytes(bare, profile="ua1").is_compliant


def pdf_without_tags() -> bytes:
    import typst  # noqa: PLC0415  used against the grain, here alone

    made = typst.compile(b"#set document(title: [T])\n= Titel\nText", format="pdf", pdf_tags=False)
    assert isinstance(made, bytes)
    return made


def test_a_picture_without_words_is_refused(template: str) -> None:
    (Path(settings.BASE_DIR) / "templates" / template).write_text(BROKEN)
    with pytest.raises(TypesettingError):
        pdf(template, data(), title="Probe")


def test_addresses_of_mail_break_at_their_joints() -> None:
    said = printable("Fragen an digitale.verwaltung@stadt-beispiel.example.")
    assert said == "Fragen an digitale\u200b.verwaltung\u200b@stadt-beispiel\u200b.example."
    assert printable("x" * 30) == "x" * 24 + "\u200b" + "x" * 6


def test_no_sign_is_left_where_words_may_break(template: str) -> None:
    address = "digitale.verwaltung@stadt-beispiel-mit-langem-namen.example"
    content = pdf(template, data(heading="W" * 120, blocks=blocks_of(f"<p>{address}</p>")), title="Probe")
    assert_accessible(content)
    text = text_of(content)
    assert address in text
    assert "W" * 120 in text.replace(" ", "")  # over several lines
    assert "\u200b" not in text
