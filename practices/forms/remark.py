"""The words that go with a step."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RemarkForm(forms.Form):
    """A remark; `required` for a step that needs a reason."""

    remark = forms.CharField(
        label=_("Anmerkung"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Bitte schreiben Sie, was noch fehlt oder geändert werden soll.")},
    )

    def __init__(self, data: object = None, *, required: bool = True, help_text: str = "") -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["remark"].required = required
        self.fields["remark"].help_text = help_text
