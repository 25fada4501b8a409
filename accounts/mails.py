"""The mails that allauth asks for: which of ours answers each."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Mail:
    """`template` in notifications/mail; `what` is the sentence of a security notice."""

    subject: str | Promise
    template: str = "security_notice"
    what: str | Promise = ""


MAILS = {
    "account/email/password_reset_key": Mail(_("Passwort neu setzen"), "password_reset"),
    "account/email/unknown_account": Mail(_("Passwort neu setzen"), "unknown_account"),
    "account/email/email_confirmation": Mail(_("Neue E-Mail-Adresse bestätigen"), "email_confirmation"),
    "account/email/email_changed": Mail(_("Ihre E-Mail-Adresse wurde geändert"), "email_changed"),
    "account/email/password_changed": Mail(
        _("Ihr Passwort wurde geändert"), what=_("Das Passwort Ihres Kontos wurde geändert.")
    ),
    "account/email/password_set": Mail(
        _("Ihr Passwort wurde gesetzt"), what=_("Für Ihr Konto wurde ein Passwort gesetzt.")
    ),
    "account/email/password_reset": Mail(
        _("Ihr Passwort wurde neu gesetzt"), what=_("Das Passwort Ihres Kontos wurde neu gesetzt.")
    ),
    "mfa/email/totp_activated": Mail(
        _("Zweiter Faktor eingerichtet"), what=_("Für Ihr Konto wurde eine Authenticator-App eingerichtet.")
    ),
    "mfa/email/totp_deactivated": Mail(
        _("Zweiter Faktor entfernt"), what=_("Die Authenticator-App wurde von Ihrem Konto entfernt.")
    ),
    "mfa/email/webauthn_added": Mail(
        _("Passkey hinzugefügt"), what=_("Zu Ihrem Konto wurde ein Passkey hinzugefügt.")
    ),
    "mfa/email/webauthn_removed": Mail(
        _("Passkey entfernt"), what=_("Von Ihrem Konto wurde ein Passkey entfernt.")
    ),
    "mfa/email/recovery_codes_generated": Mail(
        _("Neue Ersatzcodes"), what=_("Für Ihr Konto wurden neue Ersatzcodes erzeugt.")
    ),
}
