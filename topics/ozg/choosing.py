"""A form field with which one chooses services: check boxes, folded by Themenfeld."""

from __future__ import annotations

from collections.abc import Collection
from itertools import groupby
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from topics.models import Service

MOST = 20
BOX = (
    '<div class="kern-form-check">'
    '<input type="checkbox" class="kern-form-check__checkbox" name="{}" value="{}" id="{}_{}"{}>'
    '<label class="kern-label" for="{}_{}">{}</label></div>'
)
GROUP = (
    '<details class="more"{}><summary class="more__title">{}</summary>'
    '<div class="more__body">{}</div></details>'
)


class ServiceBoxes(forms.CheckboxSelectMultiple):
    """One fold a Themenfeld, written in one go: a template for each of some hundred boxes takes far longer.

    Folds are open where something is chosen, and those of the fields in `open_fields`.
    """

    draws_itself = True
    open_fields: Collection[int] = ()

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = set(self.format_value(value))
        base = str((attrs or {}).get("id", f"id_{name}"))
        choices: Any = self.choices
        number = 0
        folds = []
        for field, services in groupby(choices.queryset, key=lambda service: service.field):
            boxes, is_open, ticked = [], field.pk in self.open_fields, 0
            for service in services:
                is_chosen = str(service.pk) in chosen
                ticked += is_chosen
                checked = mark_safe(" checked") if is_chosen else ""
                label = f"{service.name} ({service.keys})" if service.keys else service.name
                boxes.append(format_html(BOX, name, service.pk, base, number, checked, base, number, label))
                number += 1
            number_ticked = _("%(n)d gewählt") % {"n": ticked}
            title = f"{field.name} ({number_ticked})" if ticked else field.name
            opened = mark_safe(" open") if is_open or ticked else ""
            folds.append(format_html(GROUP, opened, title, mark_safe("".join(boxes))))  # noqa: S308  escaped
        return mark_safe("".join(folds))  # noqa: S308  each part is escaped


class ServicesField(forms.ModelMultipleChoiceField):
    """Several services of the catalogue, gone ones only where they are `kept`. One query to show it."""

    default_error_messages = {
        "invalid_choice": gettext_lazy("Diese Leistung steht nicht mehr im Katalog."),
        "invalid_pk_value": gettext_lazy("Diese Leistung steht nicht mehr im Katalog."),
    }

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("OZG-Leistungen"))
        options.setdefault("widget", ServiceBoxes)
        super().__init__(Service.objects.none(), **options)

    def offer(self, *, kept: Collection[int], open_fields: Collection[int] = ()) -> None:
        offered = Service.objects.current() | Service.objects.filter(pk__in=kept)
        self.queryset = offered.select_related("field").in_order()
        assert isinstance(self.widget, ServiceBoxes)  # noqa: S101  narrows the type
        self.widget.open_fields = open_fields

    def clean(self, value: Any) -> Any:
        services = super().clean(value)
        if len(services) > MOST:
            raise forms.ValidationError(
                _("Höchstens %(most)d Leistungen sind möglich.") % {"most": MOST}, code="max_items"
            )
        return services
