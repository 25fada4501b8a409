"""What may be uploaded, and how the rest is refused."""

import io

import pytest
from django.core.files.base import ContentFile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from practices.files import pictures
from practices.files.checking import MAX_SIZE, Checked, UnacceptableFileError, check
from practices.models.files import LONGEST_NAME
from tests.practices.files import samples


def checked(name: str, content: bytes) -> Checked:
    return check(ContentFile(content, name=name))


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(UnacceptableFileError) as caught:
        checked(name, content)
    (message,) = caught.value.messages
    return message


@pytest.mark.parametrize(
    ("name", "content", "extension"),
    [
        ("a.pdf", samples.PDF, "pdf"),
        ("a.docx", samples.word(), "docx"),
        ("a.xlsx", samples.sheet(), "xlsx"),
        ("a.pptx", samples.office(), "pptx"),
        ("a.odt", samples.open_document(), "odt"),
        ("a.ods", samples.open_document("spreadsheet"), "ods"),
        ("a.odp", samples.open_document("presentation"), "odp"),
        ("a.PNG", samples.picture(), "png"),
        ("a.jpeg", samples.picture("JPEG"), "jpg"),
        ("a.webp", samples.picture("WEBP"), "webp"),
        ("a.gif", samples.picture("GIF"), "png"),
        ("wirklich-jpeg.png", samples.picture("JPEG"), "jpg"),
        ("a.txt", "Grüße aus der Verwaltung".encode(), "txt"),
        ("latin.csv", "Straße;1\n".encode("latin-1"), "csv"),
        ("a.md", b"# Leitfaden\n\n- eins\n", "md"),
        ("karte.geojson", b'{"type": "FeatureCollection"}', "json"),
        ("a.bpmn", samples.BPMN, "bpmn"),
        ("a.xml", samples.BPMN, "bpmn"),
        ("daten.xml", b"<daten><wert>1</wert></daten>", "xml"),
        ("ohne-endung", samples.PDF, "pdf"),
    ],
)
def test_allowed_files_are_known_by_their_content(name: str, content: bytes, extension: str) -> None:
    assert checked(name, content).kind.extension == extension


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("leer.pdf", b"", "leer"),
        ("rechnung.pdf", samples.word(), "endet auf „.pdf“, der Inhalt ist aber: Word-Dokument"),
        ("bild.png", samples.PDF, "der Inhalt ist aber: PDF"),
        ("a.pdf", samples.EXE, "Diese Art von Datei ist nicht möglich"),
        ("a.exe", samples.EXE, "Möglich sind PDF"),
        ("a.txt", samples.HTML, "nicht möglich"),
        ("a.html", b"nur Text", "nicht möglich"),
        ("a.svg", samples.SVG, "nicht möglich"),
        ("a.xml", samples.SVG, "keine Webseite"),
        ("a.xml", samples.ENTITIES, "DOCTYPE"),
        ("a.xml", b"<a><b></a>", "kein gültiges XML"),
        ("a.json", b"{", "kein gültiges JSON"),
        ("a.json", b"[" * 200_000, "kein gültiges JSON"),
        ("a.txt", b"#!/bin/sh\nrm", "nicht möglich"),
        ("a.md", b"{\\rtf1 abc", "nicht möglich"),
        ("a.pdf", samples.ENCRYPTED_PDF, "geschützt"),
        ("a.pdf", samples.PDF[:30], "unvollständig"),
        ("a.docx", samples.ENCRYPTED_OFFICE, "mit einem Kennwort geschützt"),
        ("a.doc", samples.OLE, "altes Office-Format"),
        ("a.docx", samples.with_macros(), "enthält Makros"),
        ("a.docm", samples.with_macros(), "enthält Makros"),
        (
            "a.docx",
            samples.archive({"[Content_Types].xml": samples.MACRO_TYPES}),
            "enthält Makros",
        ),
        ("a.odt", samples.open_document(more={"Basic/Standard/script-lb.xml": b"x"}), "enthält Makros"),
        ("a.docx", samples.office(more={"word/embeddings/Mappe.xlsm": b"x"}), "enthält Makros"),
        ("a.odt", samples.open_document(manifest="<encryption-data/>"), "mit einem Kennwort geschützt"),
        ("a.docx", samples.bomb(), "viel zu groß"),
        ("a.zip", samples.archive({"a.txt": b"Text"}), "Zip-Archive nehmen wir nicht an"),
        ("a.docx", samples.word()[:400], "beschädigt"),
        ("a.vsdx", samples.archive({"[Content_Types].xml": "visio"}), "Office-Format ist nicht möglich"),
        ("a.png", samples.picture()[:60], "lässt sich nicht lesen"),
        ("a.png", samples.pixel_bomb(), "zu viele Bildpunkte"),
    ],
)
def test_everything_else_is_refused_in_clear_words(name: str, content: bytes, says: str) -> None:
    assert says in refusal(name, content)


def test_a_byte_too_many_is_refused_and_the_limit_itself_is_not() -> None:
    padding = b"\n" * (MAX_SIZE - len(samples.PDF))
    assert checked("a.pdf", samples.PDF + padding).kind.extension == "pdf"
    assert "Die Datei hat 51 MB; höchstens 50 MB" in refusal("a.pdf", samples.PDF + padding + b"\n")


def test_pictures_lose_what_they_tell_about_place_and_people() -> None:
    original = samples.photo()
    assert b"Erika Musterfrau" in original
    content = checked("foto.jpg", original).content.read()
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.size == (20, 40)  # upright
        assert not picture.getexif()
        assert not {"exif", "comment", "icc_profile", "xmp"} & set(picture.info)
    for secret in (b"Erika", b"Kamerafabrik", b"Geheimnisstadt"):
        assert secret not in content


def test_large_pictures_become_smaller_and_see_through_ones_stay_so() -> None:
    content = checked("gross.jpg", samples.picture("JPEG", (5000, 2500))).content
    with Image.open(content) as picture:
        assert picture.size == (pictures.LONGEST_SIDE, pictures.LONGEST_SIDE // 2)
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(checked("a.png", out.getvalue()).content) as picture:
        assert picture.getpixel((0, 0)) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("name", "becomes"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Daten\\Bericht.PDF", "Bericht.pdf"),
        ("Bericht\u202efdp.exe.pdf", "Bericht fdp.exe.pdf"),
        ("Gru\u0308ße aus Wörth.pdf", "Grüße aus Wörth.pdf"),
        ('a:b*c?"<d>|.pdf', "a-b-c---d.pdf"),
        ("....pdf", "datei.pdf"),
        ("\n\t .pdf", "datei.pdf"),
        ("日本語.pdf", "日本語.pdf"),
        ("Bericht", "Bericht.pdf"),
        ("x" * 400 + ".pdf", "x" * (LONGEST_NAME - 4) + ".pdf"),
    ],
)
def test_names_become_harmless(name: str, becomes: str) -> None:
    # SimpleUploadedFile would already have cut paths off.
    assert checked(name, samples.PDF).name == becomes


STARTS = [
    b"",
    samples.PDF,
    samples.word(),
    samples.picture(),
    samples.picture("JPEG"),
    samples.BPMN,
    samples.OLE,
]


@settings(max_examples=80, deadline=None, database=None)
@given(
    st.sampled_from(STARTS),
    st.integers(0, 40_000),
    st.binary(max_size=300),
    st.text(max_size=40),
    st.sampled_from(["", ".pdf", ".docx", ".png", ".json", ".xml", ".txt", ".odt"]),
)
def test_any_bytes_under_any_name_are_taken_or_refused(
    start: bytes, cut: int, more: bytes, name: str, extension: str
) -> None:
    upload = ContentFile(start[:cut] + more, name=name + extension)
    try:
        result = check(upload)
    except UnacceptableFileError:
        return
    assert result.content.size
    assert 0 < len(result.name) <= LONGEST_NAME
