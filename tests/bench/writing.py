"""The write path through the real pages: open the editor, save, publish."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from django.db.models import Count
from django.http import SimpleCookie

from accounts.models import User
from cities.enums import Role
from practices.enums import Kind, Status
from practices.models import Practice
from tests.bench.client import Answer, Browser, member
from tests.bench.forms import filled_in
from tests.bench.measuring import Scenario

SAVING = 150.0  # milliseconds at the 95th percentile
OPENING = 300.0
MANAGERS = 4
MARK = " – Fassung "


class Editor:
    """Managers of cities with much content, each in a browser of their own, `through` which they ask."""

    def __init__(self, through: Callable[[SimpleCookie], Browser] = Browser) -> None:
        managers = (
            User.objects.filter(memberships__role=Role.MANAGER)
            .annotate(write_ups=Count("memberships__city__practices"))
            .order_by("-write_ups", "pk")
        )
        self._numbers = count(1)
        self._browsers: dict[int, Browser] = {}
        for manager in managers.prefetch_related("memberships")[:MANAGERS]:
            city_id = manager.memberships.all()[0].city_id
            self._browsers[city_id] = through(member(manager).cookies)

    def practices(self, status: Status) -> list[str]:
        """Their write-ups, as `city/practice`, taking turns between the cities."""
        rows = Practice.objects.filter(city__in=self._browsers, status=status).exclude(kind=Kind.STOPPED)
        return [f"{city}/{pk}" for city, pk in rows.order_by("pk").values_list("city_id", "pk")]

    def open(self, place: str) -> Answer:
        browser, pk = self._at(place)
        return browser.get(_editor_of(pk))

    def save(self, place: str) -> Answer:
        """Change a sentence and save; only the saving counts."""
        browser, pk = self._at(place)
        data = filled_in(browser.get(_editor_of(pk)).text, _editor_of(pk))
        sentence = data["summary"][0].partition(MARK)[0][:240]
        data |= {"summary": [f"{sentence}{MARK}{next(self._numbers)}"], "do": ["draft"]}
        return browser.post(_editor_of(pk), data)

    def publish(self, place: str) -> Answer:
        """Publish a draft; only that counts. Then make it a draft again, so that it can be published anew."""
        browser, pk = self._at(place)
        browser.get(_editor_of(pk))
        answer = browser.post(f"/praxis/{pk}/veroeffentlichen/", {})
        for step in ("archivieren", "wieder-oeffnen"):
            browser.post(f"/praxis/{pk}/{step}/", {})
        return answer

    def _at(self, place: str) -> tuple[Browser, str]:
        city, pk = place.split("/")
        return self._browsers[int(city)], pk


def _editor_of(pk: str) -> str:
    return f"/praxis/{pk}/bearbeiten/profil/"


def scenarios() -> list[Scenario]:
    editor = Editor()
    published, drafts = editor.practices(Status.PUBLISHED), editor.practices(Status.DRAFT)
    return [
        Scenario("editor opened", editor.open, published, "writing", OPENING),
        Scenario("published practice saved", editor.save, published, "writing", SAVING, expects=302),
        Scenario("draft saved", editor.save, drafts, "writing", SAVING, expects=302),
        Scenario("draft published", editor.publish, drafts, "writing", SAVING, expects=302),
    ]
