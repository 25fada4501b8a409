"""Who does this already? Similar write-ups and topics for readers, and for authors while they write."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cities.permissions import audience_of, city_ids_of, is_member
from practices.cards import Card, cards_by_key
from practices.enums import Status, Visibility
from practices.models import Practice, PracticeTopic
from practices.permissions import can_decide
from practices.search_entry import SOURCE
from search.reading import SearchTooSlow
from search.similar import named_in_text, newest_under, similar_to, similar_to_text
from search.sources import code_of
from topics.cards import leading_cities
from topics.models import Topic
from ui.panels import Panel, register

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

ON_PAGE, WHILE_WRITING, TOPICS = 4, 3, 2
# Of the first topic and the one above it.
TOLD = {
    "pk": "topic_id", "name": "topic__name", "slug": "topic__slug", "above": "topic__parent_id",
    "above_name": "topic__parent__name", "above_slug": "topic__parent__slug",
}  # fmt: skip
SHORTEST, LONGEST = 8, 500


def register_panels() -> None:
    register(Panel("practice.end", 10, "practices/panels/similar.html", of_practice))
    register(Panel("practice.standing", 10, "practices/panels/before_publishing.html", before_publishing))
    register(Panel("editor.similar", 10, "practices/panels/while_writing.html", while_writing))


@dataclass(frozen=True)
class Neighbour:
    """A write-up that resembles what somebody writes, and how to get in touch where another city wrote it."""

    card: Card
    join: str
    ask: str


def of_practice(request: HttpRequest, practice: Practice) -> dict[str, Any] | None:
    """The place on a published write-up's page; what stands there is read by a request of its own."""
    return {"practice": practice} if practice.status == Status.PUBLISHED else None


def before_publishing(request: HttpRequest, practice: Practice) -> dict[str, Any] | None:
    """The place for the same check once more, above the button to hand in or to publish.

    In review only whoever decides is asked: its author has handed it in knowing of the others.
    """
    is_due = practice.status == Status.DRAFT or (
        practice.status == Status.IN_REVIEW and can_decide(request.user, practice)
    )
    return {"practice": practice} if is_due else None


def while_writing(request: HttpRequest, practice: Practice | None) -> dict[str, Any]:
    """The place beside title and sentence; what is typed comes through `check`."""
    return {"practice": practice}


@login_not_required
@require_safe
def similar(request: HttpRequest, pk: int) -> HttpResponse:
    """What resembles a write-up: a page, and the piece of it that the write-up's own page brings in."""
    primary = PracticeTopic.objects.filter(practice=OuterRef("pk"), is_primary=True)
    told = Subquery(primary.values(told=JSONObject(**TOLD))[:1])
    practices = Practice.objects.visible_to(request.user).annotate(told_topic=told)
    practice = get_object_or_404(practices, pk=pk)
    context: dict[str, Any] = {
        "practice": practice, "cards": [], "neighbours": [], "topic": None, "of_topic": []
    }  # fmt: skip
    if practice.status == Status.PUBLISHED:
        with suppress(SearchTooSlow):
            ids = similar_to(SOURCE, practice.pk, audience=audience_of(request.user), limit=ON_PAGE)
            context |= _alike(practice, ids, request.user)
    else:
        text = f"{practice.title}\n{practice.summary}"
        context["neighbours"] = _neighbours(text, request.user, without=practice)
    template = "practices/similar_region.html" if request.htmx else "practices/similar.html"  # type: ignore[attr-defined]
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _alike(practice: Practice, ids: list[int], reader: User | AnonymousUser) -> dict[str, Any]:
    """What is alike; where nothing is, the newest under the same topic, or else the one above it."""
    told = practice.told_topic  # type: ignore[attr-defined]
    topic = Topic(pk=told["pk"], name=told["name"], slug=told["slug"]) if told else None
    of_topic: list[int] = []
    if told and not ids:
        audience = audience_of(reader)
        is_above, of_topic = newest_under(
            SOURCE, told["pk"], told["above"], audience=audience, without=practice.pk, limit=ON_PAGE
        )
        if is_above:
            topic = Topic(pk=told["above"], name=told["above_name"], slug=told["above_slug"])
    cards = cards_by_key([*ids, *of_topic], reader)
    return {
        "cards": [cards[key] for key in ids if key in cards],
        "of_topic": [cards[key] for key in of_topic if key in cards],
        "topic": topic,
    }


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """What resembles title and sentence in the address, as the piece of the page that the editor swaps."""
    text = "\n".join(request.GET.get(name, "")[:LONGEST].replace("\x00", "") for name in ("title", "summary"))
    own = request.GET.get("own", "")
    practice = (
        Practice.objects.visible_to(request.user).filter(pk=own).only("pk").first()
        if own.isdecimal() and len(own) < 16
        else None
    )
    return render(request, "practices/resembling.html", _resembling(text, request.user, practice))


def _resembling(text: str, reader: User | AnonymousUser, own: Practice | None) -> dict[str, Any]:
    if len(text.strip()) < SHORTEST:
        return {"neighbours": [], "topics": []}
    return {"neighbours": _neighbours(text, reader, without=own), "topics": _topics(text, reader)}


def _neighbours(text: str, reader: User | AnonymousUser, *, without: Practice | None) -> list[Neighbour]:
    ids: list[int] = []
    with suppress(SearchTooSlow):  # it is only a hint
        ids = similar_to_text(
            text,
            source=SOURCE,
            audience=audience_of(reader),
            limit=WHILE_WRITING,
            without=without.pk if without else None,
        )
    cards = cards_by_key(ids, reader)
    addresses = _addresses(list(cards), reader)
    return [
        Neighbour(
            card,
            join=_mail(addresses.get(key, ""), _("Gemeinsam an „%(title)s“ arbeiten"), card),
            ask=_mail(addresses.get(key, ""), _("Frage zu „%(title)s“"), card),
        )
        for key, card in cards.items()
    ]


def _addresses(ids: list[int], reader: User | AnonymousUser) -> dict[int, str]:
    """Whom to write to, for members; nobody of an anonymous write-up or in the reader's own city."""
    if not ids or not is_member(reader):
        return {}
    rows = (
        Practice.objects.filter(pk__in=ids)
        .exclude(visibility=Visibility.ANONYMOUS)
        .exclude(city__in=city_ids_of(reader))
    )
    contacts = rows.values_list("pk", "contact_email", "city__contact_email")
    return {key: own or of_city for key, own, of_city in contacts if own or of_city}


def _mail(address: str, subject: str, card: Card) -> str:
    """A link that opens a mail with its subject; "" where nobody can be written to."""
    if not address:
        return ""
    return f"mailto:{address}?{urlencode({'subject': subject % {'title': card.title}}).replace('+', '%20')}"


def _topics(text: str, reader: User | AnonymousUser) -> list[tuple[Topic, list[Any]]]:
    """Topics that the text is about, with the cities that lead them."""
    ids: list[int] = []
    with suppress(SearchTooSlow):
        ids = named_in_text(text, source=code_of("topics"), audience=audience_of(reader), limit=TOPICS)
    topics = Topic.objects.in_bulk(ids)
    leaders = leading_cities(ids) if ids else {}
    return [(topics[key], leaders.get(key, [])) for key in ids if key in topics]
