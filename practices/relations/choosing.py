"""Finding the write-up with which another is to be connected, by what somebody types."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cities.permissions import audience_of
from practices.enums import RelationKind
from practices.models import Practice
from practices.permissions import can_see_city
from practices.search_entry import SOURCE
from search.searching import Question, SearchTooSlow, search

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

MOST_FOUND = 10
LONGEST = 200
NUMBERED = re.compile(r"(?:(\S*)/praxis/)?([0-9]{1,9})(?:[-/]\S*)?")


@dataclass(frozen=True)
class Candidate:
    """A write-up that may be meant."""

    pk: int
    title: str
    about: str


def candidates(practice: Practice, text: str, reader: User) -> list[Candidate]:
    """Other write-ups that `found_by` finds."""
    return found_by(text, reader, without=[practice.pk])


def found_by(text: str, reader: User | AnonymousUser, *, without: Collection[int]) -> list[Candidate]:
    """Write-ups that this person may read and that fit „mängelmelder“, `/praxis/15-…/` or „15“.

    Published ones by all their words, unless that takes too long; those of the reader's own cities by their
    title, drafts as well.
    """
    text = text[:LONGEST].replace("\x00", "").strip()
    if not text:
        return []
    ids = _by_number(text)
    if "://" not in text:  # the words of an address mean nothing
        ids += [*_by_words(text, reader), *_own(text, reader)]
    rows = Practice.objects.visible_to(reader).exclude(pk__in=without).filter(pk__in=ids).for_cards()
    found = {row.pk: row for row in rows}
    chosen = [found[pk] for pk in dict.fromkeys(ids) if pk in found][:MOST_FOUND]
    return [Candidate(row.pk, row.title, _about(row, reader)) for row in chosen]


def _by_number(text: str) -> list[int]:
    """The write-up with this number, or of this address of the portal; other hosts have other write-ups."""
    match = NUMBERED.fullmatch(text)
    if match is None:
        return []
    host = (match[1] or "").rpartition("://")[2]
    return [int(match[2])] if host in ("", settings.BASE_URL.rpartition("://")[2]) else []


def _by_words(text: str, reader: User | AnonymousUser) -> list[int]:
    asked = Question(source=SOURCE, audience=audience_of(reader), text=text, page_size=MOST_FOUND)
    with suppress(SearchTooSlow):  # its number or its title may still find it
        return search(asked).page.ids
    return []


def _own(text: str, reader: User | AnonymousUser) -> list[int]:
    own = Practice.objects.of_own_cities(reader).filter(title__icontains=text)
    return list(own.order_by("-pk").values_list("pk", flat=True)[:MOST_FOUND])


def _about(row: Practice, reader: User | AnonymousUser) -> str:
    city = row.city.name if can_see_city(reader, row) else _("eine Stadt im Netzwerk")
    return f"{row.get_kind_display()} · {city} · {row.get_status_display()}"


class RelationForm(forms.Form):
    """How the write-up is connected, and with which of the candidates."""

    marks_optional = False

    kind = forms.ChoiceField(
        label=gettext_lazy("Dieser Beitrag …"),
        choices=RelationKind.choices,
        initial=RelationKind.RELATED,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Bitte wählen Sie, wie die Beiträge zusammenhängen."),
            "invalid_choice": gettext_lazy("Bitte wählen Sie, wie die Beiträge zusammenhängen."),
        },
    )
    target = forms.ModelChoiceField(
        Practice.objects.none(),
        label=gettext_lazy("… diesem Beitrag:"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": gettext_lazy("Bitte wählen Sie einen Beitrag."),
            "invalid_choice": gettext_lazy("Diesen Beitrag gibt es nicht. Bitte suchen Sie noch einmal."),
        },
    )

    def __init__(
        self, data: Any = None, *, reader: User, offered: list[Candidate], kind: RelationKind | None = None
    ) -> None:
        super().__init__(data)
        self.fields["target"].queryset = Practice.objects.visible_to(reader)  # type: ignore[attr-defined]
        self.fields["target"].choices = [(one.pk, f"{one.title} ({one.about})") for one in offered]  # type: ignore[attr-defined]
        if len(offered) == 1:
            self.initial["target"] = offered[0].pk
        if kind:
            del self.fields["kind"]
            self.fields["target"].label = _("Ersetzt durch")
