"""Renders Django's forms with KERN's markup."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext as _

from ui.templatetags.ui import german

SAYS_LIMIT_BELOW = 2_000  # nobody has to count who may write more than a page


class KernBoundField(BoundField):
    """A text box takes all that is pasted into it and says how long the text may be.

    With `maxlength` browsers cut what is too long without a word; the form's error keeps the text.
    """

    def __init__(self, form: Any, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        if isinstance(field.widget, forms.Textarea):
            field.widget.attrs.pop("maxlength", None)
            self.help_text = _with_limit(str(self.help_text), getattr(field, "max_length", None))


def _with_limit(help_text: str, limit: int | None) -> str:
    """Unless the form says it in words of its own."""
    if limit is None or limit >= SAYS_LIMIT_BELOW or german(limit) in help_text:
        return help_text
    said = _("Höchstens %(most)s Zeichen.") % {"most": german(limit)}
    return f"{help_text} {said}".strip()


class KernFormRenderer(TemplatesSetting):
    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class = KernBoundField
