"""What this app itself holds of a person: the account, its addresses, factors and sessions."""

from __future__ import annotations

import re
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db.models import F, Func, Q, TextField, Value
from django.utils.html import escape

from accounts.models import User
from accounts.privacy import FORMER_MEMBER, PrivacySource
from accounts.privacy.reading import Rows
from notifications.models import OutgoingMail


def _export(person: User) -> dict[str, Any]:
    fields = ["email", "name", "office", "phone", "language", "joined_at", "last_login", "muted_mails"]
    sessions = UserSession.objects.filter(user=person)
    return {
        "account": {field: getattr(person, field) for field in fields}
        | {"is_coordinator": person.is_coordinator, "is_staff": person.is_staff},
        "email_addresses": Rows(EmailAddress.objects.filter(user=person), "email", "verified", "primary"),
        "second_factors": Rows(
            Authenticator.objects.filter(user=person), "type", "created_at", "last_used_at"
        ),
        "sessions": Rows(sessions, "user_agent", "ip", "created_at", "last_seen_at"),
        "mails": Rows(
            OutgoingMail.objects.filter(to__iexact=person.email), "subject", "created_at", "sent_at"
        ),
        "earlier_versions_of_the_account": Rows(
            _events(person), "pgh_created_at", "email", "name", "office", "phone", "language"
        ),
    }


def _events(person: User) -> Any:
    return apps.get_model("accounts", "UserEvent").objects.filter(pgh_obj_id=person.pk)


def _erase(person: User) -> None:
    keys = UserSession.objects.filter(user=person).values_list("session_key", flat=True)
    Session.objects.filter(session_key__in=list(keys)).delete()
    for model in (UserSession, Authenticator, EmailAddress):
        model.objects.filter(user=person).delete()
    OutgoingMail.objects.filter(to__iexact=person.email).delete()
    OutgoingMail.objects.filter(reply_to__iexact=person.email).update(reply_to="")
    _unname_in_mails(person)


def _unname_in_mails(person: User) -> None:
    """Mails to others that still wait, or that a demo shows, speak of a former member."""
    for said in filter(None, (person.name, person.email)):
        plain = _alone(said)
        mails = OutgoingMail.objects.filter(Q(subject__regex=plain) | Q(text__regex=plain))
        patterns = {"subject": plain, "text": plain, "html": _alone(escape(said))}
        mails.update(**{part: _replaced(part, pattern) for part, pattern in patterns.items()})


def _alone(said: str) -> str:
    """A name as a pattern that leaves other words alone: „Anna Rat“ is no part of „Anna Rathaus“."""
    return rf"(?<!\w){re.escape(said)}(?!\w)"


def _replaced(part: str, pattern: str) -> Func:
    values = (F(part), Value(pattern), Value(FORMER_MEMBER), Value("g"))
    return Func(*values, function="regexp_replace", output_field=TextField())


def forget_events(person: User) -> None:
    """The account's earlier versions; only the last one, which names nobody any more, remains."""
    last = _events(person).order_by("-pgh_id").values_list("pgh_id", flat=True).first()
    _events(person).exclude(pgh_id=last).delete()


OWN = PrivacySource("account", _export, _erase)
