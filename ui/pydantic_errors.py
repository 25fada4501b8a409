"""What pydantic finds wrong, said to people: pydantic itself speaks English only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

PLACE = re.compile(r"column (\d+)")
VALUE = re.compile(r"'([^']*)'")


def said(details: Mapping[str, Any]) -> str:
    """One entry of `ValidationError.errors()` as a sentence without its beginning: „ist zu lang“."""
    kind, context = str(details["type"]), details.get("ctx", {})
    if kind == "value_error":
        return str(context.get("error", details["msg"]))
    if kind == "json_invalid":
        return _not_json(str(context["error"]))
    if kind.startswith(("date", "datetime")):
        return _("ist kein Datum wie 2024-12-31")
    if kind.startswith("int"):
        return _("ist keine ganze Zahl")
    if kind.startswith("bool"):
        return _("erlaubt ist %(expected)s") % {"expected": "true, false"}
    known = {
        "missing": _("fehlt"),
        "string_type": _("muss ein Text sein"),
        "list_type": _("muss eine Liste sein"),
        "dict_type": _("muss ein Objekt sein"),
        "model_type": _("muss ein Objekt sein"),
        "model_attributes_type": _("muss ein Objekt sein"),
        "dataclass_type": _("muss ein Objekt sein"),
        "string_unicode": _("enthält Zeichen, die kein Text sind"),
        "extra_forbidden": _("kennt das Format nicht"),
        "string_too_short": _("darf nicht leer sein"),
        "too_short": _("darf nicht leer sein"),
        "string_too_long": _("ist zu lang, höchstens %(most)s") % {"most": context.get("max_length")},
        "too_long": _("ist zu lang, höchstens %(most)s") % {"most": context.get("max_length")},
        "enum": _("erlaubt ist %(expected)s") % {"expected": _expected(context)},
        "literal_error": _("erlaubt ist %(expected)s") % {"expected": _expected(context)},
        "greater_than_equal": _("ist zu klein, mindestens %(least)s") % {"least": context.get("ge")},
        "less_than_equal": _("ist zu groß, höchstens %(most)s") % {"most": context.get("le")},
        "string_pattern_mismatch": _("hat die falsche Form"),
    }
    return known.get(kind) or _("hat die falsche Form")


def _not_json(reason: str) -> str:
    """The place alone: what the parser expected there it says in English."""
    found = PLACE.search(reason)
    if not found:
        return _("ist kein gültiges JSON")
    return _("ist kein gültiges JSON (ab Zeichen %(column)s)") % {"column": found[1]}


def _expected(context: Mapping[str, Any]) -> str:
    """Values as they are to be written: „practice, stopped oder plan“."""
    values = VALUE.findall(str(context.get("expected")))
    if len(values) < 2:
        return "".join(values)
    return _("%(several)s oder %(last)s") % {"several": ", ".join(values[:-1]), "last": values[-1]}
