"""A write-up as one person may see it: worked out here so that no template decides what is hidden."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from accounts.callees import Callee
from cities.contacts import callees
from cities.models import City
from cities.permissions import is_member
from practices import permissions
from practices.contacting.permissions import can_ask
from practices.enums import Kind, Phase, RequestState, Status, Step, Visibility
from practices.figures.reading import Numbers
from practices.history.authors import credits_of
from practices.models import Practice, PracticeTopic
from practices.partial_dates import display
from practices.relations.reading import Relations
from practices.reuse.reading import Reuse
from practices.reviews.opinions import Opinions
from practices.sections import BOXES, STORY, label_of, missing_fields
from search.kept import KeptSelect
from ui.templatetags.ui import german

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from topics.models import Topic

PARTNERS = KeptSelect()


@dataclass(frozen=True)
class Section:
    """A part of the text; `name` is the field and the anchor."""

    name: str
    label: str
    text: str


@dataclass(frozen=True)
class LastReturn:
    """When, by whom and why a draft came back from its review, or a write-up was archived."""

    at: dt.datetime
    by: str
    remark: str
    what: str


@dataclass(frozen=True)
class Missing:
    """What still has to be filled before it can be submitted, and where."""

    label: str
    url: str


@dataclass(frozen=True)
class Standing:
    """Where a write-up stands, for those who work on it."""

    missing: list[Missing]
    last_return: LastReturn | None
    can_submit: bool
    can_withdraw: bool
    can_decide: bool
    edit_url: str
    edit_label: str


@dataclass(frozen=True)
class Asked:
    """The reader's own question to the city: when, and where it is."""

    sent_at: dt.datetime
    state: str


@dataclass(frozen=True)
class Profile:
    """What the page shows to one person."""

    preline: str
    shows_city: bool
    stop_reason: str
    boxes: list[Section]
    story: list[Section]
    numbers: Numbers
    reuse: Reuse
    relations: Relations
    period: str
    phase: str
    topics: list[Topic]
    tags: list[str]
    services: list[tuple[str, str]]
    partners: list[City]
    source_url: str
    source_name: str
    callees: list[Callee]
    audience: str
    is_overdue: bool
    authors: list[str]
    changed_by: str
    can_edit: bool
    can_confirm: bool
    standing: Standing | None
    opinions: Opinions
    can_ask: bool
    asked: Asked | None

    @property
    def callee(self) -> Callee | None:
        """Whom to call: the first with a number."""
        return next((callee for callee in self.callees if callee.phone), None)

    @property
    def contents(self) -> list[tuple[str, str]]:
        """Anchor and name of each part below the boxes."""
        parts = [(section.name, section.label) for section in self.story]
        if self.numbers:
            parts.append(("numbers", _("Zahlen")))
        if self.reuse:
            parts.append(("reuse", _("Nachnutzung")))
        if self.opinions.shown:
            parts.append(("meinungen", _("Meinungen")))
        if self.relations.groups:
            parts.append(("relations", _("Hängt zusammen mit")))
        return parts

    @classmethod
    def of(cls, practice: Any, reader: User | AnonymousUser) -> Profile:
        """`practice` comes from `practices.views.pages.practice_for`."""
        shows_city = permissions.can_see_city(reader, practice)
        # Read onto the write-up: what is still missing asks for the same links.
        links_with_topics = PracticeTopic.objects.select_related("topic")
        prefetch_related_objects([practice], Prefetch("topic_links", links_with_topics))
        links = sorted(practice.topic_links.all(), key=lambda link: not link.is_primary)
        relations = Relations.of(practice, reader)
        may_edit = permissions.can_edit(reader, practice)
        is_public = practice.visibility == Visibility.PUBLIC
        return cls(
            preline=_preline(practice, shows_city=shows_city),
            shows_city=shows_city,
            stop_reason=practice.stop_reason if practice.kind == Kind.STOPPED else "",
            boxes=box_sections(practice),
            story=_sections(practice, STORY),
            numbers=Numbers.of(practice, shows_city=shows_city),
            reuse=Reuse.of(practice, shows_city=shows_city),
            relations=relations,
            period=_period(practice),
            phase=_phase(practice),
            topics=[link.topic for link in links],
            tags=practice.tag_names,
            services=_services(practice),
            partners=_partners(practice) if shows_city else [],
            # A press article would tell which city it is.
            source_url=practice.source_url if shows_city else "",
            source_name=practice.source_name if shows_city else "",
            callees=callees(practice, practice.city, reader) if shows_city else [],
            audience="" if is_public else practice.get_visibility_display(),
            is_overdue=_is_overdue(practice) and relations.successor is None,
            # Read only where they are shown: briefs and comparisons are made of many write-ups.
            authors=_authors(practice, reader) if shows_city else [],
            changed_by=_changed_by(practice, reader) if shows_city else "",
            can_edit=may_edit,
            can_confirm=practice.status == Status.PUBLISHED and permissions.can_confirm(reader, practice),
            standing=standing_of(practice, reader) if may_edit else None,
            opinions=Opinions.of(practice, reader),
            can_ask=can_ask(reader, practice),
            asked=_asked(practice),
        )


def _authors(practice: Practice, reader: User | AnonymousUser) -> list[str]:
    """Names of people are for members."""
    return cast(list[str], SimpleLazyObject(lambda: credits_of(practice))) if is_member(reader) else []


def _partners(practice: Practice) -> list[City]:
    """Read only where they are shown."""
    return cast("list[City]", SimpleLazyObject(lambda: _read_partners(practice)))


def _read_partners(practice: Any) -> list[City]:
    if "partner_cities" in getattr(practice, "_prefetched_objects_cache", ()):
        return list(practice.partner_cities.all())
    return PARTNERS.rows((), lambda pk: City.objects.filter(partner_practices=pk), pk=practice.pk)


def _preline(practice: Practice, *, shows_city: bool) -> str:
    kind = practice.get_kind_display()
    if not shows_city:
        return f"{kind} · {_('eine Stadt im Netzwerk')}"
    city = practice.city
    if city.population is None:
        return f"{kind} · {city.name}"
    inhabitants = _("%(number)s Einw.") % {"number": german(city.population)}
    unbroken = inhabitants.replace(" ", "\N{NO-BREAK SPACE}")
    return f"{kind} · {city.name} ({unbroken})"


def _services(practice: Any) -> list[tuple[str, str]]:
    return [(row["name"], reverse("topics:ozg_service", args=[row["pk"]])) for row in practice.service_rows]


def _asked(practice: Any) -> Asked | None:
    for own in practice.asked:
        return Asked(dt.datetime.fromisoformat(own["sent_at"]), str(RequestState(own["state"]).label))
    return None


def box_sections(practice: Practice) -> list[Section]:
    """What one reads first."""
    return _sections(practice, BOXES)


def _sections(practice: Practice, names: list[str]) -> list[Section]:
    return [Section(name, label_of(name), text) for name in names if (text := getattr(practice, name))]


def _period(practice: Practice) -> str:
    starts, ends = (display(value) if value else "" for value in (practice.starts, practice.ends))
    if starts and ends:
        return starts if starts == ends else _("%(starts)s bis %(ends)s") % {"starts": starts, "ends": ends}
    if starts and practice.phase == Phase.ENDED:  # it is no more, and nobody has said since when
        return _("begonnen %(starts)s") % {"starts": starts}
    if starts:
        return _("seit %(starts)s") % {"starts": starts}
    return _("bis %(ends)s") % {"ends": ends} if ends else ""


def _phase(practice: Practice) -> str:
    """„im Einsatz, seit 2021“, „beendet (begonnen 2021)“."""
    phase, period = str(practice.get_phase_display()), _period(practice)
    if period and practice.phase == Phase.ENDED:
        return f"{phase} ({period})"
    return f"{phase}, {period}" if period else phase


def _is_overdue(practice: Practice) -> bool:
    due = practice.next_check_on
    return practice.status == Status.PUBLISHED and due is not None and due < timezone.localdate()


def _changed_by(practice: Practice, reader: User | AnonymousUser) -> str:
    return str(practice.updated_by) if is_member(reader) and practice.updated_by else ""


def last_return_of(practice: Any) -> LastReturn | None:
    """With which words a draft came back, or an archived write-up was archived; needs `for_page()`."""
    last = practice.last_step if practice.status in {Status.DRAFT, Status.ARCHIVED} else None
    if not last or not (last["step"] == Step.RETURNED or last["remark"]):
        return None
    what = str(Step(last["step"]).label)
    return LastReturn(dt.datetime.fromisoformat(last["at"]), last["by"] or "", last["remark"], what)


def standing_of(practice: Any, reader: User | AnonymousUser) -> Standing:
    """For somebody who may edit it; `practice` comes from `for_page()`. One query for its topics."""
    missing = missing_in(practice) if practice.status == Status.DRAFT else []
    return Standing(
        missing=missing,
        last_return=last_return_of(practice),
        can_submit=permissions.can_submit(reader, practice),
        can_withdraw=permissions.can_withdraw(reader, practice),
        can_decide=permissions.can_decide(reader, practice),
        edit_url=reverse("practices:edit", args=[practice.pk]),
        edit_label=_("Weiterschreiben") if missing else _("Bearbeiten"),
    )


def missing_in(practice: Practice) -> list[Missing]:
    """The fields of the short profile that are still empty."""
    labels = {
        "topics": _("Wichtigstes Thema"),
        "contact_email": _("E-Mail-Adresse oder Telefon der Ansprechstelle"),
    }
    page = reverse("practices:section", args=[practice.pk, "profil"])
    return [
        Missing(
            labels.get(name) or label_of(name),
            f"{page}#id_{'primary_topic' if name == 'topics' else name}_label",
        )
        for name in missing_fields(practice)
    ]
