"""Write-ups in the technical administration keep the search in line."""

import pytest
from django.test import Client
from django.urls import reverse

from practices.models import Practice
from search.models import Entry
from tests.factories import give_second_factor, logged_in, make_user
from tests.practices.write_ups import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> Client:
    user = make_user(is_staff=True, is_superuser=True)
    give_second_factor(user)
    return logged_in(user)


def test_admin_changes_reach_the_search(staff: Client) -> None:
    practice = published("Vorher")
    address = reverse("admin:practices_practice_change", args=[practice.pk])
    form = staff.get(address).context["adminform"].form
    data = {name: form[name].value() or "" for name in form.fields} | {"title": "Zaunkönig", "tags": ""}
    for formset in staff.get(address).context["inline_admin_formsets"]:
        data |= {f"{formset.formset.prefix}-{part}_FORMS": "0" for part in ("TOTAL", "INITIAL")}
    assert staff.post(address, data).status_code == 302
    practice.refresh_from_db()
    assert (practice.title, practice.version) == ("Zaunkönig", 2)
    assert logged_in(None).get("/praxis/?q=Zaunkönig").context["page"].total == 1


def test_what_the_admin_deletes_is_found_no_more(staff: Client) -> None:
    practice, other = published(), published()
    staff.post(reverse("admin:practices_practice_delete", args=[practice.pk]), {"post": "yes"})
    assert list(Entry.objects.values_list("object_id", flat=True)) == [other.pk]
    data = {"action": "delete_selected", "_selected_action": [other.pk], "post": "yes"}
    staff.post(reverse("admin:practices_practice_changelist"), data)
    assert not Practice.objects.exists()
    assert not Entry.objects.exists()
