"""Which relations a person may learn of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q

from cities.permissions import city_ids_of, is_coordinator
from practices.enums import RelationKind, Visibility

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from practices.models import Relation


class RelationQuerySet(models.QuerySet["Relation"]):
    def shown_to(self, reader: User | AnonymousUser) -> RelationQuerySet:
        """Relations between write-ups that this person may read, as far as they give no city away.

        A write-up that is anonymous in the network keeps its city only if its relations keep it, too: what
        replaces it, what it builds on and what it is part of point to its own city or to those that took
        part. So for readers who must not know the city these are not there. „Verwandt“ points nowhere,
        except to another write-up of the same city, which is left out as well.
        """
        far_end: Any = self.model._meta.get_field("target").related_model
        practices = far_end.objects.visible_to(reader)
        readable = self.filter(source__in=practices, target__in=practices)
        if is_coordinator(reader):
            return readable
        own = city_ids_of(reader)
        open_ends = (~Q(source__visibility=Visibility.ANONYMOUS) | Q(source__city__in=own)) & (
            ~Q(target__visibility=Visibility.ANONYMOUS) | Q(target__city__in=own)
        )
        tells_nothing = Q(kind=RelationKind.RELATED) & ~Q(source__city=F("target__city"))
        return readable.filter(open_ends | tells_nothing)
