"""What figures of a past period show as it is now."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from ikone.statistics.figures import Section
from ikone.statistics.scope import Scope

# By the key of the section; the others count what happened in the period.
OF_TODAY = {
    "mitglieder": gettext_lazy("Städte, die seither ausgeschieden sind, fehlen."),
    "beitraege": gettext_lazy(
        "Beiträge, die seither zurückgezogen wurden, fehlen; geprüft und bestätigt gelten jetzt."
    ),
    "uebernahmen": gettext_lazy("Wie weit die Übernahmen des Zeitraums inzwischen sind."),
    "ersparnisse": gettext_lazy("Nur was jetzt bestätigt und in Gebrauch ist."),
    "federfuehrung": gettext_lazy("Wer jetzt leitet, nicht wer am Ende des Zeitraums geleitet hat."),
}


def of_today(scope: Scope, section: Section) -> str:
    said = OF_TODAY.get(section.key)
    return f"{scope.as_of_today}: {said}" if said else ""
