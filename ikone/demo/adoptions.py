"""Invented adoptions, of invented examples only and marked as such; none has a number."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from accounts.models import User
from cities.models import City
from ikone.demo import files
from practices.adoption import actions
from practices.adoption.actions import Standing
from practices.models import Adoption, BuildingBlock, Practice


def load(cities: Mapping[str, City], author_for: Callable[[City], User | None]) -> int:
    """Create what has never been there; returns how many.

    The history is asked by city and thing, so that an entry that somebody has deleted stays away.
    """
    known = _known()
    created = 0
    for row in files.read("adoptions")["adoption"]:
        model: type[Practice] | type[BuildingBlock] = BuildingBlock if "block" in row else Practice
        key = f"demo:{row.get('block') or row['practice']}"
        subject = model.objects.filter(external_id=key).first()
        city = cities.get(row["city"])
        by = author_for(city) if city else None
        if subject is None or city is None or by is None or (city.pk, model, subject.pk) in known:
            continue
        adoption = _enter(row["steps"], subject, city, by)
        Adoption.objects.filter(pk=adoption.pk).update(is_demo=True)
        created += 1
    return created


def _enter(steps: list[dict[str, str]], subject: Practice | BuildingBlock, city: City, by: User) -> Adoption:
    first, *others = steps
    adoption = actions.adopt(subject=subject, city=city, standing=_standing(first), by=by)
    for step in others:
        adoption = actions.move(adoption=adoption, standing=_standing(step), by=by)
    if steps[-1].get("confirmed"):
        actions.confirm(adoption=adoption, by=by)
    return adoption


def _standing(step: dict[str, str]) -> Standing:
    return Standing(step["stage"], step["since"], step.get("remark", ""))


def _known() -> set[tuple[int, type, int]]:
    events = Adoption.pgh_event_model.objects  # type: ignore[attr-defined]
    rows = events.values_list("city_id", "practice_id", "block_id").distinct()
    return {
        (city_id, Practice if practice_id else BuildingBlock, practice_id or block_id)
        for city_id, practice_id, block_id in rows
    }
