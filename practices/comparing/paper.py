"""The comparison as PDF."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from documents.glyphs import Verbatim
from documents.qr import svg
from documents.typesetting import pdf
from practices.comparing.comparison import Comparison, address_of


def comparison_pdf(comparison: Comparison) -> bytes:
    """A table on A4 across, with the way back to the page."""
    address = f"{settings.BASE_URL}{address_of(comparison.ids)}"
    data = {
        "heading": _("Vergleich"),
        "criterion": _("Merkmal"),
        "columns": [{"title": one.title, "preline": one.preline} for one in comparison.columns],
        "lines": [
            {
                "label": line.label,
                "mark": line.mark,
                "differs": line.is_marked and line.differs,
                "cells": [{"text": cell.text or "–", "blocks": cell.blocks} for cell in line.cells],
            }
            for line in comparison.lines
        ],
        "address": Verbatim(address),
        "link": _("Zum Vergleich im Portal"),
        "qr": svg(address),
        "qr_says": _("QR-Code zum Vergleich im Portal"),
    }
    title = _("Vergleich: %(titles)s") % {"titles": ", ".join(one.title for one in comparison.columns)}
    return pdf("practices/comparing/comparison.typ", data, title=title)
