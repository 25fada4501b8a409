"""An old version becomes the newest: one more version, and nothing of the later ones is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from practices import actions
from practices.actions import Links
from practices.adoption.makers import refusal, standing_against
from practices.enums import Status
from practices.history import states, timeline
from practices.history.comparison import Comparison, line_of, side_by_side
from practices.history.fields import KEPT, content_fields, label_of, recorded_fields
from practices.history.parts import PARTNERS, PARTS, TAGS, TOPICS, Part, Values, target_of
from practices.history.states import State
from practices.models import Practice
from practices.sections import missing_fields
from ui.richtext import MARKUP, clean

if TYPE_CHECKING:
    from accounts.models import User

LINKS = (TOPICS, PARTNERS, TAGS)  # `actions.save` writes these


class NoSuchVersionError(Exception):
    """There is no version with this number."""


class ChangedMeanwhileError(Exception):
    """There is a newer version than the one that was shown."""


class NotRestorableError(Exception):
    """The old version may not become the newest; `reasons` say why, beside those of its plan."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Plan:
    """What restoring would do."""

    old: State
    newest: State
    comparison: Comparison  # from what is to what would be
    kept: list[str]  # labels of what differs and stays as it is today
    lost: list[str]  # what cannot come back, because what it pointed at is gone
    hindrances: list[str]  # why it cannot be done at all

    @property
    def is_possible(self) -> bool:
        return not self.hindrances and bool(self.comparison.differences)


def plan(*, practice: Practice, number: int, reader: User) -> Plan:
    """Raises NoSuchVersionError. `practice` is left as it is."""
    versions = timeline.read(practice)
    if not 0 < number <= len(versions):
        raise NoSuchVersionError
    old, newest = states.read([versions[number - 1], versions[-1]], reader)
    return Plan(
        old,
        newest,
        comparison=side_by_side(newest, old, content_only=True),
        kept=[
            label_of(field)
            for field in recorded_fields()
            if field.name in KEPT and old.values[field.attname] != newest.values[field.attname]
        ],
        lost=[
            f"{part.label}: {line_of(part, old, values)}"
            for part in PARTS
            for values in _new_rows(part, old, newest)
            if not _can_come_back(part, old, values)
        ],
        hindrances=_hindrances(practice, old, newest),
    )


def restore(*, practice: Practice, number: int, seen: int, by: User) -> list[str]:
    """Bring back the content of a version; returns what could not come back after all.

    `seen` is the number of the version that was the newest when its author looked. Raises NoSuchVersionError,
    ChangedMeanwhileError and NotRestorableError.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, restored=number):
        practice = Practice.objects.select_related("city").select_for_update(of=("self",)).get(pk=practice.pk)
        planned = plan(practice=practice, number=number, reader=by)
        if planned.newest.version.number != seen:
            raise ChangedMeanwhileError
        if not planned.is_possible:
            raise NotRestorableError([])
        lost = [
            line for part in PARTS if part not in LINKS for line in _restore_rows(practice, part, planned.old)
        ]
        fields = _apply(practice, planned.old)
        _validate(practice)
        actions.save(practice=practice, links=_links(planned.old, planned.newest), by=by, fields=fields)
    return planned.lost + lost


def _apply(practice: Practice, old: State) -> list[str]:
    """Put the old values on the write-up; names of the fields that differ."""
    changed = []
    for field in content_fields():
        value = old.values[field.attname]
        if isinstance(value, str) and MARKUP.search(value) and field.get_internal_type() == "TextField":
            value = clean(value)  # what is allowed in texts may have become less since
        if getattr(practice, field.attname) != value:
            setattr(practice, field.attname, value)
            changed.append(field.name)
    return changed


def _hindrances(practice: Practice, old: State, newest: State) -> list[str]:
    """What publishing would refuse, or a choice that is no longer offered."""
    changed = copy(practice)
    _apply(changed, old)
    if changed.status not in {Status.DRAFT, Status.ARCHIVED}:
        absent = [_label_of_missing(name) for name in missing_fields(changed) if name != "topics"]
        if not any(link["is_primary"] for link in _rows_to_be(TOPICS, old, newest)):
            absent.append(_("Wichtigstes Thema"))
        if absent:
            return [_("Es fehlt: %(what)s") % {"what": ", ".join(absent)}]
    if partners := [row["city_id"] for row in _new_rows(PARTNERS, old, newest)]:
        against = standing_against(practices=[practice.pk], cities=partners)
        if reasons := [refusal(adoption) for adoption in against]:
            return reasons
    left_alone = {each.name for each in Practice._meta.fields} - {each.name for each in content_fields()}
    try:
        changed.clean_fields(exclude=left_alone)
    except ValidationError as error:
        return list(error.messages)
    return []


def _validate(practice: Practice) -> None:
    """A query for each of the database's rules, so only when it is meant."""
    try:
        practice.validate_constraints()
    except ValidationError as error:
        raise NotRestorableError(list(error.messages)) from error


def _label_of_missing(name: str) -> str:
    if name == "contact_email":
        return _("E-Mail-Adresse oder Telefon der Ansprechstelle")
    return next(label_of(field) for field in content_fields() if field.name == name)


def _by_key(part: Part, state: State) -> dict[Any, Values]:
    return {tuple(row[name] for name in part.key): row for row in state.rows(part.name).values()}


def _new_rows(part: Part, old: State, newest: State) -> Iterator[Values]:
    """Rows of the old version that the newest does not have."""
    present = _by_key(part, newest)
    return (row for key, row in _by_key(part, old).items() if key not in present)


def _can_come_back(part: Part, old: State, row: Values) -> bool:
    return all(old.names.exists(target_of(each), row[each.attname]) for each in part.foreign_keys)


def _rows_to_be(part: Part, old: State, newest: State) -> list[Values]:
    present = _by_key(part, newest)
    return [
        row
        for key, row in sorted(_by_key(part, old).items())
        if key in present or _can_come_back(part, old, row)
    ]


def _links(old: State, newest: State) -> Links:
    topics, partners, tags = (_targets(part, _rows_to_be(part, old, newest)) for part in LINKS)
    primary = {row["topic_id"] for row in _rows_to_be(TOPICS, old, newest) if row["is_primary"]}
    return Links(
        primary_topic=next((topic for topic in topics if topic.pk in primary), None),
        further_topics=[topic for topic in topics if topic.pk not in primary],
        partner_cities=partners,
        tags=[tag.name for tag in tags],
    )


def _targets(part: Part, rows: list[Values]) -> list[Any]:
    (foreign_key,) = part.foreign_keys
    keys = {row[foreign_key.attname] for row in rows}
    return list(target_of(foreign_key)._base_manager.filter(pk__in=keys))


def _restore_rows(practice: Practice, part: Part, old: State) -> Iterator[str]:
    """Make the part's rows those of the old version; yields what the database refused, in words."""
    wanted = _by_key(part, old)
    present = {
        tuple(getattr(row, name) for name in part.key): row
        for row in part.model._base_manager.filter(**part.owned_by(practice))
    }
    for key in present.keys() - wanted.keys():
        present[key].delete()
    for key, values in wanted.items():
        row = present.get(key)
        if row is None and not _can_come_back(part, old, values):
            continue
        if not _write(part, row, {**values, **part.owned_by(practice)}):
            yield f"{part.label}: {line_of(part, old, values)}"


def _write(part: Part, row: Any, values: Mapping[str, Any]) -> bool:
    try:
        with transaction.atomic():
            if row is None:
                part.thing(values).save(force_insert=True)
            elif changed := [
                each for each in part.columns if getattr(row, each.attname) != values[each.attname]
            ]:
                for each in changed:
                    setattr(row, each.attname, values[each.attname])
                row.save(update_fields=[each.name for each in changed])
    except IntegrityError:
        return False
    return True
