"""What pydantic finds wrong, said to people: pydantic itself speaks English only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _


def said(details: Mapping[str, Any]) -> str:
    """One entry of `ValidationError.errors()` as a sentence without its beginning: „ist zu lang“."""
    kind, context = str(details["type"]), details.get("ctx", {})
    if kind == "value_error":
        return str(context.get("error", details["msg"]))
    if kind == "json_invalid":
        return _("ist kein gültiges JSON (%(reason)s)") % {"reason": context["error"]}
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
        "extra_forbidden": _("kennt das Format nicht"),
        "string_too_short": _("darf nicht leer sein"),
        "too_short": _("darf nicht leer sein"),
        "string_too_long": _("ist zu lang, höchstens %(most)s") % {"most": context.get("max_length")},
        "too_long": _("ist zu lang, höchstens %(most)s") % {"most": context.get("max_length")},
        "enum": _("erlaubt ist %(expected)s") % {"expected": context.get("expected")},
        "literal_error": _("erlaubt ist %(expected)s") % {"expected": context.get("expected")},
        "greater_than_equal": _("ist zu klein, mindestens %(least)s") % {"least": context.get("ge")},
        "less_than_equal": _("ist zu groß, höchstens %(most)s") % {"most": context.get("le")},
        "string_pattern_mismatch": _("hat die falsche Form"),
    }
    return known.get(kind) or _("hat die falsche Form (%(reason)s)") % {"reason": details["msg"]}
