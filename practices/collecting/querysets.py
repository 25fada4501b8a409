"""Which collections a person may open, and where a thing is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import JSONObject

from cities.permissions import is_member

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from practices.models import Collection


class CollectionQuerySet(models.QuerySet["Collection"]):
    def of(self, person: User | AnonymousUser) -> CollectionQuerySet:
        return self.filter(owner=person.pk)

    def readable_by(self, person: User | AnonymousUser) -> CollectionQuerySet:
        """The own ones, those that name the person, and for members those of the network."""
        if not person.is_authenticated:
            return self.none()
        return self.filter(Q(owner=person.pk) | self._shared(person))

    def shared_with(self, person: User | AnonymousUser) -> CollectionQuerySet:
        """Those of others."""
        return self.filter(self._shared(person)).exclude(owner=person.pk)

    def _shared(self, person: User | AnonymousUser) -> Q:
        readers: Any = self.model._meta.get_field("readers").related_model
        named = Q(Exists(readers.objects.filter(collection=OuterRef("pk"), person=person.pk)))
        to_them = Q(audience="named") & named
        return to_them | Q(audience="network") if is_member(person) else to_them

    def for_list(self) -> CollectionQuerySet:
        """With the `number` of items and the owner."""
        return self.select_related("owner").annotate(number=Count("items"))

    def keeping(self, person: User | AnonymousUser, name: str) -> ArraySubquery:
        """For a query of things: the person's collections with each, as JSON. `name` is the item's field."""
        own = self.of(person).filter(**{f"items__{name}": OuterRef("pk")}).order_by("title", "pk")
        return ArraySubquery(own.values(kept=JSONObject(pk="pk", title="title")))
