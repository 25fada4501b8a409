"""The form of an answer: some words, and write-ups that fit, found without leaving the page."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from cities.models import City
from cities.permissions import audience_of, city_ids_of, is_coordinator
from exchange.enums import RequestVisibility
from exchange.models import Answer, Request
from exchange.querysets import pointable
from practices.models import Practice
from practices.relations.choosing import found_by
from practices.search_entry import SOURCE
from search.reading import SearchTooSlow
from search.similar import similar_to_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.contrib.auth.models import AnonymousUser

    from practices.cards import Card

OFFERED, MOST_LINKED = 4, 10
FIND = "finden"  # the button that looks for write-ups instead of sending
NETWORK = "0"  # the value of the coordination among cities


class AnswerForm(forms.Form):
    """`linked` are chosen among those that fit the request, that were looked for, or chosen before.

    With the button `FIND` the form is not sent: it comes back with what `gesucht` finds, all else as typed.
    `opened` says which state of an answer its author has seen, of a new one who was to read it.
    """

    text = forms.CharField(
        label=gettext_lazy("Ihre Antwort"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Was wissen Sie dazu, wen sollte man anrufen? Ein Satz genügt."),
    )
    linked = forms.ModelMultipleChoiceField(
        Practice.objects.none(),
        label=gettext_lazy("Beiträge, die dabei helfen"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": gettext_lazy(
                "Einen dieser Beiträge gibt es nicht. Bitte prüfen Sie die Auswahl."
            ),
            "invalid_pk_value": gettext_lazy(
                "Einen dieser Beiträge gibt es nicht. Bitte prüfen Sie die Auswahl."
            ),
        },
    )
    gesucht = forms.CharField(
        label=gettext_lazy("Beitrag suchen"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "Titel, Stichworte, Adresse oder Nummer; „Suchen“ zeigt die Treffer oben zum Ankreuzen."
        ),
    )
    opened = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(
        self, data: Any = None, *, reader: User, request: Request, answer: Answer | None = None
    ) -> None:
        super().__init__(data)
        self.reader, self.request, self.answer = reader, request, answer
        city = request.city_id
        self.is_of_asker = city in city_ids_of(reader) if city else is_coordinator(reader)
        text = self.fields["text"]
        text.help_text = f"{text.help_text} {_who_reads(request)}"
        if answer:
            links = answer.links.order_by("pk").values_list("practice", flat=True)
            self.initial.update(text=answer.text, linked=list(links), opened=answer.state)
        else:
            self.initial["opened"] = request.visibility
        self.candidates = self._candidates()
        self.offered: list[Card] = []
        self._linked.queryset = pointable(reader)
        self._linked.choices = []
        self._offer_cities()

    def offer(self, cards: Mapping[int, Card]) -> None:
        """Show the candidates of which there are cards; needed before the form is shown."""
        self.offered = [cards[key] for key in self.candidates if key in cards]
        self._linked.choices = [(card.pk, f"{card.title} ({card.preline})") for card in self.offered]
        if not self.offered:
            self._linked.help_text = _("Suchen Sie unten nach einem Beitrag, der hilft.")
        if words := self._typed("gesucht").strip():
            found = len([key for key in self.looked_for if key in cards])
            self.fields["gesucht"].help_text = escape(_found(words, found))  # hints are drawn as they are

    @property
    def _linked(self) -> forms.ModelMultipleChoiceField:
        field = self.fields["linked"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101  narrows the type
        return field

    def hide_errors(self) -> None:
        """Show what was typed without checking it."""
        self._errors = ErrorDict()

    def show_stored(self, stored: Answer) -> None:
        """Say that somebody saved meanwhile; whoever sends the form once more has seen it."""
        self.add_error(
            "text",
            _(
                "Jemand hat diese Antwort inzwischen geändert. Jetzt steht dort: „%(text)s“ "
                "Wenn Sie noch einmal speichern, steht dort Ihr Text."
            )
            % {"text": stored.text},
        )
        self._has_seen(stored.state)

    def clean(self) -> dict[str, Any]:
        """What was written for the network is not published unless its author knows."""
        super().clean()
        was_for_network = self.cleaned_data.get("opened") == RequestVisibility.NETWORK
        if not self.answer and was_for_network and not self.request.is_for_network:
            self.add_error(
                "text",
                _(
                    "Inzwischen können alle das Gesuch lesen, dann auch Ihre Antwort. "
                    "Wenn Sie noch einmal senden, ist sie öffentlich."
                ),
            )
            self._has_seen(self.request.visibility)
        return self.cleaned_data

    def _has_seen(self, state: str) -> None:
        assert isinstance(self.data, QueryDict)  # noqa: S101  narrows the type
        self.data = self.data.copy()
        self.data["opened"] = state

    def clean_linked(self) -> list[Practice]:
        chosen = list(self.cleaned_data["linked"])
        if len(chosen) > MOST_LINKED:
            raise forms.ValidationError(
                _("Höchstens %(most)d Beiträge.") % {"most": MOST_LINKED}, code="max_items"
            )
        return chosen

    def made(self) -> Answer:
        """The answer as it is to be saved."""
        answer = self.answer or Answer(request=self.request, city=self._city())
        answer.text = self.cleaned_data["text"]
        return answer

    def _candidates(self) -> list[int]:
        """What was chosen comes first, then what was looked for, then what fits a new answer."""
        self.looked_for = [one.pk for one in found_by(self._typed("gesucht"), self.reader, without=[])]
        fits = [] if self.answer or self.is_of_asker else fitting(self.request, self.reader)
        return list(dict.fromkeys([*self._chosen(), *self.looked_for, *fits]))

    def _chosen(self) -> list[int]:
        if not self.is_bound:
            return list(self.initial.get("linked", []))
        given = self.data.getlist("linked") if hasattr(self.data, "getlist") else self.data.get("linked", [])
        numbers = [
            int(each) for each in map(str, given) if each.isascii() and each.isdigit() and len(each) < 19
        ]
        return numbers[: 2 * MOST_LINKED]

    def _typed(self, name: str) -> str:
        return str(self.data.get(name, "")) if self.is_bound else ""

    def _offer_cities(self) -> None:
        """Where somebody may answer for several cities, or for one and as the coordination."""
        if self.answer:
            return
        own = self.request.reader_cities or []  # type: ignore[attr-defined]  # see `with_cities_of`
        if len(own) + is_coordinator(self.reader) < 2:
            return
        choices = [(str(city["pk"]), city["name"]) for city in own]
        if is_coordinator(self.reader):
            choices.append((NETWORK, _("die Koordination des Netzwerks")))
        self.fields["city"] = forms.ChoiceField(label=_("Sie antworten für"), choices=choices)
        self.order_fields(["text", "city"])

    def _city(self) -> City | None:
        if "city" in self.fields:
            chosen = self.cleaned_data["city"]
            return None if chosen == NETWORK else City.objects.get(pk=int(chosen))
        own = city_ids_of(self.reader)
        return City.objects.get(pk=own[0]) if own else None


def _found(words: str, number: int) -> str:
    if not number:
        return _("Zu „%(words)s“ ist nichts gefunden.") % {"words": words}
    return ngettext(
        "Zu „%(words)s“ ist ein Beitrag gefunden; er steht oben zum Ankreuzen.",
        "Zu „%(words)s“ sind %(number)d Beiträge gefunden; sie stehen oben zum Ankreuzen.",
        number,
    ) % {"words": words, "number": number}


def _who_reads(request: Request) -> str:
    if request.is_for_network:
        return _("Ihre Antwort lesen nur die Städte im Netzwerk.")
    return _("Ihre Antwort ist öffentlich zu lesen.")


def fitting(request: Request, reader: User | AnonymousUser) -> list[int]:
    """Write-ups that resemble what is sought; it is only a hint."""
    ids: list[int] = []
    with suppress(SearchTooSlow):
        ids = similar_to_text(
            f"{request.title}\n{request.text}", source=SOURCE, audience=audience_of(reader), limit=OFFERED
        )
    return ids
