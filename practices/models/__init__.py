"""The record of what a city has learned, and what belongs to it. One module for each part of the record."""

from practices.models.practice import Practice, PracticeTopic, slug_of
from practices.models.workflow import WorkflowStep

__all__ = ["Practice", "PracticeTopic", "WorkflowStep", "slug_of"]
