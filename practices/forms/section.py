"""What the sections of the editor have in common."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from practices import actions
from practices.actions import Links
from practices.editing.moments import clock
from practices.enums import Status
from practices.forms.wording import EXAMPLES, HELP
from practices.models import Practice
from ui.forms import VersionedModelForm


class SectionForm(VersionedModelForm):
    """A part of the record that is saved on its own.

    `practice` is the row as it is stored; when saving, the caller holds its lock. A form with more than
    columns of the record extends `stored_values`, `links` or `save_section`.
    """

    marks_optional = False
    examples = EXAMPLES

    class Meta:
        model = Practice
        fields: list[str] = []

    def __init__(
        self, data: Any = None, files: Any = None, *, practice: Practice | None, user: User, **options: Any
    ) -> None:
        super().__init__(data, files, instance=practice, **options)
        self.user = user
        self.is_final = self.instance.status != Status.DRAFT  # what has left the draft stays complete
        for name, field in self.fields.items():
            if name in HELP:
                field.help_text = str(HELP[name])

    def stored_row(self) -> Practice:
        return self.instance  # read under its lock, and not yet changed

    def saved_by(self, stored: Practice) -> str:
        who = stored.updated_by or _("jemand anderes")
        return _("%(who)s um %(clock)s") % {"who": who, "clock": clock(stored.updated_at)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        # Each constraint would be a query; the forms check what people can mistype, with the same words.
        self._validate_constraints = False
        return cleaned

    @property
    def links(self) -> Links:
        """What the section says about topics, partners and key words."""
        return Links()

    def save_section(self, *, by: User) -> None:
        """Write what differs from the stored row; nothing at all where nothing does."""
        if self.changed_names:
            columns = [name for name in self.changed_names if name in (self._meta.fields or ())]
            actions.save(practice=self.instance, links=self.links, by=by, fields=columns)
