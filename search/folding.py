"""How names compare: sorting as Germans expect and finding whatever way an Umlaut was typed.

The database functions are created in `search/migrations/0001_functions.py`. They are declared immutable,
which `unaccent` with a fixed dictionary in effect is, so that generated columns and indexes can use them.
"""

import re
import unicodedata

from django.db.models import Func, TextField

# Letters that Germans spell out, and those of neighbouring languages that Unicode does not take apart.
SPELLED_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "oe", "ł": "l", "đ": "d"}
)


class SortKey(Func):
    """Lower case without accents: Ä sorts with A, ß with ss (DIN 5007-1)."""

    function = "ikone_sort_key"
    output_field = TextField()


class Fold(Func):
    """One spelling for all ways to type a name: „Wörth“, „Woerth“ and „Worth“ become `worth`."""

    function = "ikone_fold"
    output_field = TextField()


def german_slug(text: str, max_length: int = 140) -> str:
    """Readable part of an address: „Neustadt an der Weinstraße“ becomes `neustadt-an-der-weinstrasse`.

    Cut between words where it is too long; empty when the text has no letter or digit of the Latin alphabet.
    """
    spelled = unicodedata.normalize("NFC", text).lower().translate(SPELLED_OUT)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(slug) > max_length:
        whole_words = slug[: max_length + 1].rpartition("-")[0]
        slug = whole_words or slug[:max_length]
    return slug.strip("-")
