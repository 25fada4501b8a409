"""What one may do under a licence, in words for people who are no lawyers."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from practices.blocks.enums import Licence


@dataclass(frozen=True)
class Terms:
    """`url` is the licence's own text; empty where there is none to link."""

    meaning: Promise
    url: str = ""


TERMS = {
    Licence.CC_BY: Terms(
        _(
            "Sie dürfen den Baustein nutzen, ändern und weitergeben, auch gewerblich. Nennen Sie dabei die "
            "Stadt, von der er stammt, und sagen Sie, was Sie geändert haben."
        ),
        "https://creativecommons.org/licenses/by/4.0/deed.de",
    ),
    Licence.CC0: Terms(
        _("Sie dürfen damit alles tun: nutzen, ändern, weitergeben. Niemand muss genannt werden."),
        "https://creativecommons.org/publicdomain/zero/1.0/deed.de",
    ),
    Licence.DL_BY: Terms(
        _(
            "Sie dürfen die Daten nutzen, ändern und weitergeben, auch gewerblich. Nennen Sie als Quelle die "
            "Stadt, die Lizenz und die Fundstelle."
        ),
        "https://www.govdata.de/dl-de/by-2-0",
    ),
    Licence.DL_ZERO: Terms(
        _("Sie dürfen die Daten ohne Einschränkung nutzen, ändern und weitergeben."),
        "https://www.govdata.de/dl-de/zero-2-0",
    ),
    Licence.EUPL: Terms(
        _(
            "Sie dürfen das Programm nutzen, ändern und weitergeben. Wer eine geänderte Fassung "
            "weitergibt oder als Dienst anbietet, stellt auch deren Quellcode unter dieselbe oder eine "
            "verträgliche Lizenz."
        ),
        "https://eupl.eu/1.2/de/",
    ),
    Licence.OTHER: Terms(
        _("Was Sie dürfen, steht in der genannten Lizenz. Im Zweifel fragen Sie die Stadt.")
    ),
    Licence.UNCLEAR: Terms(
        _(
            "Was andere damit dürfen, ist noch nicht geklärt. Ansehen dürfen Sie ihn; "
            "bitte fragen Sie die Stadt, bevor Sie ihn übernehmen."
        )
    ),
}
