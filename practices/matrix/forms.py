"""The filters of the matrix, as they stand in the address. What does not fit is left out and told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cities.enums import SizeClass, State
from topics.tree import TopicNode, TopicTree

UNKNOWN = _("„%(value)s“ gibt es in diesem Filter nicht.")
TABLE = "liste"


class MatrixForm(forms.Form):
    """Which cities, and which part of the map."""

    marks_optional = False

    thema = forms.MultipleChoiceField(required=False, error_messages={"invalid_choice": UNKNOWN})
    land = forms.MultipleChoiceField(
        choices=State.choices, required=False, error_messages={"invalid_choice": UNKNOWN}
    )
    groesse = forms.MultipleChoiceField(
        choices=SizeClass.choices, required=False, error_messages={"invalid_choice": UNKNOWN}
    )
    form = forms.ChoiceField(
        choices=[(TABLE, TABLE)], required=False, error_messages={"invalid_choice": UNKNOWN}
    )

    def __init__(self, data: Any, *, tree: TopicTree) -> None:
        super().__init__(data)
        self.parts = [node for node in tree.live if any(not child.is_retired for child in node.children)]
        self.by_slug = {node.slug: node for node in self.parts}
        field: Any = self.fields["thema"]
        field.choices = [(node.slug, node.name) for node in self.parts]
        self.is_valid()

    def chosen(self, name: str) -> list[str]:
        field: Any = self.fields[name]
        valid = dict(field.choices)
        return [value for value in dict.fromkeys(self.data.getlist(name)) if value in valid]  # type: ignore[attr-defined]

    @property
    def branches(self) -> list[TopicNode]:
        """The chosen parts, without those that are in another one."""
        chosen = [self.by_slug[slug] for slug in self.chosen("thema")]
        return [node for node in chosen if not any(above in chosen for above in node.path[:-1])]

    @property
    def is_table(self) -> bool:
        return bool(self.cleaned_data.get("form"))
