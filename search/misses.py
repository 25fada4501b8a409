"""Searches that found nothing, so that coordinators can teach the search a word or ask the network."""

from __future__ import annotations

import datetime as dt
import re

from django.db.models import F
from django.utils import timezone

from search.models import Miss

LONGEST = 100
KEPT = dt.timedelta(days=180)
MOST_ROWS = 5_000
# What could tell who searched, or whom for, is not kept: addresses, telephone numbers, long numbers, web
# addresses.
PERSONAL = re.compile(r"@|\d[\d\s/()+-]{4,}\d|https?:|www\.", re.IGNORECASE)


def normalised(text: str) -> str:
    """One row for all ways to type the same; "" for what is not kept."""
    words = " ".join(text.replace("\x00", " ").lower().split())
    if len(words) > LONGEST or PERSONAL.search(words) or not any(sign.isalpha() for sign in words):
        return ""
    return words


def count(text: str) -> None:
    """Count a search that found nothing. Only words, number and day are kept, never a person."""
    words = normalised(text)
    today = timezone.localdate()
    if not words:
        return
    row, is_new = Miss.objects.get_or_create(text=words, defaults={"last_on": today})
    if not is_new:
        Miss.objects.filter(pk=row.pk).update(count=F("count") + 1, last_on=today)


def prune() -> None:
    """Forget what nobody searched for a long time, and what is too much to look through."""
    Miss.objects.filter(last_on__lt=timezone.localdate() - KEPT).delete()
    beyond = Miss.objects.order_by("-count", "-last_on", "pk").values("pk")[MOST_ROWS:]
    Miss.objects.filter(pk__in=beyond).delete()
