"""Forms about a city: its profile, and its admission to the network."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.phones import PhoneField
from cities.enums import IN_NETWORK
from cities.models import City, FormerCitySlug
from cities.register.slugs import RESERVED
from search.folding import german_slug
from ui.forms import RichTextField, VersionedModelForm

JOINED_ON_NEEDED = _("Bitte geben Sie an, seit wann die Stadt dabei ist.")


def date_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class ProfileForm(VersionedModelForm):
    """What a city says about itself."""

    portrait = RichTextField(
        label=City._meta.get_field("portrait").verbose_name,
        help_text=City._meta.get_field("portrait").help_text,
        required=False,
        max_length=10_000,
    )
    website = forms.URLField(
        label=_("Website"),
        required=False,
        max_length=200,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"autocomplete": "url", "placeholder": "https://"}),
    )

    class Meta:
        model = City
        fields = ["portrait", "contact_name", "contact_email", "contact_phone", "contact_user", "website"]
        field_classes = {"contact_phone": PhoneField}
        widgets = {
            "contact_email": forms.EmailInput(attrs={"autocomplete": "off"}),
            "contact_phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        }
        help_texts = {
            "contact_user": _("Wer dahinter steht, sehen nur Mitglieder des Netzwerks."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = self.fields["contact_user"]
        assert isinstance(people, forms.ModelChoiceField)  # noqa: S101
        of_city = User.objects.filter(memberships__city=self.instance, is_active=True)
        known = User.objects.filter(pk=self.instance.contact_user_id)
        people.queryset = (of_city | known).distinct().order_by("name")
        people.empty_label = str(_("niemand"))


class CoordinationProfileForm(ProfileForm):
    """The same with what only coordinators decide."""

    slug = forms.CharField(
        label=_("Adresse der Seite"),
        max_length=140,
        help_text=_("Der letzte Teil der Adresse. Die bisherige Adresse führt weiter zur Seite."),
    )

    class Meta(ProfileForm.Meta):
        fields = [*ProfileForm.Meta.fields, "joined_on", "central_place", "slug"]
        widgets = {**ProfileForm.Meta.widgets, "joined_on": date_input()}

    def clean_slug(self) -> str:
        slug = german_slug(self.cleaned_data["slug"])
        others = City.objects.exclude(pk=self.instance.pk).filter(slug=slug)
        former = FormerCitySlug.objects.exclude(city=self.instance.pk).filter(slug=slug)
        if not slug:
            raise ValidationError(_("Die Adresse braucht Buchstaben oder Ziffern."), code="empty")
        if slug in RESERVED or others.exists() or former.exists():
            raise ValidationError(
                _("Die Adresse „%(slug)s“ ist schon vergeben."), code="taken", params={"slug": slug}
            )
        return slug

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.instance.has_page and "joined_on" in data and data["joined_on"] is None:
            self.add_error("joined_on", ValidationError(JOINED_ON_NEEDED, code="required"))
        return data


class RegisterSearchForm(forms.Form):
    """What is typed to find a municipality."""

    marks_optional = False
    q = forms.CharField(
        label=_("Name der Gemeinde oder Gemeindeschlüssel"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class AdmissionForm(forms.Form):
    """Since when, and as what."""

    status = forms.ChoiceField(
        label=_("Aufnehmen als"),
        choices=[(status.value, status.label) for status in IN_NETWORK],
        widget=forms.RadioSelect,
    )
    joined_on = forms.DateField(
        label=_("Dabei seit"),
        initial=timezone.localdate,
        widget=date_input(),
        error_messages={"required": JOINED_ON_NEEDED},
    )
