"""Why a city is asked to confirm once more: what was changed since it did, read from the recorded events."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, TextField
from django.db.models.functions import Cast, JSONObject
from django.utils.translation import gettext as _

from practices.adoption.compact import FIGURE, figure_of
from practices.adoption.enums import Stage
from practices.figures.reading import amount_text, unit_of
from practices.models import Adoption, AdoptionFigure
from practices.partial_dates import display

STANDING = ["stage", "since", "remark"]


@dataclass(frozen=True)
class Reason:
    """`text` says why it is to be confirmed once more; `changes` what each was before and is now."""

    text: str
    changes: tuple[str, ...] = ()


def reason_for(adoption: Adoption) -> Reason | None:
    """None where it was never confirmed, or need not be confirmed now."""
    return reasons_for([adoption]).get(adoption.pk)


def reasons_for(adoptions: Iterable[Adoption]) -> dict[int, Reason]:
    """By id. One query, and none where nothing was changed after it had been confirmed."""
    found: dict[int, Reason] = {}
    anew = []
    for adoption in adoptions:
        if adoption.is_overdue:
            found[adoption.pk] = Reason(_("Die jährliche Frage: Gilt das noch?"))
        elif adoption.confirmed_on is None and adoption.first_confirmed_on and not adoption.withdrawn_at:
            anew.append(adoption.pk)
    return found | {key: _reason(row) for key, row in _since_confirmed(anew).items()}


def _since_confirmed(ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """What was confirmed last, beside what is there now."""
    if not ids:
        return {}
    events: Any = Adoption.pgh_event_model  # type: ignore[attr-defined]
    confirmed = events.objects.filter(pgh_obj__in=ids, confirmed_on__isnull=False)
    rows = (
        confirmed.order_by("pgh_obj_id", "-pgh_id")
        .distinct("pgh_obj_id")
        .values_list(
            "pgh_obj_id",
            JSONObject(
                then=JSONObject(**{name: F(name) for name in STANDING}, figures=_figures_then()),
                now=JSONObject(**{name: F(f"pgh_obj__{name}") for name in STANDING}, figures=_figures_now()),
            ),
        )
    )
    return dict(rows)


def _figures_then() -> ArraySubquery:
    events: Any = AdoptionFigure.pgh_event_model  # type: ignore[attr-defined]
    until = events.objects.filter(
        adoption=OuterRef("pgh_obj"), pgh_created_at__lte=OuterRef("pgh_created_at")
    )
    newest = until.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
    return ArraySubquery(newest.values(row=_figure(key=F("pgh_obj_id"), label=F("pgh_label"))))


def _figures_now() -> ArraySubquery:
    figures = AdoptionFigure.objects.filter(adoption=OuterRef("pgh_obj")).order_by("pk")
    return ArraySubquery(figures.values(row=_figure(key=F("pk"))))


def _figure(**more: F) -> JSONObject:
    columns: dict[str, Any] = {name: F(name) for name in FIGURE}
    return JSONObject(amount=Cast("amount", TextField()), **columns, **more)


def _reason(row: dict[str, Any]) -> Reason:
    then, now = row["then"], row["now"]
    changes = [
        _said(_("Stand"), _standing(then), _standing(now)),
        _said(_("Kurz dazu"), then["remark"], now["remark"]),
        *_changed_figures(then["figures"] or [], now["figures"] or []),
    ]
    if told := tuple(change for change in changes if change):
        return Reason(_("Seit der letzten Bestätigung geändert:"), told)
    return Reason(_("Nichts geändert, aber die frühere Bestätigung gilt nicht mehr. Stimmt es noch?"))


def _standing(row: dict[str, Any]) -> str:
    return _("%(stage)s seit %(since)s") % {
        "stage": Stage(row["stage"]).label,
        "since": display(row["since"]),
    }


def _changed_figures(then: list[dict[str, Any]], now: list[dict[str, Any]]) -> list[str]:
    """Row by row; where a row has become an amount of another kind, the one went and the other is new."""
    before = {(row["key"], row["kind"]): row for row in then if row.get("label") != "delete"}
    after = {(row["key"], row["kind"]): row for row in now}
    keys = sorted({*before, *after})
    return [_said_figure(before.get(key), after.get(key)) for key in keys]


def _said_figure(before: dict[str, Any] | None, after: dict[str, Any] | None) -> str:
    texts = [_amount(row) if row else "" for row in (before, after)]
    known: Any = after or before
    return _said(str(_plain(known).get_kind_display()), *texts)


def _plain(row: dict[str, Any]) -> AdoptionFigure:
    return figure_of({name: row[name] for name in [*FIGURE, "amount"]})


def _amount(row: dict[str, Any]) -> str:
    figure = _plain(row)
    parts = [
        amount_text(figure.amount, figure.accuracy, unit_of(figure.kind)),
        figure.get_basis_display(),
        figure.period,
        figure.source,
        figure.note,
    ]
    return ", ".join(str(part) for part in parts if part)


def _said(what: str, before: str, after: str) -> str:
    """Nothing where both say the same."""
    if before == after:
        return ""
    words = {"what": what, "before": before, "after": after}
    if not before:
        return _("%(what)s: neu %(after)s") % words
    if not after:
        return _("%(what)s: entfernt, vorher %(before)s") % words
    return _("%(what)s: vorher %(before)s – jetzt %(after)s") % words
