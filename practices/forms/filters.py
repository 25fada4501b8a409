"""The filters of the list, as they stand in the address."""

from __future__ import annotations

from collections.abc import Container
from functools import lru_cache
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy

from cities.enums import SizeClass, State
from practices.blocks.enums import MARKS, BlockKind
from practices.enums import Kind, Phase
from practices.facets import YES
from practices.figures.costs import CostClass
from search.asked import with_words
from search.asking import Sort
from topics.tree import TopicNode, TopicTree

SORT_LABELS = {
    Sort.RELEVANCE: gettext_lazy("Beste Treffer zuerst"),
    Sort.NEWEST: gettext_lazy("Neueste zuerst"),
    Sort.CONFIRMED: gettext_lazy("Zuletzt bestätigt"),
    Sort.CITY: gettext_lazy("Ähnlichste Stadt zuerst"),
    Sort.USED: gettext_lazy("Am meisten übernommen"),
}


class ChoicesField(forms.MultipleChoiceField):
    """One that all forms share, as nothing changes it: to copy those of a list takes a millisecond a page."""

    def __deepcopy__(self, memo: dict[int, Any]) -> ChoicesField:
        return self


class SlugsField(forms.MultipleChoiceField):
    """Topics by the last part of their address. Known ones are looked up, never listed."""

    known: Container[str] = ()

    def valid_value(self, value: Any) -> bool:
        return value in self.known


class FilterForm(forms.Form):
    """Validates the address of the list. What is wrong is left out and said; the rest still filters."""

    marks_optional = False

    q = forms.CharField(label=gettext_lazy("Suchwörter"), max_length=200, required=False)
    thema = SlugsField(
        label=gettext_lazy("Thema"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Das Thema „%(value)s“ gibt es nicht mehr.")},
    )
    art = ChoicesField(
        label=gettext_lazy("Art"),
        choices=Kind.choices,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("„%(value)s“ ist keine Art von Beitrag.")},
    )
    stand = ChoicesField(
        label=gettext_lazy("Stand"),
        choices=Phase.choices,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("„%(value)s“ ist kein Stand.")},
    )
    land = ChoicesField(
        label=gettext_lazy("Bundesland"),
        choices=[(state.value, state.label) for state in sorted(State, key=lambda state: str(state.label))],
        required=False,
        error_messages={"invalid_choice": gettext_lazy("„%(value)s“ ist kein Bundesland.")},
    )
    groesse = ChoicesField(
        label=gettext_lazy("Größe der Stadt"),
        choices=SizeClass.choices,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("„%(value)s“ ist keine Größe.")},
    )
    kosten = ChoicesField(
        label=gettext_lazy("Kosten"),
        choices=[(str(cost.value), cost.label) for cost in CostClass if cost],
        required=False,
        error_messages={"invalid_choice": gettext_lazy("„%(value)s“ ist keine Angabe zu den Kosten.")},
    )
    themenfeld = SlugsField(
        label=gettext_lazy("OZG-Themenfeld"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Das Themenfeld „%(value)s“ gibt es nicht.")},
    )
    baustein = ChoicesField(
        label=gettext_lazy("Baustein zum Übernehmen"),
        choices=BlockKind.choices,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("„%(value)s“ ist keine Art von Baustein.")},
    )
    geprueft = ChoicesField(
        label=gettext_lazy("Geprüft"),
        choices=[(YES, gettext_lazy("von einer anderen Stadt geprüft"))],
        required=False,
        error_messages={"invalid_choice": gettext_lazy("„%(value)s“ gibt es in diesem Filter nicht.")},
    )
    uebernommen = ChoicesField(
        label=gettext_lazy("Übernommen"),
        choices=[(YES, gettext_lazy("von anderen Städten übernommen"))],
        required=False,
        error_messages={"invalid_choice": gettext_lazy("„%(value)s“ gibt es in diesem Filter nicht.")},
    )
    stadt = forms.CharField(label=gettext_lazy("Stadt"), max_length=140, required=False)
    wie = forms.CharField(label=gettext_lazy("Vergleichbare Städte"), max_length=140, required=False)
    wort = forms.BooleanField(label=gettext_lazy("Wörtlich suchen"), required=False)
    sortierung = forms.ChoiceField(
        label=gettext_lazy("Sortierung"),
        choices=[(sort.value, label) for sort, label in SORT_LABELS.items()],
        required=False,
        error_messages={"invalid_choice": gettext_lazy("„%(value)s“ ist keine Sortierung.")},
    )

    def __init__(self, data: Any, *, tree: TopicTree) -> None:
        super().__init__(data)
        self.by_slug = {node.slug: node for node in tree}
        self.service_fields = {node.slug: node for node in tree.service_fields}
        for name, known in (("thema", self.by_slug), ("themenfeld", self.service_fields)):
            field = self.fields[name]
            assert isinstance(field, SlugsField)  # noqa: S101  narrows the type
            field.known = known

    def clean_q(self) -> str:
        return with_words(self.cleaned_data["q"])

    def choices(self, name: str) -> list[tuple[str, str]]:
        """All values of a filter with what people call them."""
        return _choices(get_language(), name)

    def values(self, name: str) -> list[str]:
        """What was chosen validly; several values of a filter are checked one by one."""
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  narrows the type
        given = field.widget.value_from_datadict(self.data, self.files, name)
        return [value for value in dict.fromkeys(given) if field.valid_value(value)]

    @property
    def topics(self) -> list[TopicNode]:
        return [self.by_slug[slug] for slug in self.values("thema")]

    @property
    def chosen_service_fields(self) -> list[TopicNode]:
        return [self.service_fields[slug] for slug in self.values("themenfeld")]

    @property
    def marks(self) -> list[int]:
        """Kinds of building blocks, as entries hold them."""
        return [MARKS[BlockKind(value)] for value in self.values("baustein")]

    @property
    def sort(self) -> Sort:
        """As chosen; else the best hits first where words are searched, and the newest where none are."""
        chosen = self.cleaned_data.get("sortierung")
        text = self.cleaned_data.get("q")
        if chosen == Sort.CITY and not self.cleaned_data.get("wie"):
            chosen = ""
        if chosen and (text or chosen != Sort.RELEVANCE):
            return Sort(chosen)
        return Sort.RELEVANCE if text else Sort.NEWEST


@lru_cache
def _choices(_language: str | None, name: str) -> list[tuple[str, str]]:
    """Remembered, since to translate the labels of all filters takes a millisecond a page."""
    field: Any = FilterForm.base_fields[name]
    return [(str(value), str(label)) for value, label in field.choices]
