"""Searches that found nothing, so that coordinators can teach the search a word or ask the network."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from threading import Lock

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from search.asked import is_only_words
from search.models import Miss

LONGEST = 100
KEPT = dt.timedelta(days=180)
MOST_ROWS = 5_000
PAUSE = 60.0  # seconds between two jobs of a process
MOST_WAITING = 100  # different words that a process remembers meanwhile
# What could tell who searched, or whom for, is not kept: addresses, telephone numbers, long numbers, web
# addresses.
PERSONAL = re.compile(r"@|\d[\d\s/()+-]{4,}\d|https?:|www\.", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]{2}")


def normalised(text: str) -> str:
    """One row for all ways to type the same; "" for what is not kept.

    Single letters, phrases in quotes and excluded words teach nothing: without them something may be found.
    """
    words = " ".join(text.replace("\x00", " ").lower().split())
    if len(words) > LONGEST or PERSONAL.search(words) or not WORD.search(words) or not is_only_words(words):
        return ""
    return words


class Waiting:
    """Words of a process that wait to be counted.

    Reading a page must not write, and whoever asks for a thousand pages must not fill the table of jobs. So
    words are kept in memory, at most so many, and handed over together, at most once a minute. What waits
    when the process ends is lost; these are numbers to learn from, not an account.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._numbers: Counter[str] = Counter()
        self._next = 0.0

    def add(self, words: str) -> dict[str, int]:
        """All that is to be counted now, or nothing yet."""
        with self._lock:
            if words in self._numbers or len(self._numbers) < MOST_WAITING:
                self._numbers[words] += 1
            if time.monotonic() < self._next:
                return {}
            self._next = time.monotonic() + PAUSE
            due, self._numbers = self._numbers, Counter()
            return dict(due)

    def forget(self) -> None:
        """Begin as a new process does."""
        with self._lock:
            self._numbers.clear()
            self._next = 0.0


WAITING = Waiting()


@transaction.atomic
def count(numbers: Mapping[str, int]) -> None:
    """Count searches that found nothing. Only words, number and day are kept, never a person.

    New words find no room where there are twice as many as `prune` leaves.
    """
    today = timezone.localdate()
    is_full = Miss.objects.count() >= 2 * MOST_ROWS
    for text, number in sorted(numbers.items()):  # in one order, so that workers do not wait in a circle
        if not (words := normalised(text)):
            continue
        rows, new = Miss.objects.filter(text=words), {"count": number, "last_on": today}
        is_new = not is_full and rows.get_or_create(text=words, defaults=new)[1]
        if not is_new:
            rows.update(count=F("count") + number, last_on=today)


def forget(texts: Iterable[str]) -> None:
    """Take searches off the list: somebody has done something about them."""
    Miss.objects.filter(text__in=[normalised(text) for text in texts]).delete()


def prune() -> None:
    """Forget what nobody searched for a long time, and what is too much to look through."""
    Miss.objects.filter(last_on__lt=timezone.localdate() - KEPT).delete()
    beyond = Miss.objects.order_by("-count", "-last_on", "pk").values("pk")[MOST_ROWS:]
    Miss.objects.filter(pk__in=beyond).delete()
