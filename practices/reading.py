"""Write-ups with everything that is shown of them, for one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Prefetch, QuerySet

from cities.permissions import is_member
from practices.models import Adoption, Collection, ContactRequest, Practice, PracticeTopic, Review
from practices.reuse.reading import product_pages
from practices.reviews.permissions import leads_a_topic

if TYPE_CHECKING:
    from collections.abc import Collection as Keys

    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


def whole_for(user: User | AnonymousUser) -> QuerySet[Any]:
    """What this person may read, each as `practices.profile.Profile.of` needs it."""
    rows = Practice.objects.for_page().with_partner_ids().with_relations_for(user).visible_to(user)
    if is_member(user):
        rows = rows.annotate(product_pages=product_pages())
    return rows.annotate(
        said=Review.objects.of_practice(),
        leads_topic=leads_a_topic(user),
        asked=ContactRequest.objects.latest_of(user),
        adoption_rows=Adoption.objects.as_rows(user, practice=OuterRef("pk")),
        confirmed_anew=Adoption.objects.confirmed_anew(user, practice=OuterRef("pk")),
        own_adoptions=Adoption.objects.own_row(user, practice=OuterRef("pk")),
        kept_in=Collection.objects.all().keeping(user, "practice"),
    )


def several_for(user: User | AnonymousUser, ids: Keys[int], *, with_partners: bool = False) -> list[Any]:
    """Those of them that this person may read, in the order of `ids`.

    Two queries, however many; a third for the partner cities, without which each would ask for its own.
    """
    topics = Prefetch("topic_links", PracticeTopic.objects.select_related("topic"))
    rows = whole_for(user).filter(pk__in=ids).prefetch_related(topics)
    if with_partners:
        rows = rows.prefetch_related("partner_cities")
    found = {row.pk: row for row in rows}
    return [found[key] for key in ids if key in found]
