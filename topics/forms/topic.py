"""The form with which coordinators keep the map."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search.folding import SortKey, german_slug
from topics.choosing import TopicField
from topics.models import MAX_DEPTH, RESERVED_SLUGS, FormerTopicSlug, Topic
from topics.tree import TopicNode, TopicTree
from ui.forms import ListField, RichTextField, VersionedModelForm


def _bare(name: str) -> str:
    """A name as it is compared: without case, umlauts, blanks and signs where it has letters of ours."""
    return german_slug(name, 100) or name.strip().casefold()


class TopicForm(VersionedModelForm):
    """A topic with its place in the map. Call `topics.actions.hold_map` before checking it."""

    slug = forms.SlugField(
        label=gettext_lazy("Adresse der Seite"),
        max_length=100,
        required=False,
        help_text=gettext_lazy(
            "Kleinbuchstaben, Ziffern und Bindestriche. Leer: wird aus dem Namen gebildet. "
            "Eine frühere Adresse leitet weiter."
        ),
        error_messages={
            "invalid": gettext_lazy("Bitte nur Buchstaben, Ziffern, Binde- und Unterstriche verwenden.")
        },
    )
    parent = TopicField(
        label=gettext_lazy("Steht unter"),
        required=False,
        empty_label=gettext_lazy("keinem anderen: oberste Ebene"),
        help_text=gettext_lazy(
            "Die Themenkarte hat höchstens drei Ebenen; Unterthemen ziehen mit um. "
            "Angeboten wird, wo das Thema mit ihnen Platz hat."
        ),
    )
    description = RichTextField(
        label=gettext_lazy("Beschreibung"),
        required=False,
        max_length=8_000,
        help_text=gettext_lazy("Was gehört dazu, was nicht? Welche Fragen stellen sich Städten dabei?"),
    )
    synonyms = ListField(
        label=gettext_lazy("Andere Wörter dafür"),
        required=False,
        help_text=gettext_lazy(
            "Eines je Zeile. Wer danach sucht, findet das Thema auch so: „Glasfaser“ bei „Breitband“."
        ),
    )

    class Meta:
        model = Topic
        fields = ["name", "parent", "summary", "description", "synonyms", "slug"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, tree: TopicTree, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.node = tree.get(self.instance.pk) if self.instance.pk else None
        parent = self.fields["parent"]
        assert isinstance(parent, TopicField)  # noqa: S101  narrows the type
        parent.tree, parent.is_offered = tree, self._has_room
        self.fields["name"].widget.attrs["autocomplete"] = "off"
        self.namesakes = self._namesakes(tree)
        if self.namesakes:
            self.fields["anyway"] = self._anyway()
            self.order_fields(["name", "anyway"])

    def _namesakes(self, tree: TopicTree) -> list[TopicNode]:
        """Other topics that are called what was typed as the name, or are found by it as another word."""
        typed = self.data.get(self.add_prefix("name"), "") if self.is_bound else ""
        word = _bare(typed)
        if not word or (self.node and _bare(self.node.name) == word):
            return []
        return [
            node for node in tree if node is not self.node and word in map(_bare, [node.name, *node.synonyms])
        ]

    def _anyway(self) -> forms.BooleanField:
        return forms.BooleanField(
            label=_("Trotzdem so nennen: Es ist ein anderes Thema"),
            error_messages={
                "required": _(
                    "Diesen Namen gibt es schon: %(topics)s. Bitte sehen Sie dort nach oder bestätigen Sie,"
                    " dass Sie ein anderes Thema meinen."
                )
                % {"topics": ", ".join(f"„{node.name}“" for node in self.namesakes)}
            },
        )

    def _has_room(self, node: TopicNode) -> bool:
        """Whether the topic with all below it fits under another one."""
        return not self._is_within(node) and node.depth + self._height <= MAX_DEPTH

    def _is_within(self, node: TopicNode) -> bool:
        return self.node is not None and self.node in node.path

    @property
    def _height(self) -> int:
        return self.node.height if self.node else 1

    def clean_parent(self) -> Topic | None:
        chosen: Topic | None = self.cleaned_data["parent"]
        tree = self.fields["parent"].tree  # type: ignore[attr-defined]
        node = tree.get(chosen.pk) if chosen else None
        if node is None:
            return None
        if self._is_within(node):
            raise ValidationError(_("Ein Thema kann nicht unter sich selbst stehen."), code="loop")
        if not self._has_room(node):
            raise ValidationError(
                _(
                    "Dort ist kein Platz: Die Themenkarte hat höchstens drei Ebenen, und „%(parent)s“ "
                    "steht auf Ebene %(depth)d; dieses Thema braucht mit seinen Unterthemen %(height)d."
                )
                % {"parent": node.name, "depth": node.depth, "height": self._height},
                code="depth",
            )
        return chosen

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"].lower() or german_slug(self.cleaned_data.get("name", ""), 100)
        if not slug and "name" in self.cleaned_data:
            raise ValidationError(_("Bitte geben Sie eine Adresse an; aus dem Namen ergibt sich keine."))
        if slug in RESERVED_SLUGS:
            raise ValidationError(_("Diese Adresse braucht das Portal selbst."), code="reserved")
        former = FormerTopicSlug.objects.filter(slug=slug).exclude(topic=self.instance.pk).first()
        if former:
            raise ValidationError(
                _("Unter dieser Adresse war früher „%(topic)s“ zu finden; Verweise darauf gelten noch.")
                % {"topic": former.topic},
                code="former",
            )
        return slug

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        name, parent = cleaned.get("name"), cleaned.get("parent")
        if name and "parent" in cleaned:
            twins = Topic.objects.filter(parent=parent, sort_name=SortKey(Value(name)))
            if twins.exclude(pk=self.instance.pk).exists():
                self.add_error("name", _("Ein Thema mit diesem Namen gibt es an dieser Stelle schon."))
        self._check_derived_slug()
        if "name" in self.errors and self.namesakes:
            # It cannot have this name at all, so there is nothing to confirm.
            self.errors.pop("anyway", None)
            del self.fields["anyway"]
        return cleaned

    def _check_derived_slug(self) -> None:
        """An address that nobody typed is in the way because of the name."""
        slug = self.cleaned_data.get("slug")
        if not slug or self.data.get(self.add_prefix("slug"), "").strip():
            return
        if Topic.objects.filter(slug=slug).exclude(pk=self.instance.pk).exists():
            if "name" in self.cleaned_data:
                self.add_error("name", _("Ein Thema mit diesem Namen gibt es schon."))
            del self.cleaned_data["slug"]

    def _get_validation_exclusions(self) -> set[str]:
        """The model is not asked about an address that was taken out."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded | ({"slug"} if "slug" not in self.cleaned_data else set())
