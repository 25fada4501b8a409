"""What the gallery shows: a template for each component, drawn from made-up values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, QueryDict
from django.template import engines
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ui.facets import Choice, Facet
from ui.forms import ListField, RichTextField
from ui.maps import Place

EXAMPLES = [
    ("ui/examples/buttons.html", gettext_lazy("Schaltflächen")),
    ("ui/examples/badges.html", gettext_lazy("Zustände")),
    ("ui/examples/tags.html", gettext_lazy("Schlagwörter")),
    ("ui/examples/alerts.html", gettext_lazy("Hinweise")),
    ("ui/examples/toasts.html", gettext_lazy("Rückmeldungen")),
    ("ui/examples/cards.html", gettext_lazy("Karten")),
    ("ui/examples/empty.html", gettext_lazy("Nichts da")),
    ("ui/examples/descriptions.html", gettext_lazy("Angaben")),
    ("ui/examples/table.html", gettext_lazy("Tabelle")),
    ("ui/examples/filters.html", gettext_lazy("Filter")),
    ("ui/examples/paging.html", gettext_lazy("Blättern")),
    ("ui/examples/form.html", gettext_lazy("Formular")),
    ("ui/examples/form_errors.html", gettext_lazy("Formular mit Fehlern")),
    ("ui/examples/prose.html", gettext_lazy("Fließtext")),
    ("ui/examples/map.html", gettext_lazy("Landkarte")),
    ("ui/examples/bars.html", gettext_lazy("Balken")),
]


@dataclass(frozen=True)
class Example:
    title: str
    anchor: str
    shown: str
    source: str


class ExampleForm(forms.Form):
    """A field of each kind."""

    title = forms.CharField(
        label=gettext_lazy("Titel"), max_length=40, help_text=gettext_lazy("Höchstens 40 Zeichen.")
    )
    summary = forms.CharField(
        label=gettext_lazy("In einem Satz"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    begins = forms.DateField(label=gettext_lazy("Beginn"), widget=forms.DateInput(attrs={"size": 12}))
    phase = forms.ChoiceField(
        label=gettext_lazy("Stand"), choices=[("", "–"), ("pilot", gettext_lazy("im Pilotbetrieb"))]
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Art"),
        choices=[("practice", gettext_lazy("Praxisbeispiel")), ("lesson", gettext_lazy("Erfahrung"))],
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Auch was nicht geklappt hat, ist eine Erfahrung."),
    )
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Themen"),
        choices=[("1", gettext_lazy("Breitband")), ("2", gettext_lazy("Bürgerbeteiligung"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    synonyms = ListField(label=gettext_lazy("Andere Wörter dafür"), required=False)
    story = RichTextField(label=gettext_lazy("Lösung"))
    agrees = forms.BooleanField(label=gettext_lazy("Der Text darf veröffentlicht werden"))


@dataclass(frozen=True)
class ExamplePage:
    """A page in the middle of a list."""

    total: int = 60
    has_previous: bool = True
    has_next: bool = True
    places: tuple[int, int] | None = (21, 40)

    def next_query(self, query: QueryDict) -> str:
        return "nach=1"

    def previous_query(self, query: QueryDict) -> str:
        return "vor=1"


def examples(request: HttpRequest) -> Iterator[Example]:
    """All examples, drawn."""
    values = _values()
    for name, title in EXAMPLES:
        template = engines["django"].get_template(name)
        source = template.template.source  # type: ignore[attr-defined]
        # Braces as character references: nothing on a page may look like a template that was not rendered.
        source = mark_safe(escape(source).replace("{", "&#123;"))  # noqa: S308  escaped
        yield Example(str(title), Path(name).stem, template.render(values, request), source)


def _values() -> dict[str, Any]:
    facets = [
        Facet(
            "thema", _("Thema"),
            [
                Choice("1", _("Digitale Verwaltung"), 12),
                Choice("2", _("Bürgerbeteiligung"), 4, is_chosen=True, depth=1),
                Choice("3", _("Breitband und Mobilfunk"), 1, depth=1),
            ],
        ),
        Facet(
            "sortierung", _("Sortieren nach"),
            [Choice("", _("Neueste zuerst"), is_chosen=True), Choice("b", _("Zuletzt bestätigt"))],
            is_multiple=False,
        ),
    ]  # fmt: skip
    return {
        "example_facets": facets,
        "example_page": ExamplePage(),
        "example_form": ExampleForm(auto_id="gut_%s"),
        "example_wrong_form": ExampleForm({"title": "x" * 50, "begins": "31.02.2026"}, auto_id="falsch_%s"),
        "example_facts": [(_("Einwohner"), "20.000"), (_("Fläche"), "53,34 km²"), (_("Kreis"), None)],
        "example_number": 20_000,
        "example_messages": [
            Message(constants.SUCCESS, _("Der Entwurf ist gespeichert.")),
            Message(constants.INFO, _("Die Einladung ist unterwegs.")),
            Message(constants.WARNING, _("Ihre Sitzung endet in fünf Minuten.")),
            Message(constants.ERROR, _("Die Datei ist zu groß.")),
        ],
        "example_prose": _(
            "<h3>Zwischenüberschrift</h3><p>Ein Absatz mit <strong>Betonung</strong> und einem "
            '<a href="https://example.org/">Verweis</a>.</p><ul><li>ein Punkt</li><li>noch einer</li></ul>'
        ),
        "example_places": [
            Place("Trier", "#map", 49.757603, 6.638021),
            Place("Speyer", "#map", 49.316172, 8.436572),
            Place("Pirmasens", "#map", 49.19741, 7.60822),
            Place("Kaiserslautern", "#map", 49.445456, 7.768864),
        ],
        "example_bars": [(_("im Einsatz"), 12), (_("im Pilotbetrieb"), 5), (_("beendet"), 2)],
    }
