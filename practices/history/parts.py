"""The tables beside the write-up's own that belong to its record: one entry for each.

A part's model is tracked by pghistory. What else a version must know of it stands here: how a row is said in
German, and which columns tell two rows of one write-up apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Field, ForeignKey, Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from practices.history import lines
from practices.history.lines import NameOf
from practices.models import (
    Attachment,
    Figure,
    Funding,
    Indicator,
    PartnerCity,
    Practice,
    PracticeBlock,
    PracticeService,
    PracticeTag,
    PracticeTopic,
    Relation,
    UsedProduct,
)

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """Rows of one model that belong to a write-up.

    `say(thing, name_of)` gives one line for a row: `thing` is an unsaved instance with the values of then,
    and `name_of("topic")` the name of what its foreign key pointed at. `key` are the columns that identify a
    row within a write-up, `owner` the column with the write-up's id.
    """

    name: str
    label: str | Promise
    model: type[Model]
    say: Callable[[Any, NameOf], str]
    key: tuple[str, ...] = ("id",)
    owner: str = "practice_id"
    is_generic: bool = False
    # Columns that are bookkeeping: a change of them alone is no new version.
    silent: frozenset[str] = frozenset()

    @cached_property
    def event_model(self) -> Any:
        model: Any = self.model
        return model.pgh_event_model

    @cached_property
    def columns(self) -> tuple[Field, ...]:
        """What of a row is content."""
        recorded = {field.name for field in self.event_model._meta.concrete_fields}
        own = {self.owner, "content_type_id", "object_id"}
        return tuple(
            field
            for field in self.model._meta.concrete_fields
            if field.name in recorded
            and field.name not in self.silent
            and not field.primary_key
            and field.attname not in own
        )

    @cached_property
    def foreign_keys(self) -> tuple[ForeignKey, ...]:
        return tuple(field for field in self.columns if isinstance(field, ForeignKey))

    def owned_by(self, practice: Practice) -> dict[str, Any]:
        """Column values that rows of this write-up have, in the events as in the table."""
        owned: dict[str, Any] = {self.owner: practice.pk}
        if self.is_generic:
            owned["content_type_id"] = ContentType.objects.get_for_model(Practice).pk
        return owned

    def thing(self, values: Values) -> Model:
        return self.model(**values)


def target_of(foreign_key: ForeignKey) -> type[Model]:
    """The model that it points at."""
    model = foreign_key.related_model
    assert isinstance(model, type)  # noqa: S101  never by name or "self" once all models are loaded
    return model


TOPICS = Part("topics", gettext_lazy("Themen"), PracticeTopic, lines.topic, key=("topic_id",))
PARTNERS = Part(
    "partners", gettext_lazy("Partnerstädte"), PartnerCity, lines.linked("city"), key=("city_id",)
)
TAGS = Part(
    "tags",
    gettext_lazy("Schlagwörter"),
    PracticeTag,
    lines.linked("tag"),
    key=("tag_id",),
    owner="object_id",
    is_generic=True,
)

PARTS = [
    TOPICS,
    PARTNERS,
    TAGS,
    Part(
        "services",
        gettext_lazy("OZG-Leistungen"),
        PracticeService,
        lines.linked("service"),
        key=("service_id",),
    ),
    Part("figures", gettext_lazy("Kosten, Aufwand und Ersparnis"), Figure, lines.figure),
    Part("indicators", gettext_lazy("Kennzahlen"), Indicator, lines.indicator),
    Part("fundings", gettext_lazy("Förderung"), Funding, lines.funding),
    Part("products", gettext_lazy("Eingesetzte Produkte"), UsedProduct, lines.product),
    Part(
        "relations",
        gettext_lazy("Beziehungen zu anderen Beiträgen"),
        Relation,
        lines.relation,
        key=("target_id", "kind"),
        owner="source_id",
    ),
    Part("blocks", gettext_lazy("Bausteine"), PracticeBlock, lines.linked("block"), key=("block_id",)),
    Part(
        "attachments",
        gettext_lazy("Dateien"),
        Attachment,
        lines.attachment,
        key=("stored_id",),
        silent=frozenset({"position", "uploaded_by", "uploaded_at"}),
    ),
]
