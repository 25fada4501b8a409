"""One row of a city's products, typed in the grid or read from a file, and the filter of the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import OneLineField
from cities.products.fields import LastDayField, YearField
from cities.products.models import Product, ProductUse
from cities.products.naming import NEW
from ui.forms import VersionedModelForm

if TYPE_CHECKING:
    from cities.products.naming import Names, Namesakes

TEXTS = ["product_name", "vendor", "purpose", "since", "contract_ends", "experience"]


class UseFields(forms.Form):
    """What is said of one product in one city."""

    marks_optional = False

    product_name = OneLineField(
        label=gettext_lazy("Produkt"),
        max_length=120,
        widget=forms.TextInput(attrs={"list": "bekannte-produkte", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Bitte nennen Sie das Produkt.")},
    )
    vendor = OneLineField(
        label=gettext_lazy("Anbieter"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"list": "bekannte-anbieter", "autocomplete": "off"}),
    )
    purpose = OneLineField(
        label=gettext_lazy("Wofür"),
        max_length=120,
        widget=forms.TextInput(attrs={"list": "bekannte-zwecke", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Bitte sagen Sie, wofür.")},
    )
    since = YearField(label=gettext_lazy("Seit (Jahr)"), required=False)
    contract_ends = LastDayField(label=gettext_lazy("Vertrag endet"), required=False)
    experience = forms.CharField(
        label=gettext_lazy("Erfahrung"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        since, ends = cleaned.get("since"), cleaned.get("contract_ends")
        if since and ends and ends.year < since:
            message = _("Der Vertrag kann nicht enden, bevor er beginnt.")
            self.add_error("contract_ends", ValidationError(message, code="order"))
        return cleaned


class UseForm(UseFields, VersionedModelForm):
    """A row of the grid. A new one that is left empty says nothing, a stored one that is emptied goes."""

    key = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**63 - 1)
    gone = forms.BooleanField(label=gettext_lazy("Zeile entfernen"), required=False)

    field_order = [*TEXTS, "gone"]
    subforms: Sequence[UseForm] = ()
    was_removed = False  # somebody else has deleted the stored row meanwhile

    class Meta:
        model = ProductUse
        fields = ["purpose", "since", "contract_ends", "experience"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.update(self.stored_values(self.instance), key=self.instance.pk)
        else:
            del self.fields["gone"]

    @property
    def number(self) -> int:
        return int(str(self.prefix).rpartition("-")[2]) + 1

    @property
    def place_in_summary(self) -> str:
        return _("Zeile %(number)d") % {"number": self.number}

    @property
    def said(self) -> str:
        """What tells the row apart while it is folded."""
        given = (str(self[name].value() or "").strip() for name in ("product_name", "purpose"))
        return " · ".join(text for text in given if text)

    @property
    def is_empty(self) -> bool:
        """Nothing was typed, or the row is to go."""
        if not self.is_bound:
            return False
        is_gone = "gone" in self.fields and bool(self["gone"].data)
        return is_gone or not any(str(self[name].data or "").strip() for name in TEXTS)

    @property
    def names(self) -> Names:
        """Of a checked row."""
        return self.cleaned_data["product_name"], self.cleaned_data["vendor"]

    def ask_for(self, namesakes: Namesakes) -> None:
        """Add the question which product is meant, and take the answer over if there is one."""
        self.fields["meant"] = forms.ChoiceField(
            label=_("Welches Produkt meinen Sie?"), choices=namesakes.choices
        )
        self.order_fields([*TEXTS[:-1], "meant", TEXTS[-1], "gone"])
        answer = str(self["meant"].data or "")
        product = namesakes.chosen(answer)
        if product is not None:
            self.cleaned_data |= {"product_name": product.name, "vendor": product.vendor}
        elif answer != NEW:
            sent: Any = self.data
            sent = sent.copy()
            sent[self.add_prefix("meant")] = namesakes.suggested
            self.data = sent
            message = _("%(question)s Bitte wählen Sie, was gilt.")
            self.add_error("meant", message % {"question": namesakes.question})

    def stored_values(self, stored: Any) -> dict[str, Any]:
        row = {name: getattr(stored, name) for name in self.Meta.fields}
        return {"product_name": stored.product.name, "vendor": stored.product.vendor, **row}

    def stored_row(self) -> ProductUse | None:
        return ProductUse.objects.filter(pk=self.instance.pk).select_related("product").first()

    def saved_by(self, stored: Any) -> str:
        return str(stored.updated_by) if stored.updated_by else super().saved_by(stored)

    def validate_constraints(self) -> None:
        """The grid looks for repetitions itself; Django's way is a query for each row."""


class ProductFilterForm(forms.Form):
    """The words in the address of the list."""

    marks_optional = False

    q = forms.CharField(
        label=gettext_lazy("Produkt, Anbieter oder Zweck"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


def known_texts() -> dict[str, list[str]]:
    """What others have typed, to be offered while somebody types. Two queries."""
    products = list(Product.objects.in_use().order_by("sort_name", "pk")[:MOST_OFFERED])
    purposes = ProductUse.objects.in_network().order_by("folded_purpose").distinct("folded_purpose")
    return {
        "bekannte-produkte": list(dict.fromkeys(product.name for product in products)),
        "bekannte-anbieter": sorted({product.vendor for product in products if product.vendor}),
        "bekannte-zwecke": list(purposes.values_list("purpose", flat=True)[:MOST_OFFERED]),
    }


MOST_OFFERED = 300
