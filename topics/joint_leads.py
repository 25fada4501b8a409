"""When two topics become one, each may bring a city that leads: who leads afterwards is for people to say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from cities.models import City
from notifications.undertakings import Refusal
from topics.enums import Engagement
from topics.models import Leadership


def would_lead(source_id: int, target_id: int) -> list[City]:
    """The cities of the network of which one or several are to be chosen; none where nothing is to be asked.

    That is so where the source brings no city that does not lead the target anyway, or the target has none.
    """
    rows = Leadership.objects.leading().in_network().filter(topic__in=[source_id, target_id])
    cities: dict[int, City] = {}
    by_topic: dict[int, set[int]] = {source_id: set(), target_id: set()}
    for row in rows.select_related("city").by_role():
        cities[row.city_id] = row.city
        by_topic[row.topic_id].add(row.city_id)
    is_open = by_topic[target_id] and by_topic[source_id] - by_topic[target_id]
    return list(cities.values()) if is_open else []


def check(source_id: int, target_id: int, leads: Collection[int]) -> list[int]:
    """Who of those that lead now is only to work on it; refuses a choice that does not fit any more."""
    candidates = [city.pk for city in would_lead(source_id, target_id)]
    if candidates and (not leads or not set(leads) <= set(candidates)):
        raise Refusal(
            _(
                "Wer die beiden Themen leitet, hat sich inzwischen geändert. "
                "Bitte sehen Sie sich die Vorschau noch einmal an."
            )
        )
    return [pk for pk in candidates if pk not in leads]


def step_back(target_id: int, cities: Collection[int], changed: list[dict[str, Any]]) -> None:
    """Let cities work on a topic that they lead; adds to `changed` what undoing the merge needs."""
    settled = {row["pk"] for row in changed}
    rows = Leadership.objects.leading().filter(topic=target_id, city__in=cities)
    for row in rows.select_for_update(no_key=True):
        # The version of a row that has taken something over in this merge has gone up already.
        if row.pk not in settled:
            changed.append({"pk": row.pk, "engagement": row.engagement, "version": row.version})
            row.version += 1
        row.engagement = Engagement.WORKS_ON
        row.save(update_fields=["engagement", "version"])


def roles_in_words(topic_id: int) -> str:
    """„federführend: 1, arbeitet mit: 2“, of the cities under a topic."""
    parts = Counter(Leadership.objects.filter(topic=topic_id).values_list("engagement", flat=True))
    return ", ".join(f"{role.label}: {parts[role]}" for role in Engagement if parts[role])
