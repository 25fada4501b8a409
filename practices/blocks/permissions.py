"""Who may do what with a building block. Seeing it at all is `BuildingBlockQuerySet.visible_to`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cities.permissions import can_manage, can_write_for
from practices.blocks.enums import BlockStatus

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from practices.models import BuildingBlock


def can_edit(user: User | AnonymousUser, block: BuildingBlock) -> bool:
    """Who made it as one of its city, until it is retired; the city's managers and coordinators always."""
    if can_manage(user, block.city):
        return True
    return (
        user.is_authenticated
        and can_write_for(user, block.city)
        and block.created_by_id == user.pk
        and block.status != BlockStatus.RETIRED
    )


def can_decide(user: User | AnonymousUser, block: BuildingBlock) -> bool:
    """Publish it and take it out of service."""
    return can_manage(user, block.city)


def can_delete(user: User | AnonymousUser, block: BuildingBlock) -> bool:
    """Whoever edits a draft may throw it away; what was out only those who decide."""
    return can_decide(user, block) or (block.status == BlockStatus.DRAFT and can_edit(user, block))
