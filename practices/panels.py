"""What write-ups show on pages of other apps. Each costs at most three queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse

from cities.permissions import audience_of, can_write_for
from practices import desk
from practices.adoption import panels as adoption
from practices.blocks import panels as blocks
from practices.cards import cards_of, newest
from practices.confirming import panels as confirming
from practices.contacting import panels as questions
from practices.files import panels as files
from practices.importing import panels as importing
from practices.islands import desk as islands_desk
from practices.islands import panels as islands
from practices.models import Practice
from practices.my_city import panels as my_city
from practices.on_topic import on_topic
from practices.orphans.panels import leaving, standing
from practices.reuse import panels as using
from practices.search_entry import SOURCE
from practices.transfer import panels as transfer
from practices.waiting import waiting_for
from search.models import Entry
from topics.counts import practice_counts
from ui.panels import Panel, register

if TYPE_CHECKING:
    from practices.adoption.querysets import Person
    from topics.models import Service, Topic

ON_HOME, ON_PAGES, OF_MINE = 4, 4, 10


def register_panels() -> None:
    register(Panel("home.main", 10, "practices/panels/home.html", home))
    register(Panel("home.figures", 10, "practices/panels/figure.html", figure))
    register(Panel("city.main", 10, "practices/panels/city.html", of_city, city_numbers))
    register(Panel("topic.main", 10, "practices/panels/topic.html", of_topic))
    register(Panel("service.main", 10, "practices/panels/service.html", of_service))
    register(Panel("mine.tasks", 10, "practices/panels/tasks.html", tasks))
    blocks.register_panels()
    files.register_panels()
    register(Panel("city.leaving", 10, "practices/panels/leaving.html", leaving))
    register(Panel("city.standing", 10, "practices/panels/standing.html", standing))
    register(Panel("mine.tasks", 20, "practices/panels/due.html", confirming.mine))
    register(Panel("mine", 15, "practices/panels/questions_mine.html", questions.mine))
    importing.register_panels()
    desk.register_groups()
    adoption.register_panels()
    islands.register_panels()
    islands_desk.register_groups()
    transfer.register_panels()
    using.register_panels()
    my_city.register_panels()


def home(request: HttpRequest, _subject: Any) -> dict[str, Any]:
    return {"cards": newest(request.user, ON_HOME, is_public=True)}


def figure(request: HttpRequest, _subject: Any) -> dict[str, Any]:
    """How many write-ups the reader can read."""
    return {"number": practice_counts(request.user).get(0, 0)}


def city_numbers(reader: Person) -> dict[str, Any]:
    """How many write-ups of a city the reader may know of, read along with the city."""
    entries = Entry.objects.filter(city_id=OuterRef("pk"), source=SOURCE, audience__lte=audience_of(reader))
    counted = entries.order_by().values("city_id").annotate(number=Count("pk"))
    return {"practice_number": Coalesce(Subquery(counted.values("number")), 0)}


def of_city(request: HttpRequest, city: Any) -> dict[str, Any]:
    return {
        "city": city,
        "cards": newest(request.user, ON_PAGES, city_id=city.pk),
        "number": city.practice_number,
        "url": f"{reverse('practices:list')}?stadt={city.slug}",
        "can_write": can_write_for(request.user, city),
    }


def of_topic(request: HttpRequest, topic: Topic) -> dict[str, Any]:
    found = on_topic(topic, request.user)
    return {
        "topic": topic,
        "cards": found.best,
        "at_work": found.at_work,
        "lately": found.lately,
        "near": found.near,
        "number": practice_counts(request.user).get(topic.pk, 0),
        "url": f"{reverse('practices:list')}?thema={topic.slug}",
        "can_write": request.user.is_authenticated and not topic.is_retired,
    }


def of_service(request: HttpRequest, service: Service) -> dict[str, Any] | None:
    """Write-ups that name an OZG service, the newest first."""
    practices = Practice.objects.published_for(request.user).filter(service_links__service=service)
    cards = cards_of(list(practices.for_cards()[:OF_MINE]), request.user)
    return {"cards": cards} if cards else None


def tasks(request: HttpRequest, _subject: Any) -> dict[str, Any] | None:
    """What came back to its author, and what waits for a decision."""
    waiting = waiting_for(request)
    if not waiting.returned and not waiting.to_decide:
        return None
    return {"returned": waiting.returned, "waiting": waiting.to_decide}
