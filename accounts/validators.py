"""Rules for passwords beyond Django's."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from accounts.models import User


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
