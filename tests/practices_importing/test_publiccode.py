"""Reading publiccode.yml."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from practices.importing.container import RefusedError
from practices.importing.publiccode import FieldErrors, Software, read
from tests.support.reporting import assert_none

FILE = """
publiccodeYmlVersion: "0.4"
name: Mängelmelder
url: https://git.example.org/stadt/melder.git
landingURL: https://melder.example.org/
platforms: [web]
developmentStatus: stable
softwareType: standalone/web
softwareVersion: 2.1
releaseDate: 2024-02-30x
categories: [crm, "e-participation"]
usedBy: [Musterstadt, Nachbarstadt]
description:
  en:
    shortDescription: Report issues
  de:
    shortDescription: Menschen melden Mängel ohne Anmeldung.
    longDescription: |
      Die Meldung geht direkt zur Stelle.

      ## Betrieb

      - im Rechenzentrum
      - als Container
    features: [Karte, Fotos]
legal:
  license: EUPL-1.2
  mainCopyrightOwner: Stadt Musterstadt
maintenance:
  type: internal
  contacts:
    - name: Stabsstelle Digitalisierung
      email: digital@example.org
      phone: 0631 123
    - name: Rechenzentrum
      email: rz@example.org
    - name: Dritte Stelle
de:
  leika:
    - ozg-id: 10110
      leika-id: ["99115005017000", "99115005017001"]
"""


def test_file_fills_the_record() -> None:
    found = read(FILE.encode())
    assert found.outline.title == "Mängelmelder"
    assert found.outline.summary == "Menschen melden Mängel ohne Anmeldung."
    assert found.facts == {
        "licence": "EUPL-1.2",
        "repository_url": "https://git.example.org/stadt/melder.git",
        "source_url": "https://melder.example.org/",
        "phase": "live",
        "contact_name": "Stabsstelle Digitalisierung",
        "contact_email": "digital@example.org",
        "contact_phone": "0631 123",
        "deputy_name": "Rechenzentrum",
        "deputy_email": "rz@example.org",
    }
    assert found.tags == [
        "crm",
        "e-participation",
        "OZG 10110",
        "LeiKa 99115005017000",
        "LeiKa 99115005017001",
    ]
    long, features, left = found.outline.parts
    assert long.section == features.section == "solution"
    assert "<h3>Betrieb</h3>" in long.text
    assert "<li>im Rechenzentrum</li>" in long.text
    assert features.text == "<ul><li>Karte</li><li>Fotos</li></ul>"
    assert left.section == ""
    for line in (
        "softwareVersion: 2.1",
        "usedBy: Musterstadt, Nachbarstadt",
        "legal.mainCopyrightOwner: Stadt Musterstadt",
        "maintenance.type: internal",
        "maintenance.contacts: name: Dritte Stelle",
    ):
        assert f"<li>{line}</li>" in left.text


def test_headings_of_a_description_are_read_whatever_blanks_they_have() -> None:
    text = "## Betrieb ##   \n\nLäuft.\n\n# a" + " " * 150_000 + "b"
    file = yaml.safe_dump({"name": "M", "description": {"de": {"longDescription": text}}}, width=1_000_000)
    solution = read(file).outline.parts[0].text
    assert "<h3>Betrieb</h3>" in solution
    assert "Läuft." in solution


def test_english_description_is_better_than_none() -> None:
    text = "name: X\nurl: https://example.org\ndescription: {en: {shortDescription: Hello}}"
    assert read(text).outline.summary == "Hello"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("publiccodeYmlVersion: 1", "„name“ fehlt"),
        ("name: [a]", "„name“ muss ein Text sein"),
        ("name: a\nurl: ftp://x", "„url“ muss eine Adresse"),
        ("name: a\nurl: 'javascript:alert(1)'", "„url“ muss eine Adresse"),
        ("name: a\ndevelopmentStatus: fertig", "„developmentStatus“ muss einer dieser Werte sein: concept"),
        ("name: a\nlegal: EUPL", "„legal“ muss weitere Schlüssel enthalten"),
        ("name: a\nlegal: {license: [a, b]}", "„legal.license“ muss ein Text sein"),
        ("name: a\ndescription: {de: {features: ja}}", "„description.features“ muss eine Liste"),
        ("name: a\nmaintenance: {contacts: niemand}", "„maintenance.contacts“ muss eine Liste"),
        ("name: a\nmaintenance: {contacts: [{email: wer}]}", "„maintenance.contacts.email“"),
        (f"name: a\nlegal: {{license: {'x' * 200}}}", "„legal.license“: "),
        (f"name: a\nmaintenance: {{contacts: [{{phone: '{'1' * 300}'}}]}}", "„maintenance.contacts.phone“: "),
        (
            f"name: a\nmaintenance: {{contacts: [{{email: '{'a' * 300}@b.de'}}]}}",
            "„maintenance.contacts.email“: ",
        ),
        ("name: a\nurl: https://[", "„url“: "),
        ("name: a\nde: {leika: 99}", "„de.leika“ muss eine Liste"),
    ],
)
def test_wrong_fields_are_named(text: str, key: str) -> None:
    with pytest.raises(FieldErrors) as refused:
        read(text)
    assert [message for message in refused.value.messages if key in message]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "leer"),
        (b"   \n", "leer"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"name: [a", "Zeile"),
        (b"name: !!python/object/apply:os.system [ls]", "Zeile"),
        (b"- eins\n- zwei", "keine publiccode.yml"),
        (b"titel: a", "keine publiccode.yml"),
        (b"a: &a [x, x]\nname: *a", "Verweise"),
        (b"name: " + b"[" * 50 + b"]" * 50, "verschachtelt"),
        (b"name: [" + b"a," * 30_000 + b"]", "verschachtelt oder zu lang"),
        (b"name: " + b"a" * 300_000, "zu groß"),
        (b"name: a\nreleaseDate: 2024-02-30", "keine gültige YAML"),
    ],
)
def test_other_files_are_refused(content: bytes, said: str) -> None:
    with pytest.raises(RefusedError) as refused:
        read(content)
    assert said in str(refused.value)


@settings(max_examples=100, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(alphabet="ab:-[]{}&*!|>#'\"\n ,?0", max_size=120).map(lambda text: f"name: x\n{text}"),
    )
)
def test_random_text_ends_in_a_message_or_a_title(content: bytes | str) -> None:
    assert outcome(content)


def outcome(content: bytes | str) -> Software | str:
    try:
        return read(content)
    except RefusedError as refused:
        return str(refused)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=100, deadline=None)
@given(
    st.fixed_dictionaries(
        {"name": st.text(max_size=300)},
        optional=dict.fromkeys(["url", "legal", "description", "maintenance", "de", "categories"], VALUES),
    )
)
def test_odd_values_end_in_a_message_or_facts_that_fit(tree: dict[str, object]) -> None:
    found = outcome(yaml.safe_dump(tree))
    if isinstance(found, Software):
        assert len(found.outline.title) <= 120
        assert_none([name for name, value in found.facts.items() if not isinstance(value, str)])
