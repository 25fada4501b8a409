"""allauth's forms for second factors, with our words."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from cryptography.exceptions import InvalidSignature
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms import PlainMixin

UNKNOWN_PASSKEY = _(
    "Der Passkey wurde nicht erkannt. Versuchen Sie es noch einmal oder nehmen Sie einen anderen Weg."
)


class CodeMixin(PlainMixin):
    """A code from an app or a list: digits on phones' keyboards."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code")
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class AuthenticateForm(CodeMixin, base.AuthenticateForm):
    pass


class ReauthenticateForm(CodeMixin, base.ReauthenticateForm):
    pass


class ActivateTOTPForm(CodeMixin, totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code aus der App")
        self.fields["code"].help_text = _("Sechs Ziffern, die sich alle 30 Sekunden ändern.")


@contextmanager
def _readable_answers() -> Iterator[None]:
    """What no browser sends makes allauth's parser stumble in many ways; all mean the same to a person."""
    try:
        yield
    except ValidationError as error:
        if error.code != "incorrect_code":
            raise
        raise ValidationError(UNKNOWN_PASSKEY) from error
    except (AttributeError, LookupError, TypeError, ValueError, InvalidSignature, struct.error) as error:
        raise ValidationError(UNKNOWN_PASSKEY) from error


class PasskeyMixin(PlainMixin):
    """An answer that the browser got from a passkey."""

    def clean_credential(self) -> Authenticator:
        with _readable_answers():
            return super().clean_credential()  # type: ignore[misc]


class AuthenticateWebAuthnForm(PasskeyMixin, webauthn.AuthenticateWebAuthnForm):
    pass


class LoginWebAuthnForm(PasskeyMixin, webauthn.LoginWebAuthnForm):
    pass


class ReauthenticateWebAuthnForm(PasskeyMixin, webauthn.ReauthenticateWebAuthnForm):
    pass


class AddWebAuthnForm(PlainMixin, webauthn.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name des Passkeys")
        self.fields["name"].help_text = _("Woran Sie ihn wiedererkennen, zum Beispiel „Diensthandy“.")
        self.fields["passwordless"].label = _("Auch ohne Passwort anmelden")
        self.fields["passwordless"].help_text = _(
            "Das Gerät prüft dann selbst, wer Sie sind: mit Fingerabdruck, Gesicht oder PIN."
        )
        self.fields["passwordless"].initial = True

    def clean(self) -> dict[str, Any]:
        with _readable_answers():
            return super().clean()


class EditWebAuthnForm(PlainMixin, webauthn.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name des Passkeys")
