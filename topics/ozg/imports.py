"""What the last imports of the catalogue have changed, read from the history of its services."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from topics.models import Service

MARK = "catalogue_import"  # in the context of the events that an import leaves
MOST = 5


@dataclass(frozen=True)
class PastImport:
    """`by` is empty where a command has read the file or the account is gone."""

    at: dt.datetime
    by: str
    sections: list[tuple[str, list[str]]]  # names of services by what became of them


def past_imports() -> list[PastImport]:
    """The newest first. Three queries at most."""
    recorded: Any = Service
    marked = recorded.pgh_event_model.objects.filter(pgh_context__metadata__has_key=MARK)
    newest = marked.values("pgh_context").annotate(last=Max("pgh_id")).order_by("-last")[:MOST]
    of_context: dict[Any, list[Any]] = {row["pgh_context"]: [] for row in newest}
    events = marked.filter(pgh_context__in=list(of_context)).select_related("pgh_context")
    for event in events.order_by("pgh_id") if of_context else ():
        of_context[event.pgh_context_id].append(event)
    ids = {events[0].pgh_context.metadata.get("user") for events in of_context.values()} - {None}
    people = User.objects.in_bulk(ids) if ids else {}
    return [_import(events, people) for events in of_context.values()]


def _import(events: list[Any], people: dict[int, User]) -> PastImport:
    """One service may have several events: what it was before the first and is after the last counts."""
    of_service: defaultdict[int, list[Any]] = defaultdict(list)
    for event in events:
        of_service[event.pgh_obj_id].append(event)
    sections: dict[str, list[str]] = {
        _("Neu im Katalog"): [],
        _("Geändert"): [],
        _("Nicht mehr im Katalog"): [],
    }
    new, changed, gone = sections.values()
    for history in of_service.values():
        is_gone = history[-1].pgh_label == "delete" or history[-1].left_on is not None
        kind = gone if is_gone else new if history[0].pgh_label == "insert" else changed
        kind.append(history[-1].name)
    by = people.get(events[0].pgh_context.metadata.get("user"))
    shown = [(title, sorted(names)) for title, names in sections.items() if names]
    return PastImport(events[-1].pgh_created_at, str(by) if by else "", shown)
