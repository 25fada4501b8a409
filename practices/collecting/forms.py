"""Forms of collections."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from practices.models import Collection, CollectionItem
from practices.models.collecting import LONGEST_NOTE, Audience

NEW = "neu"
FIRST_TITLE = gettext_lazy("Merkliste")


class CollectionForm(forms.ModelForm):
    class Meta:
        model = Collection
        fields = ["title", "intro"]
        widgets = {"intro": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"intro": gettext_lazy("Steht auf dem Deckblatt der Mappe.")}
        error_messages = {"title": {"required": gettext_lazy("Bitte geben Sie der Sammlung einen Namen.")}}


class NoteForm(forms.ModelForm):
    class Meta:
        model = CollectionItem
        fields = ["note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 5})}
        help_texts = {"note": gettext_lazy("Steht auch in der Mappe. Wer die Sammlung liest, liest sie mit.")}


class KeepForm(forms.Form):
    """Where something is to be kept: in one of the own collections, or in a new one."""

    collection = forms.ChoiceField(
        label=gettext_lazy("Wohin?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Bitte wählen Sie eine Sammlung."),
            "invalid_choice": gettext_lazy("Diese Sammlung gibt es nicht mehr. Wählen Sie eine andere."),
        },
    )
    title = forms.CharField(label=gettext_lazy("Name der neuen Sammlung"), max_length=120, required=False)
    note = forms.CharField(
        label=gettext_lazy("Notiz"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Wozu Sie es brauchen, für Sie und für alle, die die Sammlung lesen."),
    )

    def __init__(self, data: Any = None, *, own: list[Collection], kept_in: set[int]) -> None:
        super().__init__(data)
        self.own = {str(one.pk): one for one in own if one.pk not in kept_in}
        choices = [(key, one.title) for key, one in self.own.items()]
        self.fields["collection"].choices = [*choices, (NEW, _("Neue Sammlung"))]  # type: ignore[attr-defined]
        self.initial["collection"] = next(iter(self.own), NEW)
        if not own:
            self.initial["title"] = str(FIRST_TITLE)
        if not self.own:
            self.fields["collection"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("collection") == NEW and not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", _("Bitte geben Sie der neuen Sammlung einen Namen."))
        return cleaned

    @property
    def chosen(self) -> Collection | None:
        """The collection; None for a new one."""
        return self.own.get(self.cleaned_data["collection"])


class AudienceForm(forms.ModelForm):
    class Meta:
        model = Collection
        fields = ["audience"]
        widgets = {"audience": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = Audience.choices  # type: ignore[attr-defined]


class ReaderForm(forms.Form):
    """A member of the network, by the address of their account."""

    email = forms.EmailField(
        label=gettext_lazy("E-Mail-Adresse der Person"),
        max_length=254,
        help_text=gettext_lazy("Die Person braucht ein Konto im Netzwerk. Sie bekommt eine Mail."),
        error_messages={"required": gettext_lazy("Bitte geben Sie eine E-Mail-Adresse ein.")},
    )

    def __init__(self, data: Any = None, *, owner: User) -> None:
        super().__init__(data)
        self.owner = owner
        self.person: User | None = None  # known once the address has been looked up

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        self.person = User.objects.filter(email__iexact=email, is_active=True).first()
        if self.person is None:
            raise ValidationError(
                _("Zu dieser Adresse gibt es im Netzwerk kein Konto. Prüfen Sie die Schreibweise."),
                code="unknown",
            )
        if self.person == self.owner:
            raise ValidationError(_("Das ist Ihre eigene Adresse."), code="own")
        return email
