"""Rows that belong to the demo's write-ups: numbers, grants, products, opinions and relations."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile

from accounts.models import User
from ikone.demo.files import FOLDER
from ikone.demo.opinions import add_opinions
from practices.files.actions import attach
from practices.models import (
    Figure,
    Funding,
    Indicator,
    Practice,
    PracticeService,
    Relation,
    UsedProduct,
)
from topics.models import Service

ROWS: dict[str, Any] = {
    "figures": Figure,
    "indicators": Indicator,
    "fundings": Funding,
    "products": UsedProduct,
}


def add_rows(practice: Practice, content: dict[str, Any]) -> None:
    """What the file says of a write-up that was just created."""
    for name, model in ROWS.items():
        model.objects.bulk_create(
            model(practice=practice, **{key: _exact(value) for key, value in row.items()})
            for row in content.get(name, [])
        )
    services = Service.objects.filter(name__in=content.get("services", []))
    PracticeService.objects.bulk_create(PracticeService(practice=practice, service=one) for one in services)
    add_opinions(practice, content)
    if author := practice.created_by:
        _attach_files(practice, content, author)


def _attach_files(practice: Practice, content: dict[str, Any], author: User) -> None:
    for row in content.get("files", []):
        upload = ContentFile((FOLDER / "files" / row["file"]).read_bytes(), name=row["file"])
        attach(
            practice=practice,
            upload=upload,
            by=author,
            title=row["title"],
            alt_text=row.get("alt_text", ""),
        )


def _exact(value: Any) -> Any:
    return Decimal(str(value)) if isinstance(value, int | float) else value


def relate(created: Iterable[Practice], rows: dict[str, dict[str, Any]]) -> None:
    """The relations that a write-up created now has with those that are there; `rows` by external id."""
    new = {practice.external_id for practice in created}
    there = Practice.objects.in_bulk(list(rows), field_name="external_id")
    wanted = [
        (external_id, f"demo:{relation['to']}", relation["kind"])
        for external_id, row in rows.items()
        for relation in row.get("relations", [])
    ]
    for source, target, kind in wanted:
        if new & {source, target} and source in there and target in there:
            Relation.objects.create(source=there[source], target=there[target], kind=kind)
