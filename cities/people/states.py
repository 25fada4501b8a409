"""What state an invitation or a role is in."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cities.enums import Role
from cities.models import Invitation, Membership


class InvitationState(models.TextChoices):
    OPEN = "open", _("offen")
    EXPIRED = "expired", _("abgelaufen")
    ACCEPTED = "accepted", _("angenommen")
    REVOKED = "revoked", _("zurückgezogen")


def state_of(invitation: Invitation) -> InvitationState:
    """An invitation into a city that left the network counts as withdrawn."""
    if invitation.accepted_at:
        return InvitationState.ACCEPTED
    if invitation.revoked_at or (invitation.city and not invitation.city.is_in_network):
        return InvitationState.REVOKED
    if invitation.expires_at <= timezone.now():
        return InvitationState.EXPIRED
    return InvitationState.OPEN


def is_open(invitation: Invitation) -> bool:
    return state_of(invitation) == InvitationState.OPEN


def said_of(invitation: Invitation) -> str:
    """The state of an unanswered invitation with its day, or why it does not count."""
    state = state_of(invitation)
    if state == InvitationState.REVOKED:
        return gettext("gilt nicht: Die Stadt ist nicht im Netzwerk")
    day = f"{timezone.localtime(invitation.expires_at):%d.%m.%Y}"
    said = gettext("offen bis %(day)s") if state == InvitationState.OPEN else gettext("abgelaufen am %(day)s")
    return said % {"day": day}


def is_last_manager(membership: Membership) -> bool:
    """Whether the city has no other manager who can log in."""
    if membership.role != Role.MANAGER:
        return False
    others = Membership.objects.filter(city=membership.city_id, role=Role.MANAGER, user__is_active=True)
    return not others.exclude(pk=membership.pk).exists()
