"""Forms of the portal's own pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from ikone.models import WELCOME, OperatorPage
from ui.forms import RichTextField, VersionedModelForm


class OperatorPageForm(VersionedModelForm):
    body = RichTextField(label=_("Text"), max_length=40_000)

    class Meta:
        model = OperatorPage
        fields = ["title", "body"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.slug == WELCOME:
            self.fields["title"].required = False
            self.fields["title"].help_text = _(
                "Steht als Überschrift über dem Text, zum Beispiel „Willkommen“."
            )
