"""The short profile: what a write-up needs before others may read it, and nothing else."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import OneLineField
from accounts.models import User
from accounts.phones import PhoneField
from cities.choosing import CityField
from cities.models import City
from cities.permissions import can_manage, city_ids_of, is_coordinator
from practices.actions import KEEP, Links
from practices.adoption.makers import refuse_adopters
from practices.enums import Kind, Status
from practices.forms.placing import topic_ids_of
from practices.forms.section import SectionForm
from practices.forms.wording import HELP, MISSING
from practices.models import Practice
from practices.sections import BOXES, label_of
from topics.choosing import TopicField
from topics.tree import TopicTree
from ui.forms import RichTextField


class ProfileForm(SectionForm):
    """The required fields. A draft needs its title alone; `is_final` asks for all.

    Fields that somebody may not change are not there: the city where there is no choice or when the write-up
    has left the draft, its visibility when publishing is up to others.
    """

    title = OneLineField(label=label_of("title"), max_length=120)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    primary_topic = TopicField(label=gettext_lazy("Wichtigstes Thema"), required=False)
    vars().update(
        {
            name: RichTextField(label=lazy(label_of, str)(name), required=False)
            for name in [*BOXES, "stop_reason"]
        }
    )

    class Meta:
        model = Practice
        fields = [
            "title",
            "summary",
            "kind",
            "phase",
            "city",
            "visibility",
            *BOXES,
            "stop_reason",
            "contact_name",
            "contact_email",
            "contact_phone",
        ]
        field_classes = {"contact_phone": PhoneField}
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 3}),
            "kind": forms.RadioSelect,
            "phase": forms.RadioSelect,
            "visibility": forms.RadioSelect,
            "contact_email": forms.EmailInput(attrs={"autocomplete": "off"}),
            "contact_phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        }

    def __init__(
        self, data: Any = None, files: Any = None, *, user: User, practice: Practice | None = None
    ) -> None:
        super().__init__(data, files, practice=practice, user=user)
        has_left_draft = self.instance.status != Status.DRAFT
        self.fields["primary_topic"].tree = TopicTree.load()  # type: ignore[attr-defined]
        self.fields["title"].error_messages["required"] = str(MISSING["title"])
        self._offer_cities(is_fixed=has_left_draft)
        if practice:
            del self.fields["key"]
            self._topics = topic_ids_of(practice)
            self.initial["primary_topic"] = self._topics.primary
            if has_left_draft and not can_manage(user, practice.city):
                del self.fields["visibility"]
        else:
            self.initial["key"] = uuid.uuid4()

    def _offer_cities(self, *, is_fixed: bool) -> None:
        own = city_ids_of(self.user)
        required = _("Bitte wählen Sie die Stadt, für die Sie schreiben.")
        if is_coordinator(self.user):
            self.fields["city"] = CityField(
                help_text=str(HELP["city"]), error_messages={"required": required}
            )
            if self.instance.pk:
                self.initial["city"] = self.instance.city
        elif is_fixed or len(own) == 1:
            del self.fields["city"]
            if not self.instance.pk:
                self.instance.city = City.objects.get(pk=own[0])
        else:
            self.fields["city"] = forms.ModelChoiceField(
                City.objects.filter(pk__in=own),
                label=_("Stadt"),
                help_text=str(HELP["city"]),
                empty_label=_("Bitte wählen"),
                error_messages={
                    "required": required,
                    "invalid_choice": _("Bitte wählen Sie eine der angebotenen Städte."),
                },
            )

    def offer_topic(self, slug: str) -> None:
        """Preselect the topic from whose page somebody comes, if there is such a topic."""
        tree = self.fields["primary_topic"].tree  # type: ignore[attr-defined]
        self.initial["primary_topic"] = next((node.id for node in tree if node.slug == slug), None)

    def offer_contact(self) -> None:
        """Suggest the city's office as the contact, and the author only where it has named none."""
        city = self.instance.city if self.instance.city_id else None
        if city and (city.contact_email or city.contact_phone):
            self.initial.update(
                contact_name=city.contact_name or city.name,
                contact_email=city.contact_email,
                contact_phone=city.contact_phone,
            )
            return
        self.fields["contact_name"].help_text = _(
            "Vorgeschlagen sind Ihre eigenen Angaben; wer den Beitrag liest, sieht sie. Besser ist eine "
            "Stelle mit eigener Adresse: Sie überdauert Personalwechsel."
        )
        self.initial.update(
            contact_name=self.user.office or self.user.name,
            contact_email=self.user.email,
            contact_phone=self.user.phone,
        )

    def stored_values(self, stored: Practice) -> dict[str, Any]:
        return super().stored_values(stored) | {"primary_topic": self._topics.primary}

    @property
    def links(self) -> Links:
        if self.instance.pk and "primary_topic" not in self.changed_names:
            return Links()
        return Links(primary_topic=self.cleaned_data.get("primary_topic") or None, further_topics=KEEP)

    @property
    def city_is_offered(self) -> bool:
        return "city" in self.fields

    @property
    def visibility_is_offered(self) -> bool:
        return "visibility" in self.fields

    def clean_city(self) -> City:
        """A city that has taken it over cannot have made it; the row is locked when it is saved."""
        city: City = self.cleaned_data["city"]
        if city.pk != self.instance.city_id:
            refuse_adopters(self.instance, [city])
        return city

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        require_name(self, "contact")
        if self.is_final:
            self._require_all(cleaned)
        return cleaned

    def _require_all(self, cleaned: dict[str, Any]) -> None:
        names = ["summary", "primary_topic", *BOXES, "contact_name"]
        if cleaned.get("kind") == Kind.STOPPED:
            names.append("stop_reason")
        empty = [name for name in names if name not in self.errors and not cleaned.get(name)]
        if not (
            cleaned.get("contact_email") or cleaned.get("contact_phone") or "contact_email" in self.errors
        ):
            empty.append("contact_email")
        for name in empty:
            self.add_error(name, str(MISSING["topics" if name == "primary_topic" else name]))


def require_name(form: forms.Form | forms.ModelForm, role: str) -> None:
    """Somebody who can be reached has a name."""
    cleaned = form.cleaned_data
    is_reachable = cleaned.get(f"{role}_email") or cleaned.get(f"{role}_phone")
    if is_reachable and not cleaned.get(f"{role}_name"):
        form.add_error(f"{role}_name", _("Bitte nennen Sie, wer dort zu erreichen ist."))
