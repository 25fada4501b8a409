"""The section „Nachnutzung“ of the editor: what others need to take it over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from practices.enums import Offer
from practices.forms.rows import RowForm, RowSet, SectionWithRows
from practices.history import lines
from practices.models import Practice, UsedProduct
from practices.partial_dates import PartialDateField
from ui.forms import RichTextField

MOST_PRODUCTS = 30


class ProductForm(RowForm):
    """A product and what it was used for."""

    class Meta:
        model = UsedProduct
        fields = ["product", "purpose"]
        error_messages = {"product": {"required": gettext_lazy("Bitte nennen Sie das Produkt.")}}


class ReuseForm(SectionWithRows):
    """Products, standards, licence and what the city offers."""

    repository_url = forms.URLField(
        label=gettext_lazy("Quelltext im Netz"), required=False, max_length=500, assume_scheme="https"
    )
    standards = RichTextField(label=gettext_lazy("Standards und Schnittstellen"), required=False)
    procurement = RichTextField(label=gettext_lazy("Beschaffung"), required=False)
    offers = forms.MultipleChoiceField(
        label=gettext_lazy("Angebot an andere"),
        choices=Offer.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("„%(value)s“ ist keines der Angebote.")},
    )
    maintained_until = PartialDateField(label=gettext_lazy("Gepflegt bis"), required=False)

    class Meta:
        model = Practice
        fields = [
            "licence",
            "repository_url",
            "maintained_until",
            "standards",
            "procurement",
            "offers",
            "offer_note",
        ]

    def row_sets_of(self, data: Any, practice: Practice) -> list[RowSet]:
        return [
            RowSet(
                data,
                form=ProductForm,
                rows=list(practice.products.all()),
                title=gettext_lazy("Eingesetzte Produkte"),
                intro=gettext_lazy("Womit arbeiten Sie? Andere fragen dann gezielter, auch bei Anbietern."),
                each=gettext_lazy("Produkt"),
                most=MOST_PRODUCTS,
                say=lines.product,
            )
        ]
