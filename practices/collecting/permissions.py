"""Who may do what with a collection. Reading is `CollectionQuerySet.readable_by`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from cities.permissions import is_member
from practices.models import Collection

if TYPE_CHECKING:
    from accounts.models import User


def can_share(user: User) -> bool:
    """Members share with members."""
    return is_member(user)


def own_collection(user: User, pk: int) -> Collection:
    """404 for what one may not read, PermissionDenied for what one may only read."""
    found = Collection.objects.readable_by(user).select_related("owner").filter(pk=pk).first()
    if found is None:
        raise Http404
    if found.owner_id != user.pk:
        raise PermissionDenied(_("Eine Sammlung ändert nur, wer sie angelegt hat."))
    return found
