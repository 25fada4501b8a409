"""What tests of merging and splitting share."""

from django.urls import reverse

from search.checking import Drift, differences
from topics import search_entry


def out_of_step():
    """Entries that say something else than their things; tests make topics without entries."""
    return [one for one in differences() if one.drift != Drift.MISSING]


def url(name, topic):
    return reverse(f"topics:{name}", args=[topic.slug])


def indexed(topic):
    search_entry.refresh(topic)
    return topic
