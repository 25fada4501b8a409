"""The sections of page and report, each from the same numbers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cities.enums import NetworkStatus, SizeClass, State
from ikone.statistics.counting import Numbers
from ikone.statistics.figures import (
    Bar,
    Chart,
    Figure,
    Section,
    chart,
    figure,
    new,
    records_url,
    share,
    written,
)
from ikone.statistics.scope import UNKNOWN, Scope
from practices.adoption.enums import RUNNING, Stage
from practices.enums import Basis, Kind, Phase, RequestState, Verdict
from practices.facets import KIND_CODES, PHASE_CODES, SIZE_CODES, STATE_CODES
from topics.tree import TopicNode

MOST_MONTHS = 24  # longer periods are drawn by years
Labels = dict[Any, tuple[str, str]]


def members(scope: Scope, numbers: Numbers) -> Section:
    cities = numbers.others["cities"]
    labels = {
        NetworkStatus.MEMBER: _("Mitgliedsstädte"),
        NetworkStatus.GUEST: _("Gäste"),
        NetworkStatus.PAUSED: _("ruhende Mitgliedschaften"),
    }
    member = {"status": NetworkStatus.MEMBER.value}
    return Section(
        "mitglieder",
        _("Mitglieder"),
        _(
            "Städte, die heute dabei sind und bis zum Ende des Zeitraums beigetreten waren. Mit einem Thema"
            " zählen nur Städte, die es leiten, daran mitarbeiten oder sich dafür interessieren."
        ),
        [
            figure(
                scope,
                label,
                cities.total(value=status),
                "staedte",
                new(cities.total(value=status, is_new=True)),
                status=status.value,
            )
            for status, label in labels.items()
        ],
        [
            chart(
                scope, _("Mitgliedsstädte nach Bundesland"),
                cities.by("state", value=NetworkStatus.MEMBER), _states(), "staedte", "land", **member,
            ),
            chart(
                scope, _("Mitgliedsstädte nach Größe"),
                cities.by("size", value=NetworkStatus.MEMBER), _sizes(), "staedte", "groesse", **member,
            ),
        ],
    )  # fmt: skip


def write_ups(scope: Scope, numbers: Numbers) -> Section:
    found = numbers.write_ups
    total, checked, holds = found["kind"].total(), found["checked"][1], found["holds"][1]
    what = "beitraege"
    return Section(
        what,
        _("Praxisbeiträge"),
        _(
            "Beiträge, die bis zum Ende des Zeitraums veröffentlicht wurden und es heute noch sind. Geprüft"
            " heißt: Jemand aus einer anderen Stadt oder die Koordination findet sie überzeugend."
            " Bestätigt heißt: In den letzten %(months)d Monaten veröffentlicht oder von der Stadt bestätigt."
            " Anonyme Beiträge zählen mit, aber bei keinem Bundesland und keiner Größe."
        )
        % {"months": settings.PRACTICE_CHECK_MONTHS},
        [
            figure(scope, _("veröffentlichte Beiträge"), total, what, new(found["is_new"][1])),
            figure(scope, _("davon geprüft"), checked, what, share(checked, total), geprueft=1),
            figure(scope, _("davon bestätigt"), holds, what, share(holds, total), bestaetigt=1),
        ],
        [
            chart(scope, _("Beiträge nach Art"), found["kind"], _coded(Kind, KIND_CODES), what, "art"),
            chart(
                scope, _("Beiträge nach Stand"), found["phase"], _coded(Phase, PHASE_CODES), what, "stand"
            ),
            chart(
                scope, _("Beiträge nach Bundesland"), found["state"], _states(STATE_CODES), what, "land"
            ),
            chart(
                scope, _("Beiträge nach Größe der Stadt"), found["size"], _sizes(SIZE_CODES),
                what, "groesse",
            ),
        ],
    )  # fmt: skip


def on_topics(scope: Scope, numbers: Numbers, topics: list[TopicNode]) -> Chart:
    """Bars of these topics, each with all below it."""
    bars = [
        Bar(node.name, number, records_url(scope, "beitraege", thema=node.slug))
        for node in topics
        if (number := numbers.write_ups["topic"][node.id])
    ]
    return Chart(_("Beiträge nach Thema"), bars)


def adoptions(scope: Scope, numbers: Numbers) -> Section:
    found = numbers.others["adoptions"]
    what, total, confirmed = "uebernahmen", found.total(), found.total(flag=True)
    counted = sum(found.total(flag=True, value=stage) for stage in RUNNING)
    return Section(
        what,
        _("Übernahmen"),
        _(
            "Was Städte von anderen übernommen haben, eingetragen bis zum Ende des Zeitraums, mit dem Stand"
            " von heute. Bundesland und Größe sind die der übernehmenden Stadt. Als übernommen gilt, was ihre"
            " Leitung oder Verwaltung bestätigt hat und als Pilot oder im Betrieb eingesetzt wird."
        ),
        [
            figure(scope, _("übernommen"), counted, what, _("bestätigt und in Gebrauch"), gezaehlt=1),
            figure(scope, _("eingetragen"), total, what, new(found.total(is_new=True))),
            figure(scope, _("davon bestätigt"), confirmed, what, share(confirmed, total), bestaetigt=1),
        ],
        [
            chart(scope, _("Übernahmen nach Stand"), found.by("value"), _words(Stage), what, "stufe"),
        ],
    )


def savings(scope: Scope, numbers: Numbers) -> Section:
    figures = [
        Figure(
            f"{group.label}, {Basis(total.basis).label}",
            total.amount,
            records_url(scope, "ersparnisse", ersparnis=total.kind, grundlage=total.basis),
            ngettext("aus %(n)s Übernahme", "aus %(n)s Übernahmen", total.adoptions)
            % {"n": written(total.adoptions)},
        )
        for group in numbers.savings
        for total in group.totals
    ]
    return Section(
        "ersparnisse",
        _("Ersparnisse"),
        _(
            "Nur aus Übernahmen, die bestätigt und in Gebrauch sind. Gemessenes und Geschätztes, Einmaliges"
            " und Jährliches werden nie zusammengezählt. „Rund“ steht vor einer Summe, sobald ein Betrag"
            " darin nicht genau ist. Was die Übernahme gekostet hat, ist nicht abgezogen."
        ),
        figures,
    )


def leadership(scope: Scope, numbers: Numbers, topics: list[TopicNode]) -> Section:
    """Of these topics. One is covered when a city leads it, a topic above it or one below it."""
    led = {topic for topic, _city, _name in numbers.leaders}
    covered = sum(is_led(node, led) for node in topics)
    cities = {city for _topic, city, _name in numbers.leaders}
    return Section(
        "federfuehrung",
        _("Federführung"),
        _(
            "Stand von heute. Ein Thema ist abgedeckt, wenn eine Stadt des Netzwerks es leitet, ein Thema"
            " darüber oder eines darunter. Städte, deren Mitgliedschaft ruht, zählen hier nicht. Mit"
            " Bundesland oder Größe zählen nur Städte aus diesem Teil des Netzwerks."
        ),
        [
            figure(
                scope, _("Themen mit Federführung"), covered, "themen",
                _("%(share)s; auch über ein Thema darüber oder darunter")
                % {"share": share(covered, len(topics))},
                federfuehrung="mit",
            ),
            figure(
                scope, _("Themen ohne Federführung"), len(topics) - covered, "themen", federfuehrung="ohne"
            ),
            figure(scope, _("federführende Städte"), len(cities), "federfuehrende"),
        ],
    )  # fmt: skip


def is_led(node: TopicNode, led: set[int]) -> bool:
    return any(one.id in led for one in node.path) or any(one.id in led for one in node.branch)


def questions(scope: Scope, numbers: Numbers) -> Section:
    found = numbers.others["questions"]
    passed_on = [RequestState.WAITING, RequestState.PASSED_ON, RequestState.ANSWERED]
    answered = found.total(value=RequestState.ANSWERED)
    through = sum(found.total(value=state) for state in passed_on)
    of_passed_on = _("%(share)s von %(n)s vermittelten") % {
        "share": share(answered, through),
        "n": written(through),
    }
    return Section(
        "fragen",
        _("Fragen an Städte"),
        _(
            "Fragen zu Beiträgen, die im Zeitraum gestellt wurden. Wer eine bekannte Stadt fragt, bekommt die"
            " Antwort unmittelbar von ihr; das Portal erfährt sie nicht und behält die Frage nicht. Ob"
            " geantwortet wurde, ist deshalb nur bei anonymen Beiträgen bekannt, bei denen die Koordination"
            " vermittelt."
        ),
        [
            figure(scope, _("gestellte Fragen"), found.total(), "fragen"),
            figure(scope, _("vermittelt und beantwortet"), answered, "fragen",
                   of_passed_on if through else "",
                   weg=RequestState.ANSWERED.value),
        ],
        [chart(scope, _("Fragen nach Weg"), found.by("value"), _words(RequestState), "fragen", "weg")],
    )  # fmt: skip


def activity(scope: Scope, numbers: Numbers) -> Section:
    found = numbers.write_ups
    opinions, active = numbers.others["opinions"], numbers.others["active"]
    return Section(
        "aktivitaet",
        _("Was im Zeitraum geschah"),
        _(
            "Aus den Inhalten gezählt, nie aus Seitenaufrufen. Eine Stadt hat beigetragen, wenn sie im"
            " Zeitraum einen Beitrag veröffentlicht oder bestätigt, eine Meinung abgegeben, bei einer"
            " Übernahme einen Schritt eingetragen oder die Arbeit an einem Thema begonnen hat. Was anonym"
            " ist, zählt dabei nicht."
        ),
        [
            figure(scope, _("neue Beiträge"), found["is_new"][1], "beitraege", neu=1),
            figure(
                scope, _("bestätigte Beiträge"), found["confirmed"][1], "beitraege",
                _("zuletzt im Zeitraum"), bestaetigt_im="zeitraum",
            ),
            figure(scope, _("Meinungen aus anderen Städten"), opinions.total(), "meinungen"),
            figure(scope, _("Städte, die beigetragen haben"), active.total(), "aktive"),
        ],
        [
            _over_time(scope, numbers),
            chart(scope, _("Meinungen"), opinions.by("value"), _words(Verdict), "meinungen", "meinung"),
        ],
    )  # fmt: skip


def _over_time(scope: Scope, numbers: Numbers) -> Chart:
    """By month, with those without anything; longer periods by year, from the first with something."""
    found = numbers.write_ups["month"]
    first, last = (day.year * 12 + day.month - 1 for day in (scope.first, scope.last))
    bars = []
    if last - first < MOST_MONTHS:
        for month in range(first, last + 1):
            year, at = divmod(month, 12)
            url = records_url(scope, "beitraege", neu=1, monat=f"{year}-{at + 1:02}")
            bars.append(Bar(f"{MONTHS[at + 1]} {year}", found[month], url))
    else:
        for year in range(min(found, default=first) // 12, last // 12 + 1):
            number = sum(found[year * 12 + at] for at in range(12))
            bars.append(Bar(str(year), number, records_url(scope, "beitraege", neu=1, monat=year)))
    return Chart(_("Neue Beiträge im Verlauf"), bars)


def _coded(values: Any, codes: Any) -> Labels:
    return {codes[value]: (value.value, str(value.label)) for value in values}


def _words(values: Any) -> Labels:
    return {value.value: (value.value, str(value.label)) for value in values}


def _states(codes: Any = None) -> Labels:
    """By name; those of write-ups by their code, with the anonymous ones last."""
    states = sorted(State, key=lambda state: str(state.label))
    found: Labels = {codes[one] if codes else one.value: (one.value, str(one.label)) for one in states}
    return found | ({0: (UNKNOWN, _("ohne Angabe (anonym)"))} if codes else {})


def _sizes(codes: Any = None) -> Labels:
    found: Labels = {codes[one] if codes else one.value: (one.value, str(one.label)) for one in SizeClass}
    return found | {0 if codes else "": (UNKNOWN, _("ohne Angabe"))}
