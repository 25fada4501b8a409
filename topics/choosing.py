"""Form fields with which one chooses topics: the map as an indented select, grouped by root."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from topics.models import Topic
from topics.tree import TopicNode, TopicTree

GONE = _("Dieses Thema gibt es nicht mehr. Bitte wählen Sie ein anderes.")


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
        indent = "— " * (node.depth - 1)
        return node.id, f"{indent}{node.name}"


class TopicField(forms.ModelChoiceField):
    """One topic. Set `tree` to a loaded one to save the query, `is_offered` to leave some out."""

    iterator = TreeChoices
    tree: TopicTree | None = None
    is_offered: Callable[[TopicNode], bool] = staticmethod(lambda node: True)
    default_error_messages = {"invalid_choice": GONE}

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Thema"))
        options.setdefault("empty_label", _("Bitte wählen"))
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
