"""Writes on the relations between write-ups. Each is one version of the write-up that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from practices.confirming import rounds
from practices.enums import Answer, RelationKind
from practices.models import Practice, Relation
from practices.models.relations import NO_LOOP
from practices.permissions import can_see_city

if TYPE_CHECKING:
    from accounts.models import User

MOST_RELATIONS = 30


class RelationNotPossibleError(Exception):
    """This relation cannot be; its text says why, in the reader's language."""


def relate(*, practice: Practice, to: Practice, kind: RelationKind, by: User) -> Relation:
    """Connect a write-up with another that `by` may read. The caller has checked that `by` may edit it."""
    if practice.pk == to.pk:
        raise RelationNotPossibleError(_("Das ist derselbe Beitrag. Bitte wählen Sie einen anderen."))
    if kind != RelationKind.RELATED and not can_see_city(by, to):
        # Nobody could see it, and whether it would close a circle could tell more than its readers may know.
        raise RelationNotPossibleError(
            _("Mit einem anonymen Beitrag einer anderen Stadt geht nur „ist verwandt mit“.")
        )
    with transaction.atomic(), pghistory.context(user=by.pk):
        row = _locked(practice)  # so that their number is sure
        if row.relations.count() >= MOST_RELATIONS:
            raise RelationNotPossibleError(
                _("Höchstens %(most)d Beziehungen sind möglich.") % {"most": MOST_RELATIONS}
            )
        try:
            with transaction.atomic():
                relation = Relation.objects.create(source=row, target=to, kind=kind)
        except IntegrityError as error:
            raise RelationNotPossibleError(_reason(error)) from error
        if kind == RelationKind.REPLACED_BY:
            rounds.close(practice=row, answer=Answer.REPLACED)
        _count_as_change(row, by)
    return relation


def replace(*, practice: Practice, by_practice: Practice, by: User) -> Relation:
    """Say that a write-up is replaced by another, instead of the one that replaced it before.

    RelationNotPossibleError where that cannot be. The caller has checked that `by` may edit `practice`.
    """
    with transaction.atomic(), pghistory.context(user=by.pk):
        _locked(practice)
        former = Relation.objects.filter(source=practice, kind=RelationKind.REPLACED_BY)
        if same := former.filter(target=by_practice).first():
            return same
        former.delete()
        return relate(practice=practice, to=by_practice, kind=RelationKind.REPLACED_BY, by=by)


def separate(*, relation: Relation, by: User) -> None:
    """Take a relation away. The caller has checked that `by` may edit an end that may do so."""
    with transaction.atomic(), pghistory.context(user=by.pk):
        row = _locked(relation.source)
        gone, _models = Relation.objects.filter(pk=relation.pk).delete()
        if gone:
            _count_as_change(row, by)


def _locked(practice: Practice) -> Practice:
    """The row as it is now; others may meanwhile connect theirs with it, else both could wait for ever."""
    return Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)


def _count_as_change(practice: Practice, by: User) -> None:
    Practice.objects.filter(pk=practice.pk).update(
        version=practice.version + 1, updated_by=by, updated_at=timezone.now()
    )


def _reason(error: IntegrityError) -> str:
    """What the database said, for people."""
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", "")
    if name == NO_LOOP:
        return _("Das gäbe einen Kreis: Der andere Beitrag hängt schon auf diese Weise von diesem ab.")
    if name == "relation_replaced_by_one":
        return _("Dieser Beitrag ist schon ersetzt. Nehmen Sie zuerst diese Angabe zurück.")
    if name in {"relation_once", "relation_related_once"}:
        return _("Diese Beziehung gibt es schon.")
    return _("Diese Beziehung ist nicht möglich. Vielleicht wurde der andere Beitrag gelöscht.")
