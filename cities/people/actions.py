"""Writes about who acts for a city: invitations, their acceptance, roles."""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256
from urllib.parse import urljoin

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cities.enums import Role
from cities.models import City, Invitation, Membership
from cities.people.states import is_last_manager, is_open
from notifications.actions import send_mail
from notifications.naming import network_name


class AlreadyInvitedError(Exception):
    """An invitation to this address for the same city or the coordination waits for its answer."""


class NoLongerValidError(Exception):
    """The invitation was answered, withdrawn or ran out in the meantime."""


class LastManagerError(Exception):
    """Nobody would be left to manage the city."""


class LastCoordinatorError(Exception):
    """Nobody might be left to coordinate the network."""


def hash_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    *,
    email: str,
    city: City | None,
    role: Role | None,
    by: User,
    as_coordinator: bool = False,
    name: str = "",
) -> Invitation:
    """Write an invitation and its mail; `name` is what the form then suggests. Raises AlreadyInvitedError."""
    email = email.lower()
    if Invitation.objects.unanswered().filter(email=email, city=city).exists():
        raise AlreadyInvitedError
    invitation = Invitation(
        email=email, name=name, city=city, role=role or "", as_coordinator=as_coordinator, invited_by=by
    )
    try:
        with transaction.atomic():
            _send(invitation)
    except IntegrityError:  # somebody else has invited the same person in the same moment
        raise AlreadyInvitedError from None
    return invitation


@transaction.atomic
def invite_again(*, invitation: Invitation, by: User) -> None:
    """A new link, the old one is dead. Raises NoLongerValidError once it was answered."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at or invitation.revoked_at:
        raise NoLongerValidError
    invitation.invited_by = by
    _send(invitation)


def _send(invitation: Invitation) -> None:
    token = secrets.token_urlsafe(32)
    invitation.token_hash = hash_of(token)
    invitation.expires_at = timezone.now() + timedelta(days=settings.INVITATION_DAYS)
    invitation.save()
    known = User.objects.filter(email=invitation.email).values_list("language", flat=True).first()
    send_mail(
        to=invitation.email,
        subject=format_lazy(_("Einladung in das Netzwerk {name}"), name=network_name()),
        template="invitation",
        context={
            "invitation": invitation,
            "inviter": invitation.invited_by,
            "link": urljoin(settings.BASE_URL, reverse("invitation", args=[token])),
            "days": settings.INVITATION_DAYS,
        },
        language=known or settings.LANGUAGE_CODE,
    )


@transaction.atomic
def revoke(*, invitation: Invitation, by: User) -> None:
    """Withdraw an invitation, its link is dead. Raises NoLongerValidError once it was answered."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at or invitation.revoked_at:
        raise NoLongerValidError
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])


@transaction.atomic
def accept_as_new_person(
    *, token: str, name: str, office: str, password: str, language: str
) -> tuple[User, Invitation]:
    """Account, confirmed address and role at once. Raises NoLongerValidError, also to the slower of two."""
    invitation = _locked(token)
    if User.objects.filter(email=invitation.email).exists():
        raise NoLongerValidError
    try:
        person = User.objects.create_user(
            invitation.email, password, name=name, office=office, language=language
        )
    except IntegrityError:  # two invitations of one person, accepted in the same moment
        raise NoLongerValidError from None
    _answer(invitation, person)
    return person, invitation


@transaction.atomic
def accept(*, token: str, by: User) -> Invitation:
    """Give an existing account what the invitation promises. Raises NoLongerValidError."""
    invitation = _locked(token)
    if invitation.email != by.email:
        raise NoLongerValidError
    _answer(invitation, by)
    return invitation


def _locked(token: str) -> Invitation:
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("city")
        .filter(token_hash=hash_of(token))
        .first()
    )
    if invitation is None or not is_open(invitation):
        raise NoLongerValidError
    return invitation


def _answer(invitation: Invitation, person: User) -> None:
    if invitation.as_coordinator:
        person.is_coordinator = True
        person.save(update_fields=["is_coordinator"])
    else:
        Membership.objects.update_or_create(
            user=person, city=invitation.city, defaults={"role": invitation.role}
        )
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])


@transaction.atomic
def change_role(*, membership: Membership, role: Role, by: User) -> None:
    """Raises LastManagerError where a manager would leave the city without one; coordinators may.

    Raises Membership.DoesNotExist when somebody has ended it meanwhile.
    """
    locked = _lock_members(membership)
    if locked.role == Role.MANAGER and role != Role.MANAGER:
        _keep_a_manager(locked, by)
    locked.role = role
    locked.save(update_fields=["role"])


@transaction.atomic
def remove(*, membership: Membership, by: User) -> None:
    """End a person's work for a city; the account stays. Raises what `change_role` raises."""
    locked = _lock_members(membership)
    if locked.role == Role.MANAGER:
        _keep_a_manager(locked, by)
    locked.delete()


def _lock_members(membership: Membership) -> Membership:
    """Lock everybody of the city, so that two managers cannot remove each other at once."""
    members = {row.pk: row for row in Membership.objects.select_for_update().filter(city=membership.city_id)}
    if membership.pk not in members:
        raise Membership.DoesNotExist
    return members[membership.pk]


def _keep_a_manager(membership: Membership, by: User) -> None:
    if not by.is_coordinator and is_last_manager(membership):
        raise LastManagerError


@transaction.atomic
def leave_coordination(*, person: User, by: User) -> None:
    """End a coordinator's work for the network; the account and its roles in cities stay.

    Raises LastCoordinatorError for oneself, and for somebody who was removed meanwhile: so there is always
    somebody left.
    """
    coordinators = User.objects.select_for_update().filter(is_coordinator=True).order_by("pk")
    if person == by or by not in list(coordinators):
        raise LastCoordinatorError
    person.is_coordinator = False
    person.save(update_fields=["is_coordinator"])
