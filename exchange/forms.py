"""Writing requests, and saying how they stand."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import OneLineField
from accounts.models import User
from accounts.phones import PhoneField
from cities.choosing import CityField
from cities.models import City
from cities.permissions import city_ids_of, is_coordinator
from exchange.asking import LONGEST_TITLE
from exchange.enums import STILL_OPEN, RequestState, RequestVisibility
from exchange.models import Answer, Request
from practices.forms.profile import require_name
from search.folding import german_slug
from topics.choosing import TopicField
from topics.tree import TopicTree
from ui.forms import VersionedModelForm

LONGEST = dt.timedelta(days=731)
STAYS_IN_NETWORK = gettext_lazy(
    "Andere haben geantwortet, weil nur das Netzwerk mitliest. Stellen Sie für alle ein neues Gesuch."
)


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def check_end(day: dt.date) -> None:
    """A day on which a request can end from now on."""
    today = timezone.localdate()
    if day < today:
        raise ValidationError(_("Bitte nennen Sie einen Tag, der noch kommt."), code="past")
    if day > today + LONGEST:
        raise ValidationError(_("Höchstens zwei Jahre im Voraus; verlängern geht jederzeit."), code="late")


def opens_answers(request: Request, visibility: str | None) -> bool:
    """Whether this would show to everybody what was answered for the network alone."""
    if request.pk is None or visibility != RequestVisibility.PUBLIC:
        return False
    told = Request.objects.filter(pk=request.pk, visibility=RequestVisibility.NETWORK)
    return told.filter(answers__isnull=False).exists()


class RequestForm(VersionedModelForm):
    """What is sought, from whom, and until when."""

    title = OneLineField(
        label=gettext_lazy("Was suchen Sie?"),
        max_length=LONGEST_TITLE,
        help_text=gettext_lazy("Zum Beispiel „Dienstanweisung für den Einsatz von KI“."),
    )
    topic = TopicField(label=gettext_lazy("Thema"))

    class Meta:
        model = Request
        fields = [
            "title",
            "text",
            "topic",
            "visibility",
            "open_until",
            "contact_name",
            "contact_email",
            "contact_phone",
        ]
        field_classes = {"contact_phone": PhoneField}
        labels = {"contact_name": gettext_lazy("Wer beantwortet Rückfragen?")}
        help_texts = {
            "text": gettext_lazy("Wofür brauchen Sie es, was haben Sie schon, was würde Ihnen helfen?"),
            "open_until": gettext_lazy("Danach steht das Gesuch nicht mehr unter den offenen."),
        }
        widgets = {
            "text": forms.Textarea(attrs={"rows": 6}),
            "visibility": forms.RadioSelect,
            "open_until": day_input(),
            "contact_email": forms.EmailInput(attrs={"autocomplete": "off"}),
            "contact_phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact_name"].help_text = _(
            "Eine Stelle oder eine Person. Ohne Angabe steht hier die Ansprechstelle der Stadt."
        )

    def clean_open_until(self) -> dt.date:
        day: dt.date = self.cleaned_data["open_until"]
        if day != self.initial.get("open_until") or self.instance.pk is None:
            check_end(day)
        return day

    def clean(self) -> dict[str, Any]:
        super().clean()
        require_name(self, "contact")
        if opens_answers(self.instance, self.cleaned_data.get("visibility")):
            self.add_error("visibility", STAYS_IN_NETWORK)
        return self.cleaned_data


def _named_so(title: str, tree: TopicTree) -> int | None:
    """The topic that has this name, else the only one with this word for it."""
    words = german_slug(title)
    if not words:
        return None
    named = [node.id for node in tree.live if german_slug(node.name) == words]
    called = [node.id for node in tree.live if words in map(german_slug, node.synonyms)]
    return next((ids[0] for ids in (named, called) if len(ids) == 1), None)


class NewRequestForm(RequestForm):
    """With the city where there is a choice; the coordination may leave it open and asks for the network."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    suche = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.initial.setdefault("key", uuid.uuid4())
        self._offer_cities()
        self._offer_contact()

    def offer(self, *, title: str, topic: str, miss: str) -> None:
        """Begin with what the address tells."""
        self.initial.update(title=" ".join(title.split())[:LONGEST_TITLE], suche=miss[:200])
        if topic or title:
            tree = TopicTree.load()
            found = next((node.id for node in tree.live if node.slug == topic), None)
            found = found or _named_so(title, tree)
            self.initial["topic"], self.fields["topic"].tree = found, tree  # type: ignore[attr-defined]

    def _offer_cities(self) -> None:
        own = city_ids_of(self.user)
        if is_coordinator(self.user):
            self.fields["city"] = CityField(
                label=_("Für welche Stadt?"),
                required=False,
                help_text=_("Ohne Angabe fragt die Koordination für das ganze Netzwerk."),
            )
        elif len(own) == 1:
            self.instance.city = City.objects.get(pk=own[0])
        else:
            offered = City.objects.filter(pk__in=own).order_by("sort_name")
            self.fields["city"] = forms.ModelChoiceField(offered, label=_("Für welche Stadt?"))
        if "city" in self.fields:
            self.order_fields(["title", "text", "topic", "city"])

    def _offer_contact(self) -> None:
        """Suggest the person who asks where the city has named no office."""
        city = self.instance.city
        if city is None or city.contact_email or city.contact_phone:
            return
        self.initial.update(
            contact_name=self.user.office or self.user.name,
            contact_email=self.user.email,
            contact_phone=self.user.phone,
        )
        self.fields["contact_name"].help_text = _(
            "Vorgeschlagen sind Ihre eigenen Angaben; wer das Gesuch liest, sieht sie."
        )

    def _post_clean(self) -> None:
        if "city" in self.fields:
            self.instance.city = self.cleaned_data.get("city")
        super()._post_clean()  # type: ignore[misc]


class StateForm(VersionedModelForm):
    """How a request stands; where it is solved, what helped."""

    marks_optional = False  # what is needed depends on the state

    helped = forms.ModelMultipleChoiceField(
        Answer.objects.none(),
        label=gettext_lazy("Was hat geholfen?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nur bei „gelöst“. Diese Antworten stehen dann oben."),
    )

    class Meta:
        model = Request
        fields = ["state", "open_until", "closing_note"]
        help_texts = {
            "open_until": gettext_lazy("Solange es offen ist oder Sie in Gesprächen sind."),
            "closing_note": gettext_lazy("Nötig bei „nicht mehr gesucht“. Ein Satz genügt."),
        }
        widgets = {
            "state": forms.RadioSelect,
            "open_until": day_input(),
            "closing_note": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, answers: list[Answer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state = self.fields["state"]
        assert isinstance(state, forms.ChoiceField)  # noqa: S101  narrows the type
        state.choices = RequestState.choices
        if not answers:
            del self.fields["helped"]
            return
        helped = self.fields["helped"]
        assert isinstance(helped, forms.ModelMultipleChoiceField)  # noqa: S101  narrows the type
        helped.queryset = Answer.objects.filter(request=self.instance)
        helped.choices = [(answer.pk, _named(answer)) for answer in answers]
        self.initial["helped"] = [answer.pk for answer in answers if answer.helped]
        self.order_fields(["state", "helped", "open_until", "closing_note"])

    def stored_values(self, stored: Request) -> dict[str, Any]:
        values = super().stored_values(stored)
        if "helped" in self.fields:
            values["helped"] = list(stored.answers.filter(helped=True).values_list("pk", flat=True))
        return values

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        state = cleaned.get("state")
        if state in STILL_OPEN and cleaned.get("open_until"):
            try:
                check_end(cleaned["open_until"])
            except ValidationError as error:
                self.add_error("open_until", error)
        says_nothing = not cleaned.get("closing_note") and "closing_note" not in self.errors
        if state == RequestState.CLOSED and says_nothing:
            self.add_error("closing_note", _("Bitte sagen Sie kurz, warum es sich erledigt hat."))
        if state != RequestState.CLOSED:
            cleaned["closing_note"] = ""
        return cleaned

    @property
    def saved_names(self) -> list[str]:
        """The row's own columns that the outcome concerns."""
        return ["state", "open_until", "closing_note"]


def _named(answer: Answer) -> str:
    """„Trier, 24.12.2026: Wir haben dafür …“."""
    words = answer.text.split()
    start = " ".join(words[:12])
    more = " …" if len(words) > 12 else ""
    return f"{answer.giver}, {timezone.localtime(answer.created_at):%d.%m.%Y}: {start}{more}"
