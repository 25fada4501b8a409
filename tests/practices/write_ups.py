"""What the tests of this folder share: a complete form, and published write-ups that lists can find."""

from typing import Any

from practices import search_entry
from practices.actions import Links
from practices.models import Practice
from tests.factories import make_practice
from topics.models import Topic


def published(title: str | None = None, **fields: Any) -> Practice:
    """A published write-up with its search entry."""
    practice = make_practice(title, **fields)
    search_entry.refresh(practice)
    return practice


def only(**links: Any) -> Links:
    """These links and no others."""
    none: dict[str, Any] = {"primary_topic": None, "further_topics": [], "partner_cities": [], "tags": []}
    return Links(**none | links)


def complete_form(topic: Topic, **changes: Any) -> dict[str, Any]:
    """What a browser sends when the short profile is filled in."""
    return {
        "title": "Bodenfeuchte-Sensoren steuern das Wässern",
        "summary": "Sensoren zeigen, welcher Baum Wasser braucht.",
        "kind": "practice",
        "phase": "live",
        "visibility": "public",
        "primary_topic": str(topic.pk),
        "starting_point": "<p>Alle Bäume wurden nach Plan gegossen.</p>",
        "solution": "<p>Sieben Sensoren melden die Feuchte.</p>",
        "lessons": "<p>Früher mit den Gärtnern sprechen.</p>",
        "contact_name": "Grünflächenamt",
        "contact_email": "gruen@example.org",
    } | changes


def form_of(practice: Practice, topic: Topic, **changes: Any) -> dict[str, Any]:
    """What a browser sends when the editor of this write-up is sent back unchanged."""
    stored = {
        name: getattr(practice, name)
        for name in (
            "title",
            "summary",
            "kind",
            "phase",
            "visibility",
            "starting_point",
            "solution",
            "lessons",
            "contact_name",
            "contact_email",
        )
    }
    return stored | {"primary_topic": str(topic.pk), "version": str(practice.version)} | changes
