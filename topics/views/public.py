"""What everybody may read: the map and the page of a topic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Case, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.callees import Callee
from cities.contacts import callees
from cities.permissions import city_ids_of
from cities.readers import KeptForReaders
from search.kept import KeptSelect
from search.paging import Page, offset_of
from topics.cards import cards_of, leading_cities
from topics.counts import practice_counts
from topics.enums import Engagement
from topics.freshness import life_of_topics
from topics.handovers import terms_of
from topics.models import Leadership, Topic
from topics.permissions import (
    can_curate,
    can_describe,
    can_edit_leadership,
    can_engage_cities,
    can_remove_leadership,
    can_see_people,
)
from topics.tree import TopicTree
from ui.panels import reads_for

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from accounts.models import User
    from cities.models import City

BRANCH, ENGAGED = KeptForReaders(), KeptSelect()
# So many cities of each kind on a topic's page; the rest have pages of their own.
ON_TOPIC_PAGE, ON_LIST_PAGE = 12, 50


@login_not_required
@require_safe
def topic_map(request: HttpRequest) -> HttpResponse:
    counts = practice_counts(request.user)
    cards = cards_of(TopicTree.load().roots, counts, leading_cities(), life=life_of_topics(request.user))
    gaps = sum(one.is_gap for card in cards for one in card.branch)
    return render(
        request,
        "topics/map.html",
        {
            "cards": cards,
            "number": sum(len(card.branch) for card in cards),
            "gaps": gaps,
            "can_curate": can_curate(request.user),
            "can_engage": can_engage_cities(request.user),
        },
    )


@dataclass(frozen=True)
class Engaged:
    """A city's part in a topic as this reader sees it."""

    leadership: Any  # with the `number` of its kind
    callees: list[Callee]
    can_edit: bool
    can_remove: bool

    @property
    def standing(self) -> str:
        """What became of a city that is not in the network now; its word does not hold any more."""
        city = self.leadership.city
        return "" if city.is_in_network else str(city.get_status_display())

    @property
    def missing(self) -> list[str]:
        """Who is not named of those that a leading city needs."""
        if self.leadership.engagement != Engagement.LEADS or self.standing:
            return []
        named = [one for one in self.callees if not one.is_of_city]
        found = []
        if not any(one.is_reachable and not one.is_deputy for one in named):
            found.append(_("Ansprechperson fehlt"))
        if not any(one.is_deputy for one in named):
            found.append(_("Vertretung fehlt"))
        return found


@login_not_required
@require_safe
def topic_page(request: HttpRequest, slug: str) -> HttpResponseBase:
    branch: list[Topic] = BRANCH.rows(request.user, (), _with_what_panels_read, slug=slug)
    if not branch:
        raise Http404
    topic = branch[0]
    below = [other.pk for other in branch[1:]]
    others = [*below, *(above.pk for above in topic.ancestors)]
    leaderships = _leaderships(request, topic.pk, others)
    engaged = [_engaged(request, one) for one in leaderships if one.topic_id == topic.pk]
    leaders: dict[int, list[City]] = {}
    for one in leaderships:
        if one.engagement == Engagement.LEADS and one.city.is_in_network:
            leaders.setdefault(one.topic_id, []).append(one.city)
    led_above = next((above for above in reversed(topic.ancestors) if above.pk in leaders), None)
    led = [one for one in engaged if one.leadership.engagement == Engagement.LEADS]
    leading = [one for one in led if not one.standing]
    speaking_above = (
        []
        if leading or not led_above
        else [
            _engaged(request, one)
            for one in leaderships
            if one.topic_id == led_above.pk and one.city.is_in_network
        ]
    )
    numbers = {one.leadership.engagement: one.leadership.number for one in engaged}
    counts = practice_counts(request.user)
    [card] = cards_of(
        TopicTree.of(branch).roots, counts, leaders, is_covered=led_above is not None, with_retired=True
    )
    return render(
        request,
        "topics/detail.html",
        {
            "topic": topic,
            "steps": [
                (_("Themen"), reverse("topics:list")),
                *((above.name, above.get_absolute_url()) for above in topic.ancestors),
            ],
            "card": card,
            "coordination_link": f"mailto:{settings.COORDINATION_EMAIL}",
            "leading": leading,
            "led_before": [one for one in led if one.standing],
            "led_above": led_above,
            "speaking_above": speaking_above,
            "working": [one for one in engaged if one.leadership.engagement == Engagement.WORKS_ON],
            "interested": [one for one in engaged if one.leadership.engagement == Engagement.INTERESTED],
            "number": sum(numbers.values()),
            "shows_all": all(number <= ON_TOPIC_PAGE for number in numbers.values()),
            "can_curate": can_curate(request.user),
            "can_engage": not topic.is_retired
            and can_engage_cities(request.user, already={one.leadership.city_id for one in engaged}),
            "can_see_people": can_see_people(request.user),
            "can_describe": can_describe(request.user, [one.leadership.city_id for one in leading]),
        },
    )


def _with_what_panels_read(reader: User | AnonymousUser, slug: str) -> QuerySet[Topic]:
    """The branch of a topic; what panels read comes with the topic itself alone."""
    read = {
        name: Case(When(slug=slug, then=expression))
        for name, expression in reads_for("topic.main", reader).items()
    }
    return Topic.objects.branch_of(slug).annotate(**read)


def _leaderships(request: HttpRequest, topic_id: int, others: list[int]) -> list[Any]:
    """With their `number`, as the page of a topic shows them."""
    own = city_ids_of(request.user)

    def build(topic: int, **others: int) -> QuerySet[Leadership]:
        return Leadership.objects.for_page_of(topic, list(others.values()), most=ON_TOPIC_PAGE, own=own)

    keys = {f"other_{number}": key for number, key in enumerate(others)}
    return ENGAGED.rows(tuple(own), build, topic=topic_id, **keys)


@login_not_required
@require_safe
def engaged_cities(request: HttpRequest, slug: str) -> HttpResponse:
    """All cities of a topic, page by page: those that lead, work on it, are interested."""
    topic = get_object_or_404(Topic.objects.select_related("parent__parent"), slug=slug)
    rows = Leadership.objects.filter(topic=topic).with_people().by_role()
    number = rows.count()
    start = offset_of(request.GET, ON_LIST_PAGE)
    shown = [_engaged(request, one) for one in rows[start : start + ON_LIST_PAGE]]
    if start and not shown:
        raise Http404
    steps = [(_("Themen"), reverse("topics:list"))]
    return render(
        request,
        "topics/engaged_cities.html",
        {
            "topic": topic,
            "steps": [*steps, *((each.name, each.get_absolute_url()) for each in [*topic.ancestors, topic])],
            "groups": [
                *(
                    (label, [one for one in shown if one.leadership.engagement == value and not one.standing])
                    for value, label in Engagement.choices
                ),
                (_("nicht mehr oder zurzeit nicht dabei"), [one for one in shown if one.standing]),
            ],
            "page": Page.at_offset(start, len(shown), number),
            "terms": terms_of(topic, shows_people=can_see_people(request.user)),
        },
    )


def _engaged(request: HttpRequest, leadership: Leadership) -> Engaged:
    is_in_network = leadership.city.is_in_network
    return Engaged(
        leadership,
        callees(leadership, leadership.city, request.user) if is_in_network else [],
        can_edit_leadership(request.user, leadership),
        can_remove_leadership(request.user, leadership),
    )
