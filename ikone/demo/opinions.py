"""Opinions of demo accounts, on invented examples only."""

from typing import Any

from accounts.models import User
from practices.enums import Verdict
from practices.models import Practice
from practices.reviews.actions import Opinion, give


def add_opinions(practice: Practice, row: dict[str, Any]) -> None:
    """What `[[practice.opinions]]` says; an account that was removed says nothing."""
    for said in row.get("opinions", []):
        person = User.objects.filter(email=said["account"]).first()
        if person:
            opinion = Opinion(Verdict(said["verdict"]), said["convinced"], said["caution"])
            give(practice=practice, opinion=opinion, by=person)
