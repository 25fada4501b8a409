"""Parts of forms; a builtin of every template. `{{ form }}` and `{{ field.as_field_group }}` use them."""

from __future__ import annotations

from itertools import chain
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.forms.forms import BaseForm
from django.forms.utils import ErrorList
from django.utils.safestring import SafeString

register = template.Library()

GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


@register.filter
def field_kind(field: BoundField) -> str:
    """Which KERN markup a field takes: check, group, drawn, parts, select, or input.

    `drawn` is a group whose widget writes its many choices itself.
    """
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, GROUPS):
        return "drawn" if getattr(widget, "draws_itself", False) else "group"
    if widget.use_fieldset:
        return "parts"
    if isinstance(widget, forms.Select) and not widget.allow_multiple_selected:
        return "select"
    return "input"


@register.filter
def kern_control(field: BoundField) -> SafeString:
    """The field's control with KERN's class beside its own."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        base = "kern-form-check__checkbox"
    elif isinstance(widget, forms.Select) and not widget.allow_multiple_selected:
        base = "kern-form-input__select"
    else:
        base = "kern-form-input__input"
    classes = [base, f"{base}--error" if field.errors else "", widget.attrs.get("class", "")]
    return field.as_widget(attrs={"class": " ".join(part for part in classes if part)})


@register.filter
def is_marked_optional(field: BoundField) -> bool:
    """Whether to say that the field may be left empty; a form of filters sets `marks_optional = False`."""
    return not field.field.required and getattr(field.form, "marks_optional", True)


@register.filter
def example(field: BoundField) -> str:
    """What a good entry looks like, shown on demand; "" where the field's form has none."""
    return str(getattr(field.form, "examples", {}).get(field.name, ""))


@register.inclusion_tag("ui/forms/error_summary.html")
def error_summary(*shown: BaseForm) -> dict[str, Any]:
    """All errors of one or more forms, with their `subforms`, as links into their fields; nothing when all
    is well. A form is listed once.
    """
    rows: list[tuple[str, str, str]] = []
    conflicts: list[Any] = []
    for form in chain.from_iterable([form, *getattr(form, "subforms", [])] for form in shown):
        if getattr(form, "summary_is_shown", False) or not form.is_bound:
            continue
        form.summary_is_shown = True
        place = getattr(form, "place_in_summary", "")
        rows += [("", place, str(message)) for message in form.non_field_errors()]
        for name, errors in form.errors.items():
            if name in form.fields:
                rows += [_row(form[name], errors, str(message), place) for message in errors]
        conflicts += getattr(form, "conflicts", [])
    return {"rows": rows, "conflicts": conflicts}


def _row(field: BoundField, errors: ErrorList, message: str, place: str) -> tuple[str, str, str]:
    return _target(field), f"{place}, {field.label}" if place else str(field.label), message


def _target(field: BoundField) -> str:
    """The id of the control that a link in the summary focuses."""
    if isinstance(field.field.widget, GROUPS) and field.subwidgets:
        return str(field.subwidgets[0].id_for_label)
    return field.id_for_label or field.auto_id
