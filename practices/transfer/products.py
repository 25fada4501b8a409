"""Are the products that a write-up names in use here, or others for the same purpose?"""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from practices.transfer.enums import Verdict
from practices.transfer.saying import Finding, Said
from search.analysis.words import fold


def look(practice: Any, city: Any, _shows_city: bool) -> Finding:
    """The line „Produkte“; names and purposes are compared however they are written."""
    where = f"{practice.get_absolute_url()}#reuse"
    named = [(row["product"], row["purpose"]) for row in practice.product_rows]
    if not named:
        return Finding(Verdict.UNKNOWN, [], _("Der Beitrag nennt keine Produkte."))
    said = [Said(_("Dort im Einsatz: %(names)s") % {"names": ", ".join(name for name, _for in named)}, where)]
    own = reverse("cities:products", args=[city.slug])
    if not city.uses:
        return Finding(
            Verdict.UNKNOWN,
            [*said, Said(_("Eigene Produkte eintragen"), own)],
            _("Ihre Stadt hat noch nicht eingetragen, womit sie arbeitet."),
        )
    missing = []
    for name, purpose in named:
        use = _same(city.uses, name)
        if use:
            words = _("Bei Ihnen auch: %(name)s (%(purpose)s)")
            said.append(Said(words % {"name": use["product"], "purpose": use["purpose"]}, own))
            continue
        missing.append(name)
        said += [
            Said(
                _("Für „%(purpose)s“ nutzen Sie %(name)s.") % {"purpose": purpose, "name": other["product"]},
                own,
            )
            for other in city.uses
            if purpose and fold(other["purpose"]) == fold(purpose)
        ]
    if not missing:
        return Finding(Verdict.FITS, said)
    said.append(Said(_("Bei Ihnen nicht eingetragen: %(names)s") % {"names": ", ".join(missing)}, own))
    return Finding(
        Verdict.ADAPT,
        said,
        _("Ob es sich mit dem verträgt, was Sie haben, sagt Ihnen am besten der Anbieter."),
    )


def _same(uses: list[dict[str, Any]], name: str) -> dict[str, Any] | None:
    return next((use for use in uses if fold(use["product"]) == fold(name)), None)
