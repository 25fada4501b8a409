"""The editor's form: the short profile, and the rest of the story for those who want to tell it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import OneLineField
from accounts.models import User
from accounts.phones import PhoneField
from cities.choosing import CityField
from cities.models import City
from cities.permissions import can_manage, city_ids_of, is_coordinator
from practices.actions import Links
from practices.enums import Kind, Status
from practices.forms.partners import PartnerCitiesField
from practices.forms.wording import HELP, MISSING
from practices.models import Practice
from practices.partial_dates import PartialDateField
from practices.sections import BOXES, STORY, label_of
from topics.choosing import TopicField, TopicsField
from topics.tree import TopicTree
from ui.forms import ListField, RichTextField, VersionedModelForm
from ui.forms.versioned import Difference

MOST_TOPICS = 5
FACTS = {"starts", "ends", "partner_cities", "keywords", "source_url", "source_name"}


def _rich_texts() -> dict[str, RichTextField]:
    names = ["stop_reason", *BOXES, *STORY]
    return {name: RichTextField(label=lazy(label_of, str)(name), required=False) for name in names}


class PracticeForm(VersionedModelForm):
    """A write-up with its links. A draft needs its title alone; `is_final` asks for all.

    Fields that somebody may not change are not there: the city where there is no choice or when the write-up
    has left the draft, its visibility when publishing is up to others.
    """

    marks_optional = False

    title = OneLineField(label=label_of("title"), max_length=120)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    primary_topic = TopicField(label=gettext_lazy("Wichtigstes Thema"), required=False)
    further_topics = TopicsField(
        label=gettext_lazy("Weitere Themen"), required=False, widget=forms.CheckboxSelectMultiple
    )
    partner_cities = PartnerCitiesField(label=gettext_lazy("Partnerstädte"), required=False)
    keywords = ListField(
        label=gettext_lazy("Schlagwörter"),
        required=False,
        item_max_length=60,
        max_items=12,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    starts = PartialDateField(label=gettext_lazy("Beginn"), required=False)
    ends = PartialDateField(label=gettext_lazy("Ende"), required=False)
    source_url = forms.URLField(
        label=gettext_lazy("Quelle im Netz"), required=False, max_length=500, assume_scheme="https"
    )
    vars().update(_rich_texts())

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
            "deputy_name",
            "deputy_email",
            "deputy_phone",
            "starts",
            "ends",
            "source_url",
            "source_name",
            *STORY,
        ]
        field_classes = {"contact_phone": PhoneField, "deputy_phone": PhoneField}
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 3, "maxlength": 280}),
            "kind": forms.RadioSelect,
            "phase": forms.RadioSelect,
            "visibility": forms.RadioSelect,
            "contact_email": forms.EmailInput(attrs={"autocomplete": "off"}),
            "contact_phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
            "deputy_email": forms.EmailInput(attrs={"autocomplete": "off"}),
            "deputy_phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        }

    def __init__(
        self, data: Any = None, *, user: User, instance: Practice | None = None, is_final: bool = False
    ) -> None:
        super().__init__(data, instance=instance)
        self.user = user
        has_left_draft = self.instance.status != Status.DRAFT
        self.is_final = is_final or has_left_draft
        tree = TopicTree.load()
        for name in ("primary_topic", "further_topics"):
            self.fields[name].tree = tree  # type: ignore[attr-defined]
        for name, text in HELP.items():
            self.fields[name].help_text = str(text)
        self.fields["title"].error_messages["required"] = str(MISSING["title"])
        self._offer_cities(is_fixed=has_left_draft)
        if self.instance.pk:
            del self.fields["key"]
            self.initial.update(_links_of(self.instance))
            if has_left_draft and not can_manage(user, self.instance.city):
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
        """Suggest the author as the contact and the city's office, if it is another, as the deputy."""
        city = self.instance.city if self.instance.city_id else None
        name = self.user.office or self.user.name
        self.initial.update(
            contact_name=name,
            contact_email=self.user.email,
            contact_phone=self.user.phone,
        )
        if city and city.contact_email != self.user.email and city.contact_name != name:
            self.initial.update(
                deputy_name=city.contact_name,
                deputy_email=city.contact_email,
                deputy_phone=city.contact_phone,
            )

    @property
    def is_repetition(self) -> bool:
        """Whether the row was saved meanwhile just as it stands here: the same form was sent twice."""
        was_saved = self.has_error(NON_FIELD_ERRORS, "conflict")
        return was_saved and not set(self.changed_data) - {"version", "key"}

    @property
    def links(self) -> Links:
        chosen = self.cleaned_data
        primary = chosen.get("primary_topic")
        return Links(
            primary_topic=primary,
            further_topics=[topic for topic in chosen["further_topics"] if topic != primary],
            partner_cities=list(chosen["partner_cities"]),
            tags=chosen["keywords"],
        )

    def _differences_from(self, stored: models.Model) -> Iterable[Difference]:
        yield from super()._differences_from(stored)
        assert isinstance(stored, Practice)  # noqa: S101  narrows the type
        theirs = _links_of(stored)
        for name in ("primary_topic", "further_topics", "keywords"):
            mine = self.cleaned_data.get(name)
            if self.fields[name].has_changed(theirs[name], self[name].data):
                yield Difference(str(self[name].label), _named(theirs[name]), _named(mine))

    @property
    def visibility_is_offered(self) -> bool:
        return "visibility" in self.fields

    @property
    def has_errors_in_facts(self) -> bool:
        return bool(FACTS & set(self.errors))

    @property
    def has_errors_in_story(self) -> bool:
        return bool(set(STORY) & set(self.errors))

    def clean_further_topics(self) -> Any:
        topics = self.cleaned_data["further_topics"]
        if len(topics) > MOST_TOPICS:
            self.add_error(
                "further_topics", _("Höchstens %(most)d weitere Themen sind möglich.") % {"most": MOST_TOPICS}
            )
        return topics

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends < starts and not starts.startswith(ends):
            self.add_error("ends", _("Das Ende darf nicht vor dem Beginn liegen."))
        for role in ("contact", "deputy"):
            reachable = cleaned.get(f"{role}_email") or cleaned.get(f"{role}_phone")
            if reachable and not cleaned.get(f"{role}_name"):
                self.add_error(f"{role}_name", _("Bitte nennen Sie, wer dort zu erreichen ist."))
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


def _links_of(practice: Practice) -> dict[str, Any]:
    links = list(practice.topic_links.select_related("topic"))
    return {
        "primary_topic": next((link.topic for link in links if link.is_primary), None),
        "further_topics": [link.topic for link in links if not link.is_primary],
        "partner_cities": list(practice.partner_cities.all()),
        "keywords": _tag_names(practice),
    }


def _tag_names(practice: Practice) -> list[str]:
    """`for_page()` has read them along."""
    known: list[str] | None = getattr(practice, "tag_names", None)
    return [tag.name for tag in practice.tags.all()] if known is None else known


def _named(value: Any) -> str:
    items = value if isinstance(value, list | tuple | models.QuerySet) else [value]
    return ", ".join(str(item) for item in items if item) or "–"
