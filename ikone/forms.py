"""Forms of the portal's own pages."""

from django.utils.translation import gettext_lazy as _

from ikone.models import OperatorPage
from ui.forms import RichTextField, VersionedModelForm


class OperatorPageForm(VersionedModelForm):
    body = RichTextField(label=_("Text"), max_length=40_000)

    class Meta:
        model = OperatorPage
        fields = ["title", "body"]
