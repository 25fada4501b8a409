"""What adoptions have saved the network. Measured and estimated, yearly and one-off are never added up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from cities.permissions import city_ids_of, is_coordinator
from practices.adoption.numbers import measured
from practices.adoption.reading import Subject, subject_of
from practices.enums import Accuracy, Basis, FigureKind, Visibility
from practices.figures.amounts import Amount
from practices.figures.reading import Source, amount_text, common_accuracy, unit_of
from practices.models import AdoptionFigure
from practices.models.adoption import SAVINGS

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from practices.adoption.querysets import AdoptionFigureQuerySet

KINDS = [FigureKind.SAVING_YEARLY, FigureKind.SAVING_ONCE, FigureKind.SAVING_DAYS]


@dataclass(frozen=True)
class Total:
    """One sum, and how many entries of how many adoptions it is made of."""

    kind: str
    basis: str
    amount: str
    entries: int
    adoptions: int


@dataclass(frozen=True)
class Group:
    """What belongs to one kind of saving: measured first."""

    label: str
    totals: list[Total]


@dataclass(frozen=True)
class Record:
    """One amount with where it comes from. Of an anonymous write-up neither the adopter nor its own words."""

    kind: str
    basis: str
    amount: str
    period: str
    subject: Subject
    city: str
    url: str
    source: Source | None
    note: str


def savings_for(reader: User | AnonymousUser) -> AdoptionFigureQuerySet:
    return AdoptionFigure.objects.counted_for(reader).filter(kind__in=SAVINGS)


def groups_of(rows: AdoptionFigureQuerySet) -> list[Group]:
    """One query."""
    summed = rows.order_by().values("kind", "basis")
    found: dict[tuple[str, str], Any] = {
        (row["kind"], row["basis"]): row
        for row in summed.annotate(
            total=Sum("amount"),
            entries=Count("pk"),
            adoptions=Count("adoption", distinct=True),
            accuracies=ArrayAgg("accuracy", distinct=True),
        )
    }
    groups = [
        Group(str(kind.label), [_total(found[kind, basis]) for basis in Basis if (kind, basis) in found])
        for kind in KINDS
    ]
    return [group for group in groups if group.totals]


def _total(row: dict[str, Any]) -> Total:
    amount = Amount(row["total"], common_accuracy(row["accuracies"]))
    return Total(
        kind=row["kind"],
        basis=row["basis"],
        amount=amount.display(unit_of(row["kind"])),
        entries=row["entries"],
        adoptions=row["adoptions"],
    )


def records_of(rows: AdoptionFigureQuerySet, reader: User | AnonymousUser) -> list[Record]:
    related = rows.select_related("adoption__city", "adoption__practice__city", "adoption__block__city")
    return [_record(row, reader) for row in related]


def _record(row: Any, reader: User | AnonymousUser) -> Record:
    adoption = row.adoption
    is_open = _shows_adopter(adoption, reader)
    amount = amount_text(row.amount, Accuracy(row.accuracy), unit_of(row.kind))
    return Record(
        kind=row.get_kind_display(),
        basis=row.get_basis_display(),
        # What it comes to per inhabitant would tell how large an unnamed city is.
        amount=measured(amount, row, adoption.city.population) if is_open else amount,
        period=row.period if is_open else "",
        subject=subject_of(adoption, reader),
        city=adoption.city.name if is_open else _("eine Stadt im Netzwerk"),
        url=adoption.get_absolute_url() if is_open else "",
        source=Source.of(row.source) if is_open else None,
        note=row.note if is_open else "",
    )


def _shows_adopter(adoption: Any, reader: User | AnonymousUser) -> bool:
    practice = adoption.practice
    if practice is None or practice.visibility != Visibility.ANONYMOUS or is_coordinator(reader):
        return True
    return bool({practice.city_id, adoption.city_id} & set(city_ids_of(reader)))
