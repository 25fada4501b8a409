"""Writes about people that touch more than one row."""

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.models import User


@transaction.atomic
def confirm_address(*, person: User, by: User) -> None:
    """Make the account's address its one confirmed address; the operator `by` vouches for it."""
    EmailAddress.objects.filter(user=person).exclude(email=person.email).delete()
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
