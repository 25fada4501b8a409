"""One line of German for each row that belongs to a write-up."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from practices.figures.amounts import EURO, NBSP, PERCENT, shown
from practices.figures.reading import amount_text, unit_of
from practices.models import Attachment, Figure, Funding, Indicator, PracticeTopic, Relation, UsedProduct

NameOf = Callable[[str], str]


def topic(link: PracticeTopic, name_of: NameOf) -> str:
    name = name_of("topic")
    return _("%(name)s (wichtigstes Thema)") % {"name": name} if link.is_primary else name


def figure(row: Figure, _name_of: NameOf) -> str:
    amount = amount_text(row.amount, row.accuracy, unit_of(row.kind))
    details = _details(row.get_basis_display(), row.period, row.source, row.note)
    return f"{row.get_kind_display()}: {amount}{details}"


def indicator(row: Indicator, _name_of: NameOf) -> str:
    before = amount_text(row.before, row.before_accuracy, row.unit)
    after = amount_text(row.after, row.after_accuracy, row.unit)
    values = [
        _("vorher %(value)s") % {"value": before} if before else "",
        _("nachher %(value)s") % {"value": after} if after else "",
    ]
    said = ", ".join(value for value in values if value)
    return f"{row.name}: {said}{_details(row.get_basis_display(), row.period, row.source)}"


def funding(row: Funding, _name_of: NameOf) -> str:
    share = "" if row.share is None else f"{shown(row.share)}{NBSP}{PERCENT}"
    amount = amount_text(row.amount, row.accuracy, EURO)
    return row.programme + _details(amount, share, row.period, row.source)


def product(row: UsedProduct, _name_of: NameOf) -> str:
    return f"{row.product}: {row.purpose}" if row.purpose else row.product


def relation(row: Relation, name_of: NameOf) -> str:
    return f"{row.get_kind_display()}: {name_of('target')}"


def attachment(row: Attachment, _name_of: NameOf) -> str:
    name = f"{row.title} ({row.original_name})" if row.title else row.original_name
    if not row.alt_text:
        return name
    return _("%(name)s, Bildbeschreibung: %(text)s") % {"name": name, "text": row.alt_text}


def linked(foreign_key: str) -> Callable[[object, NameOf], str]:
    """A row that says no more than what it points at."""
    return lambda _row, name_of: name_of(foreign_key)


def _details(*parts: str) -> str:
    said = ", ".join(part for part in parts if part)
    return f" ({said})" if said else ""
