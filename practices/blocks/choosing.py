"""A form field in which one types which building block is meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.models import BuildingBlock

if TYPE_CHECKING:
    from accounts.models import User
    from practices.blocks.querysets import BuildingBlockQuerySet

MOST_SUGGESTIONS = 8
ADDRESS = re.compile(r"(?:/bausteine/|#|^)(\d{1,18})(?:\D|$)")
LABEL = re.compile(r"(?P<title>.+) \((?P<city>[^()]+)\)")


def label_of(block: BuildingBlock) -> str:
    """„Leitfaden E-Akte (Trier)“."""
    return f"{block.title} ({block.city.name})"


def suggestions(reader: User, text: str) -> list[BuildingBlock]:
    """Blocks in service whose title contains what was typed so far."""
    typed = " ".join(text.replace("\x00", "").split())[:120]
    if not typed:
        return []
    return list(choosable(reader).filter(title__icontains=typed).order_by("title")[:MOST_SUGGESTIONS])


def choosable(reader: User) -> BuildingBlockQuerySet:
    """What can be taken up: everything that this person sees and that is still looked after."""
    return BuildingBlock.objects.visible_to(reader).exclude(status="retired").select_related("city")


class BlockField(forms.CharField):
    """Its value is the BuildingBlock that was named by title, address or number, or None."""

    default_error_messages = {
        "unknown": gettext_lazy("Einen Baustein „%(text)s“ gibt es nicht. Bitte prüfen Sie den Titel."),
        "several": gettext_lazy("Damit sind mehrere gemeint: %(labels)s. Bitte geben Sie einen davon ein."),
    }

    def __init__(self, *, reader: User, **options: Any) -> None:
        options.setdefault("label", _("Titel des Bausteins"))
        options.setdefault("max_length", 300)
        super().__init__(**options)
        self.reader = reader

    def clean(self, value: Any) -> BuildingBlock | None:
        text = super().clean(value)
        return self._meant(" ".join(text.split())) if text else None

    def _meant(self, text: str) -> BuildingBlock:
        blocks = choosable(self.reader)
        if (number := ADDRESS.search(text)) and (block := blocks.filter(pk=int(number[1])).first()):
            return block
        for found in (self._labelled(blocks, text), blocks.filter(title__iexact=text), self._like(text)):
            several = list(found[: MOST_SUGGESTIONS + 1])
            if len(several) == 1:
                return several[0]
            if several:
                labels = "; ".join(f"{label_of(block)} #{block.pk}" for block in several[:MOST_SUGGESTIONS])
                raise ValidationError(self.error_messages["several"], "several", {"labels": labels})
        raise ValidationError(self.error_messages["unknown"], "unknown", {"text": text[:80]})

    def _labelled(self, blocks: BuildingBlockQuerySet, text: str) -> BuildingBlockQuerySet:
        if not (parts := LABEL.fullmatch(text)):
            return blocks.none()
        return blocks.filter(title__iexact=parts["title"], city__name__iexact=parts["city"])

    def _like(self, text: str) -> BuildingBlockQuerySet:
        return choosable(self.reader).filter(title__icontains=text)
