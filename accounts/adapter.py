"""What allauth may do here, and how it speaks."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.mails import MAILS
from accounts.permissions import can_remove_factor
from accounts.sealing import seal, unseal
from notifications.actions import send_mail

if TYPE_CHECKING:
    from accounts.models import User

WRONG_CODE = _("Der Code stimmt nicht. Prüfen Sie, ob er noch gültig ist, und geben Sie ihn erneut ein.")


def _absolute(name: str, **parts: str) -> str:
    return urljoin(settings.BASE_URL, reverse(name, kwargs=parts))


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: people come in through an invitation. Mails go through the outbox."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Dieses Konto ist stillgelegt."),
        "duplicate_email": _("Das ist schon Ihre Adresse."),
        "email_password_mismatch": _("E-Mail-Adresse oder Passwort stimmen nicht."),
        "email_taken": _("Diese Adresse können Sie nicht verwenden."),
        "enter_current_password": _("Das ist nicht Ihr jetziges Passwort."),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("Das Passwort stimmt nicht."),
        "invalid_password_reset": _("Dieser Link gilt nicht mehr."),
        "too_many_login_attempts": _(
            "Zu viele Versuche. Bitte warten Sie eine Viertelstunde oder setzen Sie Ihr Passwort neu."
        ),
        "rate_limited": _("Zu viele Versuche. Bitte warten Sie eine Minute."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        request.session["begun_at"] = request.session["active_at"] = int(time.time())

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:profile")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """From BASE_URL: a forged Host header must not lead people elsewhere."""
        uid, _dash, secret = key.partition("-")
        return _absolute("account_reset_password_from_key", uidb36=uid, key=secret)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        return _absolute("account_confirm_email", key=emailconfirmation.key)

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return reverse("accounts:profile")

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        super().send_notification_mail(template_prefix, user, {"user": user, **(context or {})}, email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        mail = MAILS[template_prefix]
        user = context.get("user")
        send_mail(
            to=email,
            subject=mail.subject,
            template=mail.template,
            context={**context, "what": mail.what, "user": user},
            language=user.language if user else translation.get_language() or settings.LANGUAGE_CODE,
        )


class MfaAdapter(DefaultMFAAdapter):
    """Second factors; those who need one keep one."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "Die Koordination braucht einen zweiten Faktor. Richten Sie zuerst einen anderen ein."
        ),
        "cannot_generate_recovery_codes": _("Richten Sie zuerst einen zweiten Faktor ein."),
        "incorrect_code": WRONG_CODE,
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return can_remove_factor(authenticator)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002  allauth's name
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)d") % {"number": number}
