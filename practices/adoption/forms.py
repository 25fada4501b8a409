"""Entering how far a city is, and later what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pghistory
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cities.choosing import CityField
from cities.models import City
from cities.permissions import is_coordinator, roles_of
from practices.adoption import actions
from practices.adoption.actions import Standing
from practices.adoption.enums import Stage, can_follow, needs_reason
from practices.adoption.figure_form import figure_form_for
from practices.adoption.permissions import makers_of
from practices.forms.rows import MORE, RowSet
from practices.history import lines
from practices.models import Adoption
from practices.partial_dates import PartialDateField
from ui.forms import RichTextField, VersionedModelForm

if TYPE_CHECKING:
    from accounts.models import User
    from practices.models import BuildingBlock, Practice

MOST_FIGURES = 20
WAS_IN_USE = gettext_lazy(
    "Was schon im Pilotbetrieb oder im Einsatz war, hat Ihre Stadt übernommen. Bitte wählen Sie "
    "„wieder beendet“."
)
REASON = gettext_lazy("Bitte sagen Sie kurz, warum. Das hilft den anderen am meisten.")
TOO_EARLY = gettext_lazy(
    "Dieser Stand beginnt vor dem, auf den er folgt (%(stage)s seit %(since)s). Bitte prüfen Sie das Datum."
)


EARLIER_AS_WELL = gettext_lazy("Ist das frühere Datum falsch, ändern Sie es unten gleich mit.")


class StandingForm(forms.Form):
    """How far the city is, since when, and a few words."""

    stage = forms.ChoiceField(
        label=gettext_lazy("Wie weit sind Sie?"),
        choices=Stage.choices,
        initial=Stage.INTERESTED,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Bitte wählen Sie, wie weit Sie sind.")},
    )
    since = PartialDateField(
        label=gettext_lazy("Seit wann?"),
        error_messages={"required": gettext_lazy("Bitte sagen Sie, seit wann; ein Jahr genügt.")},
    )
    remark = forms.CharField(
        label=gettext_lazy("Kurz dazu"),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Was haben Sie vor, was fehlt noch? Ein Satz genügt. Wenn Sie es nicht übernehmen, es beenden "
            "oder einen Schritt zurückgehen: warum?"
        ),
    )
    marks_optional = False

    def __init__(self, data: Any = None, *, before: tuple[str, str] = ("", ""), **options: Any) -> None:
        """`before` is the stage that this one follows, and since when that was; empty for none."""
        super().__init__(data, **options)
        self.before_stage, self.before_since = before
        self.fields["since"].initial = timezone.localdate().strftime("%Y-%m")

    def clean_since(self) -> str:
        return _past(self.cleaned_data["since"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        stage = cleaned.get("stage", "")
        before = self.before_stage
        if not can_follow(stage, after=before):
            self.add_error("stage", str(WAS_IN_USE))
        if "remark" in cleaned and needs_reason(stage, after=before) and not cleaned["remark"].strip():
            self.add_error("remark", str(REASON))
        return cleaned

    @property
    def standing(self) -> Standing:
        return Standing(
            stage=self.cleaned_data["stage"],
            since=self.cleaned_data["since"],
            remark=self.cleaned_data["remark"],
        )


class AdoptForm(StandingForm):
    """The first entry. Only who acts for several cities says which one.

    `withdrawn` are entries that would be taken up again: `resumed` those that can be with this form. Of the
    only city it begins with what was there.
    """

    field_order = ["city", "stage", "since", "remark"]

    def __init__(
        self,
        data: Any = None,
        *,
        user: User,
        thing: Practice | BuildingBlock,
        withdrawn: Iterable[Adoption] = (),
    ) -> None:
        super().__init__(data)
        self.thing = thing
        self.cities = {} if is_coordinator(user) else _cities_of(user, without=makers_of(thing))
        if is_coordinator(user):
            self.fields["city"] = CityField(label=_("Welche Stadt übernimmt es?"))
        elif len(self.cities) > 1:
            choices = [("", _("Bitte wählen")), *((str(key), city.name) for key, city in self.cities.items())]
            self.fields["city"] = forms.ChoiceField(label=_("Für welche Stadt?"), choices=choices)
        self.order_fields(self.field_order)
        self.resumed = [adoption for adoption in withdrawn if adoption.city_id in self.cities]
        if len(self.cities) == 1 and self.resumed:
            for name in ("stage", "since", "remark"):
                self.fields[name].initial = getattr(self.resumed[0], name)

    @property
    def city(self) -> City:
        """The adopting one; after `is_valid()`."""
        given = self.cleaned_data.get("city")
        if isinstance(given, City):
            return given
        found: City = self.cities[int(given)] if given else next(iter(self.cities.values()))
        return found


def _cities_of(user: User, *, without: set[int]) -> dict[int, City]:
    keys = set(roles_of(user)) - without
    return {city.pk: city for city in City.objects.filter(pk__in=keys).order_by("sort_name")}


class StageForm(StandingForm):
    """The next stage. Whoever did not see the latest one is shown it first.

    Where the dates are in the wrong order it offers to correct the `earlier` one as well.
    """

    earlier = PartialDateField(label=gettext_lazy("Seit wann galt der Stand davor?"), required=False)

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_147_483_647)

    def __init__(self, data: Any = None, *, adoption: Adoption) -> None:
        super().__init__(data, before=(adoption.stage, adoption.since))
        self.adoption = adoption
        self.fields["stage"].initial = adoption.stage
        self.fields["since"].initial = adoption.since
        self.fields["version"].initial = adoption.version
        self._earlier = self.fields.pop("earlier")
        self._earlier.help_text = _("Nur ausfüllen, wenn das frühere Datum falsch ist.")
        if data is not None and "earlier" in data:
            self.offer_earlier()

    def offer_earlier(self) -> None:
        self.fields["earlier"] = self._earlier
        self.order_fields(["stage", "since", "earlier", "remark"])

    def clean_earlier(self) -> str:
        return _past(self.cleaned_data["earlier"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("version") != self.adoption.version:
            sent: Any = self.data
            self.data = seen = sent.copy()
            seen["version"] = str(self.adoption.version)
            message = _(
                "Inzwischen hat jemand anderes gespeichert; jetzt steht hier: %(stage)s seit %(since)s. "
                "Was Sie geschrieben haben, ist noch da. Bitte prüfen und noch einmal speichern."
            )
            self.add_error(None, message % said(self.adoption.stage, self.adoption.since))
        return cleaned


class DetailsForm(VersionedModelForm):
    """What came of it. The caller holds the row's lock when it is saved."""

    adaptation = RichTextField(label=gettext_lazy("Was wir anpassen mussten"), required=False)
    experience = RichTextField(label=gettext_lazy("Unsere Erfahrung"), required=False)
    marks_optional = False

    class Meta:
        model = Adoption
        fields = ["adaptation", "experience", "contact_name", "contact_email"]
        labels = {"contact_name": gettext_lazy("Wen können andere Städte fragen?")}

    def __init__(self, data: Any = None, *, adoption: Adoption) -> None:
        super().__init__(data, instance=adoption)
        figures = list(adoption.adoption_figures.all())
        self.row_sets = [
            RowSet(
                data,
                form=figure_form_for(adoption, figures),
                rows=figures,
                title=gettext_lazy("Aufwand, Kosten und Ersparnis bei Ihnen"),
                intro=gettext_lazy(
                    "Nur was Sie wissen; jede Zahl sagt, ob sie gemessen oder geschätzt ist, und eine "
                    "Ersparnis, woher sie kommt. Schreiben Sie, wie Sie es gewohnt sind: „60.750 €“, "
                    "„1,5“ oder „rund 5.000“."
                ),
                each=gettext_lazy("Zahl"),
                most=MOST_FIGURES,
                say=lines.figure,
                owner="adoption",
            )
        ]

    @property
    def subforms(self) -> list[forms.BaseForm]:
        return [form for rows in self.row_sets for form in rows.formset.forms]

    def stored_row(self) -> Adoption:
        return self.instance  # read under its lock, and not yet changed

    def saved_by(self, stored: Any) -> str:
        return str(stored.updated_by or _("jemand anderes"))

    def is_valid(self) -> bool:
        if self.is_bound and self.data.get(MORE):
            self.hide_errors()
            for rows in self.row_sets:
                rows.add_row()
                rows.hide_errors()
            return False
        return super().is_valid()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._validate_constraints = False  # each would be a query; nothing here can break one
        for rows in self.row_sets:
            if rows.check():
                continue
            if rows.conflict:
                self.conflicts.append(rows.conflict)
                message = _("Inzwischen hat %(who)s die Zahlen geändert. Bitte wählen Sie.")
                self.add_error(None, message % {"who": self.saved_by(self.instance)})
            else:
                errors = [str(error) for error in rows.formset.non_form_errors()]
                for text in errors or [_("Bitte prüfen Sie die Zahlen.")]:
                    self.add_error(None, text)
        return cleaned

    def save_details(self, *, by: User, confirms: bool) -> None:
        """Write what differs from the stored row; nothing where nothing does. `confirms` as for `adopt`."""
        changed = [rows for rows in self.row_sets if rows.changed]
        if not changed and not self.changed_names:
            return
        with pghistory.context(user=by.pk):
            for rows in changed:
                rows.save(self.instance)
            columns = [name for name in self.changed_names if name in self.Meta.fields]
            actions.save_details(
                adoption=self.instance,
                fields=columns,
                with_numbers=bool(changed),
                by=by,
                confirms=confirms,
            )


def _past(since: str) -> str:
    if since > timezone.localdate().strftime("%Y-%m"):
        raise ValidationError(_("Das liegt in der Zukunft. Tragen Sie es ein, wenn es so weit ist."))
    return since


def said(stage: str, since: str) -> dict[str, str]:
    """A standing in words, for messages."""
    from_stored = PartialDateField().prepare_value(since)
    return {"stage": str(Stage(stage).label), "since": from_stored}
