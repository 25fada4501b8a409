"""The relations of a write-up in words, from its own side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from practices.enums import RelationKind, Status
from practices.models import slug_of
from practices.permissions import can_see_city

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


@dataclass(frozen=True)
class Other:
    """The write-up at the other end; `relation` is the number of the row between them."""

    relation: int
    title: str
    url: str
    city: str
    is_archived: bool


@dataclass(frozen=True)
class Group:
    """All write-ups that are connected in the same way."""

    label: str
    others: list[Other]


@dataclass(frozen=True)
class Relations:
    """All relations; `own` are those that stand in this write-up, `successor` is what replaces it."""

    groups: list[Group]
    own: list[Group]
    successor: Other | None

    @classmethod
    def of(cls, practice: Any, reader: User | AnonymousUser) -> Relations:
        """`practice` comes from `with_relations_for(reader)`."""
        outgoing, incoming = _by_kind(practice.outgoing, reader), _by_kind(practice.incoming, reader)
        related = outgoing[RelationKind.RELATED] + incoming[RelationKind.RELATED]
        replaced_by = outgoing[RelationKind.REPLACED_BY]
        parts, builders = incoming[RelationKind.PART_OF], incoming[RelationKind.BUILDS_ON]
        own = [
            Group(_("Ersetzt durch"), replaced_by),
            Group(_("Teil von"), outgoing[RelationKind.PART_OF]),
            Group(_("Baut auf"), outgoing[RelationKind.BUILDS_ON]),
        ]
        from_others = [
            Group(_("Ersetzt"), incoming[RelationKind.REPLACED_BY]),
            Group(ngettext("Dazu gehört", "Dazu gehören", len(parts)), parts),
            Group(ngettext("Darauf baut auf", "Darauf bauen auf", len(builders)), builders),
        ]
        return cls(
            groups=_filled([*own, *from_others, Group(_("Verwandt"), related)]),
            own=_filled([*own, Group(_("Verwandt"), outgoing[RelationKind.RELATED])]),
            successor=replaced_by[0] if replaced_by else None,
        )


def _filled(groups: list[Group]) -> list[Group]:
    return [group for group in groups if group.others]


class Row(NamedTuple):
    """What the query has read of a relation and its far end."""

    relation: int
    pk: int
    title: str
    city_id: int
    city_name: str
    visibility: str
    status: str


def _by_kind(rows: Sequence[dict[str, Any]], reader: User | AnonymousUser) -> dict[RelationKind, list[Other]]:
    found: dict[RelationKind, list[Other]] = {kind: [] for kind in RelationKind}
    for row in rows:
        far_end = Row(**{name: row[name] for name in Row._fields})
        found[RelationKind(row["kind"])].append(_other(far_end, reader))
    return found


def _other(row: Row, reader: User | AnonymousUser) -> Other:
    return Other(
        relation=row.relation,
        title=row.title,
        url=reverse("practices:detail", args=[row.pk, slug_of(row.title)]),
        city=row.city_name if can_see_city(reader, row) else _("eine Stadt im Netzwerk"),
        is_archived=row.status == Status.ARCHIVED,
    )
