"""Links of a write-up whose tables are made by others, tracked like the record itself."""

from __future__ import annotations

import pghistory
from django.db import models
from taggit.models import TaggedItem

from practices.models.practice import Practice


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), obj_field=None)
class PartnerCity(Practice.partner_cities.through):  # type: ignore[name-defined]
    """A city with which it was done together."""

    class Meta:
        proxy = True


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    obj_field=None,
    meta={"indexes": [models.Index(fields=["object_id"], name="practicetagevent_object")]},
)
class PracticeTag(TaggedItem):
    """A tag of something; `object_id` is the write-up's id."""

    class Meta:
        proxy = True
