"""How names compare: sorting as Germans expect and finding whatever way an Umlaut was typed.

The database functions are created in `search/migrations/0001_functions.py`. They are declared immutable, which
`unaccent` with a fixed dictionary in effect is, so that generated columns and indexes can use them.
"""

from django.db.models import Func, TextField


class SortKey(Func):
    """Lower case without accents: Ä sorts with A, ß with ss (DIN 5007-1)."""

    function = "ikone_sort_key"
    output_field = TextField()


class Fold(Func):
    """One spelling for all ways to type a name: „Wörth“, „Woerth“ and „Worth“ become `worth`."""

    function = "ikone_fold"
    output_field = TextField()
