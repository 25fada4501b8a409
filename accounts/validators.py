"""Rules for passwords beyond Django's."""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from accounts.models import User

COMMON_PASSWORDS = Path(__file__).with_name("common_passwords_de.txt")
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$|\s+")
LETTER = re.compile(r"[^\W\d_]")


class MaximumLengthValidator:
    """Hashing costs time for every byte, so there is an upper end nobody should ever meet."""

    def __init__(self, max_length: int = 128) -> None:
        self.max_length = max_length

    def validate(self, password: str, user: "User | None" = None) -> None:
        if len(password) > self.max_length:
            raise ValidationError(
                _("Das Passwort darf höchstens %(max)d Zeichen haben."),
                code="password_too_long",
                params={"max": self.max_length},
            )

    def get_help_text(self) -> str:
        return _("Das Passwort darf höchstens %(max)d Zeichen haben.") % {"max": self.max_length}


class EverydayWordValidator:
    """Refuses a German everyday word, alone or repeated, whatever digits and signs stand around it."""

    def validate(self, password: str, user: "User | None" = None) -> None:
        folded = _fold(password)
        if any(word in folded and not LETTER.search(folded.replace(word, "")) for word in _everyday_words()):
            raise ValidationError(
                _("Dieses Passwort ist zu leicht zu erraten: ein häufiges Wort mit Ziffern oder Zeichen."),
                code="password_too_common",
            )

    def get_help_text(self) -> str:
        return _("Das Passwort darf kein häufiges Wort sein, auch nicht mit Ziffern oder Zeichen daran.")


def _fold(text: str) -> str:
    return ENDS.sub("", text.lower().translate(UMLAUTS))


@cache
def _everyday_words() -> frozenset[str]:
    return frozenset(COMMON_PASSWORDS.read_text(encoding="utf-8").split())
