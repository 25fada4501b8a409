"""The sections of the editor, in the order in which a write-up grows.

Each is a page of its own that is saved on its own. A new part of the record plugs in with one entry of
SECTIONS.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db.models import Model
from django.db.models.expressions import BaseExpression, Combinable
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from practices.editing import states
from practices.editing.states import State
from practices.figures.forms import NumbersForm
from practices.forms import PlacingForm, ProfileForm, ServicesForm, StoryForm, TrustForm
from practices.reuse.forms import ReuseForm

PROFILE = "profil"


class EditorForm(Protocol):
    """What the editor's page asks of a section's form; `practices.forms.section.SectionForm` has it all."""

    @property
    def errors(self) -> Any: ...
    def is_valid(self) -> bool: ...
    def is_multipart(self) -> bool: ...
    def hidden_fields(self) -> Any: ...

    is_final: bool  # asks for all that publishing needs; only the short profile looks at it

    def hide_errors(self) -> None:
        """Show what was typed without checking it."""

    def save_section(self, *, by: User) -> None:
        """Write what changed, in the caller's transaction that holds the practice's row."""


@dataclass(frozen=True)
class EditorSection:
    """One section: its page, its form and how far it is.

    `form(data, files, practice=, user=)` makes the form; a section without one has pages of its own, which
    begin at `url_name` with the write-up's number. `state` costs no query: what it needs beside the row's
    columns are annotations that `reads` adds to the one query for the write-up.
    """

    slug: str
    title: Promise
    lead: Promise
    minutes: int
    state: Callable[[Any], State]
    form: Callable[..., EditorForm] | None = None
    template: str = "practices/editor/fields.html"
    reads: Mapping[str, BaseExpression | Combinable] = field(default_factory=dict)
    url_name: str = "practices:section"

    def url(self, practice: Model) -> str:
        args = [practice.pk, self.slug] if self.form else [practice.pk]
        return reverse(self.url_name, args=args)


SECTIONS: list[EditorSection] = [
    EditorSection(
        slug=PROFILE,
        title=_("Kurzprofil"),
        lead=_("Das Wichtigste auf einer Seite. Mehr braucht es nicht, um zu veröffentlichen."),
        minutes=10,
        form=ProfileForm,
        template="practices/editor/profile.html",
        state=states.of_profile,
    ),
    EditorSection(
        slug="geschichte",
        title=_("Die ganze Geschichte"),
        lead=_("Vorgehen, Ergebnisse, Irrwege und was andere vorher wissen sollten."),
        minutes=20,
        form=StoryForm,
        state=states.of_story,
    ),
    EditorSection(
        slug="einordnung",
        title=_("Zeit, Partner und Suchwörter"),
        lead=_("Wann, mit wem, und wonach andere suchen würden."),
        minutes=3,
        form=PlacingForm,
        template="practices/editor/placing.html",
        state=states.of_placing,
        reads=states.PLACING_READS,
    ),
    EditorSection(
        slug="leistungen",
        title=_("OZG-Leistungen"),
        lead=_("Für Online-Dienste: welche Leistungen des Onlinezugangsgesetzes der Beitrag betrifft."),
        minutes=1,
        form=ServicesForm,
        state=states.of_services,
        reads=states.SERVICES_READS,
    ),
    EditorSection(
        slug="zahlen",
        title=_("Zahlen"),
        lead=_("Was es gekostet und gebracht hat, und worauf jede Zahl beruht."),
        minutes=5,
        form=NumbersForm,
        template="practices/editor/numbers.html",
        state=states.of_numbers,
    ),
    EditorSection(
        slug="nachnutzung",
        title=_("Nachnutzung"),
        lead=_("Womit es läuft, wie es beschafft wurde und was Sie anderen anbieten."),
        minutes=5,
        form=ReuseForm,
        template="practices/editor/reuse.html",
        state=states.of_reuse,
    ),
    EditorSection(
        slug="beziehungen",
        title=_("Beziehungen"),
        lead=_("Womit der Beitrag zusammenhängt und was ihn ersetzt."),
        minutes=2,
        url_name="practices:relations",
        state=states.of_relations,
        reads=states.RELATIONS_READS,
    ),
    EditorSection(
        slug="vertrauen",
        title=_("Vertretung und Quelle"),
        lead=_("Wer antwortet noch, und wo steht mehr darüber?"),
        minutes=2,
        form=TrustForm,
        template="practices/editor/trust.html",
        state=states.of_trust,
    ),
    EditorSection(
        slug="bausteine",
        title=_("Bausteine"),
        lead=_("Was andere übernehmen können: Leitfaden, Ausschreibungstext, Vertrag, Programm."),
        minutes=10,
        state=states.of_blocks,
        reads=states.BLOCKS_READS,
        url_name="practices:blocks",
    ),
    EditorSection(
        slug="dateien",
        title=_("Bilder und Dateien"),
        lead=_("Was den Beitrag zeigt und belegt: Bilder, Bericht, Beschluss, Vorlage."),
        minutes=5,
        state=states.of_files,
        reads=states.FILES_READS,
        url_name="practices:files",
    ),
]


def section_named(slug: str) -> EditorSection | None:
    return next((section for section in SECTIONS if section.slug == slug), None)


def section_after(slug: str) -> EditorSection | None:
    """The next one in order."""
    slugs = [section.slug for section in SECTIONS]
    at = slugs.index(slug) + 1
    return SECTIONS[at] if at < len(SECTIONS) else None


def all_reads() -> dict[str, BaseExpression | Combinable]:
    """The annotations that the states of all sections need."""
    return {name: expression for section in SECTIONS for name, expression in section.reads.items()}
