"""Whoever has made a thing cannot take it over: what to say when a city becomes its maker afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from practices.models import Adoption
from practices.partial_dates import display

if TYPE_CHECKING:
    from cities.models import City
    from practices.adoption.querysets import AdoptionQuerySet
    from practices.models import Practice


def standing_against(*, practices: Iterable[int], cities: Iterable[int]) -> AdoptionQuerySet:
    """Open adoptions of these write-ups by these cities; none of the cities may be named as a maker."""
    rows = Adoption.objects.there().filter(practice__in=practices, city__in=cities)
    return rows.select_related("city").order_by("pk")


def refuse_adopters(practice: Practice, cities: Iterable[City]) -> None:
    """For forms: a ValidationError with a message for each of these cities that has taken it over."""
    keys = [city.pk for city in cities] if practice.pk else []
    found = standing_against(practices=[practice.pk], cities=keys) if keys else ()
    if messages := [refusal(adoption) for adoption in found]:
        raise ValidationError(messages)


def refusal(adoption: Adoption) -> str:
    """Which adoption stands against it, and what to do first."""
    message = _(
        "%(city)s hat diesen Beitrag übernommen (%(stage)s seit %(since)s); was eine Stadt selbst gemacht "
        "hat, kann sie nicht übernehmen. Ziehen Sie zuerst diese Übernahme zurück: Beim Beitrag steht sie "
        "unter „Wer es übernommen hat“. Das können Leitung und Verwaltung von %(city)s und die Koordination."
    )
    since = display(adoption.since)
    return message % {"city": adoption.city.name, "stage": adoption.get_stage_display(), "since": since}
