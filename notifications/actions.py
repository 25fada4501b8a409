"""Writes mails."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise

from notifications.models import OutgoingMail
from notifications.naming import network_name
from notifications.tasks import deliver


class Footer(StrEnum):
    """What stands below a mail: how to change what one gets, or why one gets it."""

    NONE = ""
    ACCOUNT = "account"
    CONTACT = "contact"


@transaction.atomic
def send_mail(
    *,
    to: str,
    subject: str | Promise,
    template: str,
    context: Mapping[str, Any],
    language: str = settings.LANGUAGE_CODE,
    reply_to: str = "",
    footer: Footer = Footer.NONE,
) -> OutgoingMail:
    """Write a mail from `notifications/mail/<template>.txt`; a job sends it after the commit.

    Answers go to `reply_to` where it is given. `subject` may be a lazy text: it is read in the receiver's
    `language` like the template. The HTML part is made of the same text: nothing a person typed becomes
    markup, and only the portal's own addresses links.
    """
    with translation.override(language):
        variables = {
            **context,
            "base_url": settings.BASE_URL,
            "network_name": network_name(),
            "coordination_email": settings.COORDINATION_EMAIL,
            "footer": footer.value,
        }
        parts = [f"notifications/mail/{template}.txt", "notifications/mail/footer.txt"]
        texts = [render_to_string(part, variables).strip() for part in parts]
        mail = OutgoingMail(
            to=to,
            subject=" ".join(str(subject).split())[:200],
            text="\n\n".join(text for text in texts if text) + "\n",
            reply_to=reply_to,
        )
        mail.html = render_to_string(
            "notifications/mail/layout.html", {**variables, "mail": mail, "language": language}
        )
    mail.save()
    deliver.later(mail_id=mail.pk)
    return mail


def send_again(*, mail: OutgoingMail) -> None:
    """Try a mail once more that did not arrive; a job that is still trying finds it sent then."""
    deliver.later(mail_id=mail.pk)


def dismiss(*, mail: OutgoingMail) -> None:
    """Give a mail up; jobs that come later find nothing to send."""
    OutgoingMail.objects.filter(pk=mail.pk, sent_at=None).delete()
