"""allauth's forms for second factors, with our words."""

from typing import Any

from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.utils.translation import gettext_lazy as _

from accounts.forms import PlainMixin


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


class EditWebAuthnForm(PlainMixin, webauthn.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name des Passkeys")
