"""Forms for cutting the map anew: merging a topic into another, splitting one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cities.models import City
from search.folding import german_slug
from topics.choosing import TopicField
from topics.models import MAX_DEPTH, RESERVED_SLUGS, FormerTopicSlug, Topic
from topics.splitting import Piece
from topics.tree import TopicNode, TopicTree

BELOW, BESIDE = "darunter", "daneben"
ALL = "alle"


class MergeForm(forms.Form):
    """Which topic the other becomes part of."""

    ziel = TopicField(
        label=gettext_lazy("Geht auf in"),
        help_text=gettext_lazy(
            "Dieses Thema bleibt. Alles vom anderen zieht dorthin um, und dessen Adresse leitet weiter."
        ),
    )

    def __init__(self, *args: Any, tree: TopicTree, source: TopicNode, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        target = self.fields["ziel"]
        assert isinstance(target, TopicField)  # noqa: S101  narrows the type
        target.tree = tree
        target.is_offered = lambda node: source not in node.path and not node.is_retired


class LeadForm(forms.Form):
    """Which of the cities leads that topics bring together; one, or all of them if that is meant."""

    fuehrt = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Bitte entscheiden Sie, wer das Thema danach leitet."),
            "invalid_choice": gettext_lazy(
                "Wer die beiden Themen leitet, hat sich inzwischen geändert. Bitte wählen Sie neu."
            ),
        },
    )

    def __init__(self, *args: Any, cities: list[City], target: Topic, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cities = cities
        field = self.fields["fuehrt"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  narrows the type
        field.label = _("Wer leitet „%(topic)s“ danach?") % {"topic": target}
        together = _("beide gemeinsam") if len(cities) == 2 else _("alle gemeinsam")
        field.choices = [*((str(city.pk), self._alone(city)) for city in cities), (ALL, together)]

    def _alone(self, city: City) -> str:
        others = [other.name for other in self.cities if other.pk != city.pk]
        if len(others) == 1:
            return _("%(city)s; %(other)s arbeitet mit") % {"city": city, "other": others[0]}
        return _("%(city)s; %(others)s arbeiten mit") % {"city": city, "others": ", ".join(others)}

    @property
    def leads(self) -> list[int]:
        """The keys of the cities that lead afterwards."""
        chosen = self.cleaned_data["fuehrt"]
        return [city.pk for city in self.cities if chosen in (ALL, str(city.pk))]


class SplitForm(forms.Form):
    """A new topic and what goes along with it. Call `topics.actions.hold_map` before checking it."""

    name = forms.CharField(label=gettext_lazy("Name des neuen Themas"), max_length=80)
    summary = forms.CharField(
        label=gettext_lazy("Kurz gesagt"),
        max_length=280,
        required=False,
        help_text=gettext_lazy("Worum geht es, in einem Satz?"),
    )
    place = forms.ChoiceField(label=gettext_lazy("Wo steht es?"), widget=forms.RadioSelect)

    def __init__(
        self, *args: Any, source: Topic, pieces: list[tuple[Piece, list[Any], int]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.source = source
        self.fields["name"].widget.attrs["autocomplete"] = "off"
        places = [(BESIDE, _("Neben „%(topic)s“") % {"topic": source})]
        if source.depth < MAX_DEPTH:
            places.insert(0, (BELOW, _("Unter „%(topic)s“") % {"topic": source}))
        place = self.fields["place"]
        assert isinstance(place, forms.ChoiceField)  # noqa: S101  narrows the type
        place.choices, place.initial = places, places[0][0]
        self.piece_names = []
        for number, (piece, options, _total) in enumerate(pieces):
            if options:
                name = f"rows{number}"
                self.piece_names.append((piece.model, name))
                self.fields[name] = forms.TypedMultipleChoiceField(
                    label=str(piece.label),
                    coerce=int,
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                    choices=[
                        (one.key, f"{one.title} ({one.note})" if one.note else one.title) for one in options
                    ],
                    error_messages={
                        "invalid_choice": _(
                            "Davon steht etwas nicht mehr unter dem Thema. Bitte wählen Sie neu."
                        )
                    },
                )

    @property
    def keys(self) -> dict[str, list[int]]:
        """What was chosen, by the model of the rows."""
        return {model: self.cleaned_data[name] for model, name in self.piece_names}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = any(cleaned.get(name) for _model, name in self.piece_names)
        if self.piece_names and not chosen and not self.errors:
            self.add_error(self.piece_names[0][1], _("Bitte wählen Sie, was unter das neue Thema gehört."))
        if {"name", "summary", "place"} <= cleaned.keys():
            self._check_topic(cleaned)
        return cleaned

    def _check_topic(self, cleaned: dict[str, Any]) -> None:
        parent = self.source if cleaned["place"] == BELOW else self.source.parent
        self.made = Topic(
            name=cleaned["name"],
            summary=cleaned["summary"],
            slug=german_slug(cleaned["name"], 100),
            parent=parent,
        )
        taken = FormerTopicSlug.objects.filter(slug=self.made.slug).exists()
        if not self.made.slug or self.made.slug in RESERVED_SLUGS or taken:
            self.add_error(
                "name", _("Aus diesem Namen ergibt sich keine freie Adresse. Bitte wählen Sie einen anderen.")
            )
            return
        try:
            # Not without the parent: Django would then skip the constraint on names of siblings.
            self.made.full_clean(exclude=["depth"])  # the database sets it
        except ValidationError as error:
            for message in error.messages:
                self.add_error("name", message)


class WordsForm(forms.Form):
    """Narrows what can go along."""

    woerter = forms.CharField(label=gettext_lazy("Nur mit diesen Wörtern"), max_length=120, required=False)

    def clean_woerter(self) -> str:
        return " ".join(self.cleaned_data["woerter"].split())
