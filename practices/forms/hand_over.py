"""Choosing a new contact for write-ups of one city."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from practices.models import Practice
from practices.orphans.actions import CITY, DEPUTY
from practices.orphans.groups import Group


def _with_link(practice: Practice) -> SafeString:
    """The title, and a way to look at the write-up first."""
    return format_html(
        '{} (<a class="kern-link kern-link--small kern-link--no-visited-state" href="{}">{}'
        '<span class="kern-sr-only">: {}</span></a>)',
        practice.title,
        practice.get_absolute_url(),
        gettext("ansehen"),
        practice.title,
    )


class HandOverForm(forms.Form):
    """Which of a group's write-ups, and to whom. Every box is ticked to begin with."""

    practices = forms.TypedMultipleChoiceField(
        label=_("Beiträge"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Bitte wählen Sie mindestens einen Beitrag.")},
    )
    to = forms.ChoiceField(
        label=_("Neue Ansprechstelle"), error_messages={"required": _("Bitte wählen Sie, wer es übernimmt.")}
    )

    def __init__(self, data: Any = None, *, group: Group, people: list[User]) -> None:
        self.group = group
        self.people = {str(person.pk): person for person in people if person != group.person}
        keys = [practice.pk for practice in group.practices]
        super().__init__(data, prefix=group.key, initial={"practices": keys})
        choices = [(one.pk, _with_link(one)) for one in group.practices]
        self.fields["practices"].choices = choices  # type: ignore[attr-defined]
        self.fields["to"].choices = self._receivers()  # type: ignore[attr-defined]

    def _receivers(self) -> list[tuple[str, Any]]:
        offered: list[tuple[str, Any]] = [("", _("Bitte wählen"))]
        if any(one.deputy_email or one.deputy_phone or one.deputy_user_id for one in self.group.practices):
            offered.append((DEPUTY, _("die jeweilige Vertretung")))
        city = self.group.city
        if city.contact_email or city.contact_phone:
            offered.append((CITY, city.contact_name or _("die Stelle der Stadt")))
        return offered + [(key, person.name) for key, person in self.people.items()]

    @property
    def receiver(self) -> str | User:
        chosen = self.cleaned_data["to"]
        return self.people.get(chosen, chosen)
