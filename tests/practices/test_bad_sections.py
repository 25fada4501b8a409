"""Whatever is typed into a section, the answer is a page, nothing is stored half, and it is kept."""

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practices.editing.sections import SECTIONS
from practices.enums import Status
from practices.models import Practice, WorkingCopy
from tests.factories import logged_in, make_city, make_practice, make_user

pytestmark = pytest.mark.django_db

# `IKONE_BAD_INPUTS=10000` tries as many on each form.
INPUTS = int(os.environ.get("IKONE_BAD_INPUTS", "12"))
FORMS = [section for section in SECTIONS if section.form]
ODD = [
    *("", "\x00", "99999999999999999999", "-1", "<b>", "%s", "'", '"', "a" * 400, "\u202e", "١٢", "on", "[]"),
    *("<p>" * 300, "NaN", "1e999", "2024-13", "javascript:alert(1)", "?000000000000", "both"),
    *('{"title": "?0"}', "mine", "<table><tr><td>x", "x" * 60_000),
]
texts = st.one_of(st.sampled_from(ODD), st.text(max_size=60))


def names_of(form: Any) -> list[str]:
    """All inputs of a section, and what only a conflict sends."""
    names = [bound.html_name for bound in form]
    return [*names, "version", "base", "do", *(f"choice-{name}" for name in names)]


@pytest.mark.parametrize("section", FORMS, ids=lambda section: section.slug)
def test_a_section_takes_any_input(section: Any) -> None:
    user = make_user("manager", city=make_city())
    practice = make_practice(city=user.memberships.get().city, status=Status.DRAFT)
    client, address = logged_in(user), f"/praxis/{practice.pk}/bearbeiten/{section.slug}/"
    names = names_of(client.get(address).context["form"])
    pairs = st.dictionaries(st.sampled_from(names), st.lists(texts, min_size=1, max_size=3), max_size=8)

    @settings(
        max_examples=INPUTS,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(pairs)
    def attempt(sent: dict[str, list[str]]) -> None:
        WorkingCopy.objects.all().delete()
        before = Practice.objects.get(pk=practice.pk)
        response = client.post(address, {"version": before.version, "title": "Titel"} | sent)
        after = Practice.objects.get(pk=practice.pk)
        assert response.status_code in {302, 422}
        if response.status_code == 422:
            assert (after.version, after.updated_at) == (before.version, before.updated_at)
            kept = WorkingCopy.objects.get().values
            assert all(kept[name] for name in sent if name != "do")
            assert client.get(address).status_code == 200  # and opens again with all of it
        else:
            assert not WorkingCopy.objects.exists()

    attempt()
