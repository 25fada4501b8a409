"""The section „OZG-Leistungen“ of the editor: which services a write-up is about."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from accounts.models import User
from practices.actions import KEEP, Links
from practices.forms.section import SectionForm
from practices.models import Practice
from topics.ozg.choosing import ServicesField


class ServicesForm(SectionForm):
    """Check boxes by Themenfeld; those of the write-up's topics are open."""

    services = ServicesField(
        label=gettext_lazy("Um welche Leistungen geht es?"),
        required=False,
        help_text=gettext_lazy(
            "Städte, die an derselben Leistung arbeiten, finden den Beitrag dann bei der Leistung."
        ),
    )

    class Meta:
        model = Practice
        fields: list[str] = []

    def __init__(self, data: Any = None, files: Any = None, *, practice: Practice, user: User) -> None:
        super().__init__(data, files, practice=practice, user=user)
        self._linked = {"services": sorted(link.service_id for link in practice.service_links.all())}
        self.initial.update(self._linked)
        field: Any = self.fields["services"]
        field.offer(
            kept=self._linked["services"],
            open_fields=[link.topic_id for link in practice.topic_links.all()],
        )

    def stored_values(self, stored: Practice) -> dict[str, Any]:
        return super().stored_values(stored) | self._linked

    @property
    def links(self) -> Links:
        is_changed = "services" in self.changed_names
        return Links(services=list(self.cleaned_data["services"]) if is_changed else KEEP)
