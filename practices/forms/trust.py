"""Who else answers, and where more is to be read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.phones import PhoneField
from practices.forms.profile import require_name
from practices.forms.section import SectionForm
from practices.models import Practice


class TrustForm(SectionForm):
    """The deputy of the contact, and the source."""

    source_url = forms.URLField(
        label=gettext_lazy("Quelle im Netz"), required=False, max_length=500, assume_scheme="https"
    )

    class Meta:
        model = Practice
        fields = ["deputy_name", "deputy_email", "deputy_phone", "source_url", "source_name"]
        field_classes = {"deputy_phone": PhoneField}
        widgets = {
            "deputy_email": forms.EmailInput(attrs={"autocomplete": "off"}),
            "deputy_phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        practice, city = self.instance, self.instance.city
        has_deputy = practice.deputy_name or practice.deputy_email or practice.deputy_phone
        if not has_deputy and city.contact_email != practice.contact_email:
            self.initial.update(
                deputy_name=city.contact_name,
                deputy_email=city.contact_email,
                deputy_phone=city.contact_phone,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        require_name(self, "deputy")
        return cleaned
