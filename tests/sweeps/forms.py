"""The forms on the pages of the table, and what is sent to them."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.urls import reverse

from tests.support.world import Who
from tests.sweeps.answers import Answers
from tests.sweeps.documents import Form
from tests.sweeps.rows import PAGES
from tests.sweeps.table import Case

Shape = tuple[str, ...]  # of a form: its address, its method and the names of its fields

PEOPLE = (Who.VISITOR, Who.AUTHOR, Who.MANAGER, Who.COORDINATOR)
BAD_VALUES = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "x" * 20_000,
    "ä" * 300,
    "-1",
    "0",
    "99999999999999999999999999",
    "1e999",
    "NaN",
    "٣",
    "gibt-es-nicht",
    "<script>alert(1)</script>",
    "{{ 7 }}",
    "%",
    "'; --",
    "../../etc/passwd",
    "\u202e\ud7ff\uffff",
    "32.13.2026",
    "0000-00-00",
    "http://[",
    "javascript:alert(1)",
    "a@b",
    "null",
]
WORST_VALUES = ["a\x00b", "x" * 20_000, "99999999999999999999999999", "gibt-es-nicht"]
# One page of each view, and of the write-up's in each of its states only the one that is still written.
DISTINCT = [case for case in PAGES if not case.label or case.label == "draft"]
# What stands around every page, and a page on which nothing else does.
FRAME = ("search", "choose_theme", "choose_language")
PLAIN_PAGE = next(case for case in PAGES if case.name == "operator_page")
# The form's own answer, a redirect, a refusal, or too much of something.
GOOD_ANSWERS = {200, 302, 303, 400, 401, 403, 404, 405, 409, 422, 429}


def forms_of(case: Case, answers: Answers, who: Who) -> Iterator[tuple[str, Form]]:
    """The forms on a page, with the address that each is sent to; another host's are left alone."""
    answer = answers.of(case, who)
    if answer.status != 200 or not answer.html:
        return
    here = case.url(answers.world)
    for form in answer.document.forms:
        target = form.action or here
        if not urlsplit(target).netloc and not target.endswith("/abmelden/"):
            yield target, form


def shape_of(url: str, form: Form) -> Shape:
    return (url, form.method, *names_in(form))


def names_in(form: Form) -> list[str]:
    return sorted({entry.name for entry in form.fields})


def shapes_of_the_frame(answers: Answers) -> frozenset[Shape]:
    """The forms that stand around every page: the search, and the choices of theme and language."""
    shapes = {shape_of(url, form) for url, form in forms_of(PLAIN_PAGE, answers, Who.VISITOR)}
    assert {url for url, *_rest in shapes} == {reverse(name) for name in FRAME}
    return frozenset(shapes)
