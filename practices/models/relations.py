"""How write-ups are connected. A relation is stored once and reads from both sides."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from practices.enums import RelationKind
from practices.models.practice import Practice
from practices.relations.querysets import RelationQuerySet

NO_LOOP = "relation_no_loop"

# Of two people who would close a circle together, the second waits for the first and then sees their row.
REFUSE_LOOP = """
    IF NEW.kind = '{related}' THEN RETURN NEW; END IF;
    PERFORM pg_advisory_xact_lock('practices_relation'::regclass::integer, hashtext(NEW.kind));
    IF EXISTS (
        WITH RECURSIVE onward AS (
            SELECT NEW.target_id AS id
            UNION
            SELECT next.target_id FROM practices_relation AS next JOIN onward ON next.source_id = onward.id
            WHERE next.kind = NEW.kind AND next.id IS DISTINCT FROM NEW.id
        )
        SELECT FROM onward WHERE id = NEW.source_id
    ) THEN
        RAISE EXCEPTION 'a circle of relations' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
    END IF;
    RETURN NEW;
"""


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Relation(models.Model):
    """`source` is replaced by, builds on, is part of or is related to `target`."""

    source = models.ForeignKey(Practice, models.CASCADE, related_name="relations")
    target = models.ForeignKey(Practice, models.CASCADE, related_name="incoming_relations")
    kind = models.CharField(_("Wie hängen sie zusammen?"), max_length=11, choices=RelationKind.choices)

    objects = RelationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=RelationKind.values), name="relation_kind_known"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="relation_not_to_itself"),
            models.UniqueConstraint(fields=["source", "target", "kind"], name="relation_once"),
            models.UniqueConstraint(
                Least("source", "target"),
                Greatest("source", "target"),
                condition=Q(kind=RelationKind.RELATED),
                name="relation_related_once",
            ),
            models.UniqueConstraint(
                fields=["source"],
                condition=Q(kind=RelationKind.REPLACED_BY),
                name="relation_replaced_by_one",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="no_loop",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=REFUSE_LOOP.format(related=RelationKind.RELATED.value, name=NO_LOOP),
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} · {self.get_kind_display()} · {self.target}"
