"""Writes mails."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise

from notifications.models import OutgoingMail
from notifications.tasks import deliver


@transaction.atomic
def send_mail(
    *,
    to: str,
    subject: str | Promise,
    template: str,
    context: Mapping[str, Any],
    language: str = settings.LANGUAGE_CODE,
) -> OutgoingMail:
    """Write a mail from `notifications/mail/<template>.txt`; a job sends it after the commit.

    `subject` may be a lazy text: it is read in the receiver's `language` like the template. The HTML part is
    made of the same text: nothing a person typed becomes markup, and only the portal's own addresses links.
    """
    with translation.override(language):
        variables = {
            **context,
            "base_url": settings.BASE_URL,
            "network_name": settings.NETWORK_NAME,
            "coordination_email": settings.COORDINATION_EMAIL,
        }
        text = render_to_string(f"notifications/mail/{template}.txt", variables).strip() + "\n"
        mail = OutgoingMail(to=to, subject=" ".join(str(subject).split())[:200], text=text)
        mail.html = render_to_string(
            "notifications/mail/layout.html", {**variables, "mail": mail, "language": language}
        )
    mail.save()
    deliver.later(mail_id=mail.pk)
    return mail
