"""Requests for tests."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from exchange import search_entry
from exchange.enums import RequestVisibility
from exchange.models import Answer, AnswerPractice, Request
from practices.models import Practice
from tests.factories import make_topic


def make_request(title: str = "Dienstanweisung für KI", **fields: Any) -> Request:
    """Open, public and without a city unless told otherwise."""
    values: dict[str, Any] = {"title": title, "text": "Wer hat so etwas schon?"} | fields
    values["topic"] = fields.get("topic") or make_topic()
    request = Request.objects.create(**values)
    search_entry.refresh(request)
    return request


def make_answer(request: Request, *practices: Practice, **fields: Any) -> Answer:
    answer = Answer.objects.create(request=request, **{"text": "Wir haben eine.", **fields})
    AnswerPractice.objects.bulk_create(
        AnswerPractice(answer=answer, practice=practice) for practice in practices
    )
    search_entry.refresh(request)
    return answer


def make_requests(
    titles: dict[str, str], *, by: User, practice: Practice, **fields: Any
) -> dict[str, Request]:
    """One that all may see and one for the „network“, by these names; each answered with a write-up."""
    made = {}
    for name, title in titles.items():
        visibility = RequestVisibility.NETWORK if name == "network" else RequestVisibility.PUBLIC
        made[name] = make_request(title, asked_by=by, updated_by=by, visibility=visibility, **fields)
        make_answer(made[name], practice, author=by, city=fields["city"])
    return made


def form_data(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Dienstanweisung für KI",
        "text": "Was dürfen Beschäftigte, was nicht?",
        "visibility": "public",
        "open_until": (timezone.localdate() + timedelta(days=90)).isoformat(),
    } | changes
