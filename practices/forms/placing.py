"""Where a write-up belongs: its time, further topics, partners and key words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from cities.models import City
from practices.actions import KEEP, Links
from practices.adoption.makers import refuse_adopters
from practices.forms.partners import PartnerCitiesField
from practices.forms.section import SectionForm
from practices.models import Practice
from practices.partial_dates import PartialDateField
from topics.choosing import TopicBoxes, TopicsField
from topics.tree import TopicTree
from ui.forms import ListField

MOST_TOPICS = 5


@dataclass(frozen=True)
class TopicIds:
    """The topics of a write-up by id."""

    primary: int | None
    further: list[int]


def topic_ids_of(practice: Practice) -> TopicIds:
    links = sorted(practice.topic_links.all(), key=lambda link: link.pk)
    return TopicIds(
        primary=next((link.topic_id for link in links if link.is_primary), None),
        further=[link.topic_id for link in links if not link.is_primary],
    )


class PlacingForm(SectionForm):
    """Everything by which others find a write-up, beyond its most important topic."""

    starts = PartialDateField(label=gettext_lazy("Beginn"), required=False)
    ends = PartialDateField(label=gettext_lazy("Ende"), required=False)
    further_topics = TopicsField(label=gettext_lazy("Weitere Themen"), required=False, widget=TopicBoxes)
    partner_cities = PartnerCitiesField(label=gettext_lazy("Partnerstädte"), required=False)
    keywords = ListField(
        label=gettext_lazy("Schlagwörter"),
        required=False,
        item_max_length=60,
        max_items=12,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    class Meta:
        model = Practice
        fields = ["starts", "ends"]

    def __init__(self, data: Any = None, files: Any = None, *, practice: Practice, user: User) -> None:
        super().__init__(data, files, practice=practice, user=user)
        self.fields["further_topics"].tree = TopicTree.load()  # type: ignore[attr-defined]
        self._topics = topic_ids_of(practice)
        self._linked: dict[str, list[Any]] = {
            "further_topics": self._topics.further,
            "partner_cities": list(practice.partner_cities.all()),
            "keywords": sorted(practice.tags.names()),
        }
        self.initial.update(self._linked)

    def stored_values(self, stored: Practice) -> dict[str, Any]:
        return super().stored_values(stored) | self._linked

    @property
    def links(self) -> Links:
        chosen = self.cleaned_data

        def changed(name: str, value: Any) -> Any:
            return value if name in self.changed_names else KEEP

        return Links(
            further_topics=changed(
                "further_topics",
                [topic for topic in chosen["further_topics"] if topic.pk != self._topics.primary],
            ),
            partner_cities=changed("partner_cities", chosen["partner_cities"]),
            tags=changed("keywords", chosen["keywords"]),
        )

    def clean_partner_cities(self) -> list[City]:
        """A city that has taken it over has had no part in it; what stands there already may stay."""
        cities: list[City] = self.cleaned_data["partner_cities"]
        known = {city.pk for city in self._linked["partner_cities"]}
        refuse_adopters(self.instance, [city for city in cities if city.pk not in known])
        return cities

    def clean_further_topics(self) -> Any:
        topics = self.cleaned_data["further_topics"]
        if len(topics) > MOST_TOPICS:
            self.add_error(
                "further_topics", _("Höchstens %(most)d weitere Themen sind möglich.") % {"most": MOST_TOPICS}
            )
        return topics

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends < starts and not starts.startswith(ends):
            self.add_error("ends", _("Das Ende darf nicht vor dem Beginn liegen."))
        return cleaned
