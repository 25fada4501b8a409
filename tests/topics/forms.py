"""What browsers send for the forms of topics."""

from django.urls import reverse

from topics.models import Topic


def typed(topic: Topic | None = None, **changes) -> dict[str, str]:
    """What a browser sends for a topic's form."""
    values = {"name": "Breitband", "slug": "", "parent": "", "summary": "", "description": "", "synonyms": ""}
    if topic:
        values |= {
            "name": topic.name,
            "slug": topic.slug,
            "parent": str(topic.parent_id or ""),
            "summary": topic.summary,
            "version": str(topic.version),
        }
    return values | changes


def edit_url(topic: Topic) -> str:
    return reverse("topics:edit", args=[topic.slug])
