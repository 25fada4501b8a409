"""Requests in the technical administration keep the search in line, and answers where they were meant for."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exchange.enums import RequestVisibility
from exchange.models import Request
from search.models import Audience, Entry
from tests.exchange.rows import make_answer, make_request
from tests.factories import give_second_factor, logged_in, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> Client:
    user = make_user(is_staff=True, is_superuser=True)
    give_second_factor(user)
    return logged_in(user)


def open_to_all(staff: Client, request: Request) -> Any:
    address = reverse("admin:exchange_request_change", args=[request.pk])
    form = staff.get(address).context["adminform"].form
    data = {name: form[name].value() or "" for name in form.fields} | {"visibility": "public"}
    return staff.post(address, data | {f"answers-{part}_FORMS": "0" for part in ("TOTAL", "INITIAL")})


def test_admin_opens_a_request_with_its_entry_unless_the_network_has_answered_it(staff: Client) -> None:
    quiet, answered = (make_request(visibility=RequestVisibility.NETWORK) for _number in range(2))
    make_answer(answered)
    assert open_to_all(staff, quiet).status_code == 302
    assert "visibility" in open_to_all(staff, answered).context["adminform"].form.errors
    audiences = dict(Entry.objects.values_list("object_id", "audience"))
    assert audiences == {quiet.pk: Audience.PUBLIC, answered.pk: Audience.NETWORK}


def test_what_the_admin_deletes_is_found_no_more(staff: Client) -> None:
    request, other = make_request(), make_request()
    staff.post(reverse("admin:exchange_request_delete", args=[request.pk]), {"post": "yes"})
    assert list(Entry.objects.values_list("object_id", flat=True)) == [other.pk]
    data = {"action": "delete_selected", "_selected_action": [other.pk], "post": "yes"}
    staff.post(reverse("admin:exchange_request_changelist"), data)
    assert not Request.objects.exists()
    assert not Entry.objects.exists()
