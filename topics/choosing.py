"""Form fields with which one chooses topics: the map as an indented select, grouped by root."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

from django import forms
from django.forms.models import ModelChoiceIterator
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from topics.models import Topic
from topics.tree import TopicNode, TopicTree

# Room and no sign: whoever types the name of a topic into a select gets there, and nobody hears dashes.
INDENT = "\N{EM SPACE}"
GONE = _("Dieses Thema gibt es nicht mehr. Bitte wählen Sie ein anderes.")
Branch = tuple[str, list[tuple[int, str]]]  # a root's name, and key and label of each topic

BOX = (
    '<div class="kern-form-check">'
    '<input type="checkbox" class="kern-form-check__checkbox" name="{}" value="{}" id="{}_{}"{}>'
    '<label class="kern-label" for="{}_{}">{}</label></div>'
)


class RetiredLabel(str):
    """The label of a retired topic; it is offered only where it is chosen already."""

    __slots__ = ()


def _is_open(value: Any, label: str, chosen: set[str]) -> bool:
    return not isinstance(label, RetiredLabel) or str(value) in chosen


class TopicSelect(forms.Select):
    """A select that is written in one go: a template for each of some hundred options takes far longer."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = set(self.format_value(value))
        options = format_html_join("", "{}", ((self._part(part, chosen),) for part in self.choices))
        drawn = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        return format_html("<select{}>{}</select>", drawn, options)

    def _part(self, part: Any, chosen: set[str]) -> SafeString:
        value, label = part
        if not isinstance(label, list):
            return self._option(value, label, chosen)
        options = [self._option(key, text, chosen) for key, text in label if _is_open(key, text, chosen)]
        inside = mark_safe("".join(options))  # noqa: S308  escaped
        if not options:
            return inside
        return format_html('<optgroup label="{}">{}</optgroup>', value, inside)

    def _option(self, value: Any, label: str, chosen: set[str]) -> SafeString:
        selected = mark_safe(" selected") if str(value) in chosen else ""
        return format_html('<option value="{}"{}>{}</option>', value, selected, label)


class TopicBoxes(forms.CheckboxSelectMultiple):
    """Check boxes by root, written in one go as well."""

    draws_itself = True

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = set(self.format_value(value))
        base = str((attrs or {}).get("id", f"id_{name}"))
        number = 0
        parts = []
        for root, options in cast("Iterator[Branch]", self.choices):
            offered = [(key, label) for key, label in options if _is_open(key, label, chosen)]
            if offered:
                parts.append(format_html('<p class="kern-label kern-label--small">{}</p>', root))
            for key, label in offered:
                checked = mark_safe(" checked") if str(key) in chosen else ""
                names = (name, key, base, number, checked, base, number, label)
                parts.append(format_html(BOX, *names))
                number += 1
        return mark_safe("".join(parts))  # noqa: S308  each part is escaped


class TreeChoices(ModelChoiceIterator):
    """The choices of a topic field: one group a root, sub-topics set in with dashes. One query."""

    field: TopicField | TopicsField

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        for root in (self.field.tree or TopicTree.load()).roots:
            offered = [node for node in root.branch if self.field.is_offered(node)]
            if offered:
                yield (root.name, [self.option(node) for node in offered])

    def option(self, node: TopicNode) -> tuple[int, str]:
        label = f"{INDENT * (node.depth - 1)}{node.name}"
        if node.is_retired:
            return node.id, RetiredLabel(_("%(topic)s (stillgelegt)") % {"topic": label})
        return node.id, label


class TopicField(forms.ModelChoiceField):
    """One topic. Set `tree` to a loaded one to save the query, `is_offered` to leave some out."""

    iterator = TreeChoices
    tree: TopicTree | None = None
    is_offered: Callable[[TopicNode], bool] = staticmethod(lambda node: True)
    default_error_messages = {"invalid_choice": GONE}

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Thema"))
        options.setdefault("empty_label", _("Bitte wählen"))
        options.setdefault("widget", TopicSelect)
        super().__init__(Topic.objects.all(), **options)


class TopicsField(forms.ModelMultipleChoiceField):
    """Several topics, as a multiple select or check boxes."""

    iterator = TreeChoices
    tree: TopicTree | None = None
    is_offered: Callable[[TopicNode], bool] = staticmethod(lambda node: True)
    default_error_messages = {"invalid_choice": GONE, "invalid_pk_value": GONE}

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Themen"))
        super().__init__(Topic.objects.all(), **options)
