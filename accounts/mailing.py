"""Mails to people with an account: in their language, and only what they want to get."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise

from accounts.models import User
from notifications.actions import Footer, send_mail
from notifications.kinds import is_optional


def write_to(
    person: User,
    *,
    kind: str,
    subject: str | Promise,
    template: str,
    context: Mapping[str, Any],
    reply_to: str = "",
) -> bool:
    """Write a mail of this kind; False where the account is closed or the person does not want such mails."""
    if not person.is_active or (kind in person.muted_mails and is_optional(kind)):
        return False
    send_mail(
        to=person.email,
        subject=subject,
        template=template,
        context={**context, "person": person},
        language=person.language,
        reply_to=reply_to,
        footer=Footer.ACCOUNT,
    )
    return True
