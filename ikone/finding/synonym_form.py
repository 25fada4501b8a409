"""Words with one meaning as coordinators enter them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search import synonyms
from search.models import OWN_LIST, Synonym

MOST_TERMS = 20
LONGEST_TERM = 80


class SynonymForm(forms.Form):
    """Words with one meaning, one a line; `synonym` is the row that they are for."""

    terms = forms.CharField(
        label=gettext_lazy("Wörter mit gleicher Bedeutung"),
        help_text=gettext_lazy("Ein Wort oder eine Wendung je Zeile, zum Beispiel „DMS“ und „E-Akte“."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, synonym: Synonym, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.synonym = synonym

    def clean_terms(self) -> list[str]:
        lines = (" ".join(line.split()) for line in self.cleaned_data["terms"].splitlines())
        terms = list({line.casefold(): line for line in lines if line}.values())
        if len(terms) < 2:
            raise ValidationError(_("Bitte geben Sie mindestens zwei Wörter an."), code="too_few")
        if len(terms) > MOST_TERMS:
            raise ValidationError(
                _("Bitte höchstens %(most)d Wörter.") % {"most": MOST_TERMS}, code="too_many"
            )
        for term in terms:
            _check(term)
        if row := self._row_with_all_of(terms):
            raise ValidationError(_known(row), code="known")
        self._check_own_groups(terms)
        return terms

    def _check_own_groups(self, terms: list[str]) -> None:
        """No further word stands in a second group of the own list: each would say less than both."""
        had = {synonyms.name_of(term) for term in self.synonym.terms} if self.synonym.pk else set()
        further = {synonyms.key_of(term): term for term in terms if synonyms.name_of(term) not in had}
        for row in synonyms.groups_with(further.values(), but=self.synonym):
            if row.origin == OWN_LIST:
                term = next(further[key] for key in map(synonyms.key_of, row.terms) if key in further)
                message = _("„%(term)s“ steht schon in der Gruppe %(words)s. Bitte ergänzen Sie diese.")
                words = " = ".join(row.terms)
                raise ValidationError(message % {"term": term, "words": words}, code="elsewhere")

    def _row_with_all_of(self, terms: list[str]) -> Synonym | None:
        """Another row that says the same already, in whatever order and with whatever capitals."""
        names = {synonyms.name_of(term) for term in terms}
        others = Synonym.objects.exclude(pk=self.synonym.pk) if self.synonym.pk else Synonym.objects.all()
        return next((row for row in others if names <= {synonyms.name_of(term) for term in row.terms}), None)


def _check(term: str) -> None:
    if len(term) > LONGEST_TERM:
        message = _("„%(term)s“ ist zu lang: höchstens %(most)d Zeichen.")
        raise ValidationError(message % {"term": f"{term[:40]}…", "most": LONGEST_TERM}, code="too_long")
    if not any(sign.isalnum() for sign in term):
        raise ValidationError(_("„%(term)s“ ist kein Wort.") % {"term": term}, code="no_word")
    if not synonyms.key_of(term):
        message = _("„%(term)s“ steht in fast jedem Text; die Suche übergeht es. Bitte nehmen Sie es heraus.")
        raise ValidationError(message % {"term": term}, code="stop_word")


def _known(row: Synonym) -> str:
    words = {"words": " = ".join(row.terms)}
    if row.origin == OWN_LIST:
        return _("Die Suche kennt diese Wörter schon zusammen: %(words)s.") % words
    return _("Ein Thema oder Schlagwort verbindet diese Wörter schon: %(words)s.") % words
