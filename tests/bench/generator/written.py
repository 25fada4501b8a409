"""What the generator writes."""

from __future__ import annotations

from dataclasses import dataclass, field

from practices.models import Adoption, Practice, PracticeTopic, WorkflowStep


@dataclass(frozen=True)
class WriteUp:
    """A write-up with all rows that belong to it; tags are places in the list of tag names."""

    practice: Practice
    topics: list[PracticeTopic]
    steps: list[WorkflowStep]
    tags: list[int]
    partner_city_ids: list[int]
    adoptions: list[Adoption] = field(default_factory=list)
