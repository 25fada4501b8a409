"""Generated bad input on every form and upload: no crash, nothing stored half, what was typed is kept.

`GENERATED=10000` runs that many; without it a few for each form.
"""

import html
import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.support.world import Who, World
from tests.sweeps.answers import Answers
from tests.sweeps.documents import Field, Form
from tests.sweeps.forms import (
    BAD_VALUES,
    DISTINCT,
    GOOD_ANSWERS,
    PEOPLE,
    Shape,
    forms_of,
    names_in,
    shape_of,
)

GENERATED = int(os.environ.get("GENERATED", "300"))
TRAPS = {"homepage"}  # hidden from people; only programs fill it in
BATCHES = 2 if "GENERATED" in os.environ else 1  # one for each worker where it takes long
REFUSED = {400, 401, 403, 404, 405, 409, 422, 429}
# Sessions, throttling, and what is typed but not yet saved change with every request, refused or not; and a
# search that finds nothing is counted by a job.
NOT_CONTENT = {
    "django_session",
    "procrastinate_events",
    "procrastinate_jobs",
    "ikone_cache",
    "practices_presence",
    "usersessions_usersession",
    "practices_workingcopy",
}
TYPED = {"text", "textarea", "email", "url", "tel", "search", "number"}
SPACE = re.compile(r"\s+")

texts = st.one_of(
    st.sampled_from(BAD_VALUES),
    st.text(max_size=60),
    st.text(alphabet="<>&\"'/= abcscriptimgonerror()", max_size=60),
    st.text(alphabet="😀🏛️👩\u200d💼ÄÖÜßéł\u202e\u0000\n\t ", max_size=30),
    st.integers().map(str),
    st.floats().map(str),
    st.builds(
        str.__mul__,
        st.sampled_from(["x", "ä", "😀", "x ", "\n", "<b>"]),
        st.sampled_from([81, 5_000, 60_000]),
    ),
    st.dates().map(lambda day: f"{day:%d.%m.%Y}"),
)
file_names = st.one_of(
    st.sampled_from(
        [
            "bericht.docx",
            "plan.pdf",
            "bild.png",
            "daten.csv",
            "a.svg",
            "../../a.txt",
            "a\x00.pdf",
            "x" * 300,
            ".htaccess",
            "a.docm",
            "ä 😀.jpg",
        ]
    ),
    st.text(min_size=1, max_size=30),
)
file_contents = st.one_of(
    st.sampled_from(
        [
            b"",
            b"PK\x03\x04",
            b"%PDF-1.4\n%%EOF",
            b"\x89PNG\r\n\x1a\n",
            b"GIF89a",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"<svg onload='alert(1)'/>",
            b"MZ\x90\x00",
        ]
    ),
    st.binary(max_size=300),
    st.builds(
        bytes.__add__,
        st.sampled_from([b"PK\x03\x04", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"]),
        st.binary(max_size=300),
    ),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
)
media_types = st.sampled_from(["application/pdf", "image/png", "text/html", "application/octet-stream", "x"])


def upload(name: str, content: bytes, media_type: str) -> ContentFile:
    """A file as nobody's browser would name it; Django's own class for tests refuses such names."""
    file = ContentFile(content, name=name)
    vars(file)["content_type"] = media_type
    return file


files = st.builds(upload, file_names, file_contents, media_types)


def values_for(entry: Field) -> st.SearchStrategy[list[Any]]:
    """None, one or several values; sometimes a file where text belongs and text where a file does."""
    right, wrong = (files, texts) if entry.kind == "file" else (texts, files)
    offered = [value for value in (*entry.choices, entry.value) if value]
    if offered:
        right = st.one_of(st.sampled_from(offered), right)
    usual = st.lists(right, min_size=1, max_size=1)
    return st.one_of(usual, usual, usual, st.lists(right, max_size=3), st.lists(wrong, max_size=1))


def inputs_for(form: Form) -> st.SearchStrategy[dict[str, list[Any]]]:
    """All fields anew, or the form as it was with some fields changed."""
    entries = {entry.name: entry for entry in form.fields}
    anew = {name: values_for(entry) for name, entry in entries.items()}
    untouched = {name: st.just(value) for name, value in form.filled().items()}
    some = st.fixed_dictionaries(
        {
            name: st.one_of(untouched.get(name, anew[name]), untouched.get(name, anew[name]), anew[name])
            for name in entries
        }
    )
    return st.one_of(st.fixed_dictionaries(anew), some)


def stored() -> dict[str, Any]:
    """A fingerprint of all that is stored, table by table."""
    tables = sorted(set(connection.introspection.table_names()) - NOT_CONTENT)
    quoted = ((table, connection.ops.quote_name(table)) for table in tables)
    selects = [
        f"SELECT '{table}', count(*), sum(hashtextextended(t::text, 0)) FROM {name} t"  # noqa: S608  names of tables
        for table, name in quoted
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(selects))
        return {table: rest for table, *rest in cursor.fetchall()}


def complaints(world: World, who: Who, url: str, form: Form, sent: dict[str, list[Any]]) -> Iterator[str]:
    client = world.client(who)
    with world.trial():
        before = stored()
        response = (client.post if form.method == "post" else client.get)(url, sent)
        if connection.needs_rollback:
            yield "left the transaction broken"
            return
        after = stored() if form.method == "get" or response.status_code in REFUSED else before
    text = response.content.decode(errors="replace")
    if response.status_code not in GOOD_ANSWERS:
        yield f"answered {response.status_code}"
    if "<script>alert(1)" in text:
        yield "shows markup that was typed"
    if changed := sorted(table for table in before if before[table] != after[table]):
        yield f"stored something of what it refused: {changed}"
    if response.status_code == 422 and form.method == "post":
        yield from (f"lost what was typed into {name}" for name in lost(form, sent, text))


def lost(form: Form, sent: dict[str, list[Any]], text: str) -> Iterator[str]:
    """Text fields whose (last) value the answer does not show again."""
    page = squeezed(html.unescape(text))
    typed = {entry.name for entry in form.fields if entry.kind in TYPED} - TRAPS
    for name in typed & sent.keys():
        value = sent[name][-1] if sent[name] else ""
        if isinstance(value, str) and value.isprintable() and squeezed(html.unescape(value)) not in page:
            yield name


def squeezed(text: str) -> str:
    return SPACE.sub(" ", text).strip()


@pytest.fixture(scope="module")
def forms(answers: Answers, frame: frozenset[Shape]) -> list[tuple[Who, str, Form]]:
    """Every form of the site, once for each kind of person who sees it."""
    found: dict[Any, tuple[Who, str, Form]] = {}
    for case in DISTINCT:
        for who in (who for who in PEOPLE if who in case.who):
            for url, form in forms_of(case, answers, who):
                if names_in(form):
                    shape = shape_of(url, form)
                    place = who if shape in frame else case.name
                    found.setdefault((place, *shape), (who, url, form))
    return list(found.values())


@pytest.mark.parametrize("batch", range(BATCHES))
def test_generated_input_does_no_harm(batch: int, world: World, forms: list[tuple[Who, str, Form]]) -> None:
    examples = max(2, -(-GENERATED // len(forms)))
    harm: dict[str, Any] = {}
    for number, (who, url, form) in enumerate(forms[batch::BATCHES]):
        for sent in generated(form, number, examples):
            for complaint in complaints(world, who, url, form, sent):
                harm.setdefault(f"{form.method} {url} as {who}: {complaint}", sent)
    assert harm == {}


def generated(form: Form, number: int, examples: int) -> list[dict[str, list[Any]]]:
    """As many inputs for a form, the same in every run."""
    found: list[dict[str, list[Any]]] = []

    @seed(number)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(inputs_for(form))
    def collect(sent: dict[str, list[Any]]) -> None:
        found.append(sent)

    collect()
    return found
