"""Finding write-ups of different cities that seem to be about the same.

A job compares some at a time with all others, the newest first; each comparison costs what the list of
similar write-ups costs on a page, whatever the number of all.
"""

from __future__ import annotations

from contextlib import suppress

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from practices.enums import Kind, Visibility
from practices.models import Island, IslandLook, Practice, Relation
from practices.search_entry import SOURCE
from search.models import Audience
from search.reading import SearchTooSlow
from search.similar import likenesses

AT_A_TIME, MOST_EACH = 150, 3
LEAST_LIKENESS = 35  # percent of the words by their rarity
KINDS = [Kind.PLAN, Kind.PRACTICE, Kind.LESSON]


def look_for_islands(limit: int = AT_A_TIME) -> int:
    """Compare write-ups that are new or were changed since they were compared; how many pairs were found."""
    looked = IslandLook.objects.filter(practice=OuterRef("pk"), looked_at__gte=OuterRef("updated_at"))
    waiting = (
        Practice.objects.published()
        .filter(~Exists(looked), kind__in=KINDS)
        .exclude(visibility=Visibility.ANONYMOUS)
        .order_by("-updated_at")
    )
    return sum(_compare(practice) for practice in list(waiting.only("pk", "city")[:limit]))


def _compare(practice: Practice) -> int:
    found: list[tuple[int, int]] = []
    with suppress(SearchTooSlow):  # it counts as compared, else it would come first in every run and end it
        found = likenesses(SOURCE, practice.pk, audience=Audience.NETWORK, limit=MOST_EACH)
    near = {key: percent for key, percent in found if percent >= LEAST_LIKENESS}
    others = Practice.objects.published().filter(pk__in=near, kind__in=KINDS)
    others = others.exclude(visibility=Visibility.ANONYMOUS).exclude(city=practice.city_id)
    together = Q(partner_cities=practice.city_id) | Q(city__in=practice.partner_cities.all())
    ends = Q(source=OuterRef("pk"), target=practice) | Q(source=practice, target=OuterRef("pk"))
    others = others.exclude(together).exclude(Exists(Relation.objects.filter(ends)))
    made = 0
    for key in others.values_list("pk", flat=True):
        first, second = sorted([practice.pk, key])
        _island, is_new = Island.objects.get_or_create(
            first_id=first, second_id=second, defaults={"likeness": near[key]}
        )
        made += is_new
    IslandLook.objects.update_or_create(practice=practice, defaults={"looked_at": timezone.now()})
    return made
