"""„Als aktuell bestätigen“: confirming what a city does for a topic."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_leadership
from topics.models import Leadership

pytestmark = pytest.mark.django_db

REFUSED = 422


def address(name: str, leadership: Leadership) -> str:
    return reverse(f"topics:{name}", args=[leadership.topic.slug, leadership.pk])


def test_a_confirmation_is_not_undone_by_a_form_that_was_open(client) -> None:
    lead = make_leadership(next_check=timezone.localdate() + dt.timedelta(days=9))
    typed = {"engagement": "leads", "promise": "Leitfaden", "version": str(lead.version)}
    client.post(address("confirm", lead))
    lead.refresh_from_db()
    confirmed = lead.next_check
    assert client.post(address("leadership", lead), typed).status_code == REFUSED
    lead.refresh_from_db()
    assert lead.next_check == confirmed


def test_what_begins_later_can_be_confirmed(client) -> None:
    begins = timezone.localdate() + dt.timedelta(days=900)
    lead = make_leadership(since=begins)
    assert client.post(address("confirm", lead)).status_code == 302
    lead.refresh_from_db()
    assert lead.next_check
    assert lead.next_check > begins


def test_a_beginning_in_the_far_future_is_asked_about(client) -> None:
    lead = make_leadership()
    typed = {"engagement": "leads", "version": str(lead.version), "since": "9999-12-31"}
    answer = client.post(address("leadership", lead), typed)
    assert answer.status_code == REFUSED
    assert "mehr als ein Jahr" in answer.text
