"""What cities do for topics: who may say it, and how."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from cities.enums import NetworkStatus, Role
from tests.factories import logged_in, make_city, make_coordinator, make_leadership, make_topic, make_user
from topics.enums import Engagement
from topics.models import Leadership
from topics.permissions import (
    can_curate,
    can_edit_leadership,
    can_engage_cities,
    can_give_lead,
    can_remove_leadership,
    can_see_people,
)

pytestmark = pytest.mark.django_db

REFUSED = 422


@pytest.fixture
def city():
    return make_city("Landau", slug="landau")


@pytest.fixture
def topic():
    return make_topic("Breitband", slug="breitband")


@pytest.fixture
def people(city):
    return {
        "visitor": AnonymousUser(),
        "author": make_user(Role.AUTHOR, city=city),
        "leader": make_user(Role.LEADER, city=city),
        "manager": make_user(Role.MANAGER, city=city),
        "stranger": make_user(Role.MANAGER, city=make_city("Trier")),
        "coordinator": make_coordinator(),
    }


def typed(**changes) -> dict[str, str]:
    names = [
        "city", "promise", "contact_name", "contact_email", "contact_phone", "contact_user",
        "deputy_name", "deputy_email", "deputy_phone", "deputy_user", "since", "next_check",
    ]  # fmt: skip
    return (
        dict.fromkeys(names, "")
        | {"engagement": "works_on"}
        | {key: str(value) for key, value in changes.items()}
    )


def urls(leadership: Leadership) -> dict[str, str]:
    args = [leadership.topic.slug, leadership.pk]
    return {name: reverse(f"topics:{name}", args=args) for name in ("leadership", "confirm", "remove")}


ALLOWED = {
    "curate": {"coordinator"},
    "give lead": {"coordinator"},
    "engage": {"manager", "stranger", "coordinator"},
    "edit lead": {"manager", "coordinator"},
    "edit work": {"manager", "coordinator"},
    "remove lead": {"coordinator"},
    "remove work": {"manager", "coordinator"},
    "see people": {"author", "leader", "manager", "stranger", "coordinator"},
}


@pytest.mark.parametrize("action", ALLOWED)
def test_who_may_do_what(action, people, city):
    lead = make_leadership(city=city)
    work = make_leadership(city=city, engagement=Engagement.WORKS_ON)
    may: dict[str, Callable[[Any], bool]] = {
        "curate": can_curate,
        "give lead": can_give_lead,
        "engage": can_engage_cities,
        "edit lead": lambda user: can_edit_leadership(user, lead),
        "edit work": lambda user: can_edit_leadership(user, work),
        "remove lead": lambda user: can_remove_leadership(user, lead),
        "remove work": lambda user: can_remove_leadership(user, work),
        "see people": can_see_people,
    }
    assert {name for name, user in people.items() if may[action](user)} == ALLOWED[action]


PAGES = {
    "topics:curate": {"coordinator"},
    "topics:create": {"coordinator"},
    "topics:edit": {"coordinator"},
    "topics:delete": {"coordinator"},
    "topics:engage": ALLOWED["engage"],
    "topics:leadership": ALLOWED["edit lead"],
    "topics:remove": ALLOWED["remove lead"],
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_pages_open_only_to_those_who_may(page, method, people, city, topic):
    lead = make_leadership(city=city, topic=topic)
    args = {"topics:curate": [], "topics:create": []}.get(page, [topic.slug])
    if page in {"topics:leadership", "topics:remove"}:
        args = [topic.slug, lead.pk]
    opened = set()
    for name, user in people.items():
        status = getattr(logged_in(user), method)(reverse(page, args=args)).status_code
        if name == "visitor":
            assert status == 302
        elif status != 403:
            opened.add(name)
    assert opened == PAGES[page]


def test_a_manager_of_two_kinds_of_entries_sees_only_his_own_as_editable(people, city, topic):
    own = make_leadership(city=city, topic=topic, engagement=Engagement.WORKS_ON)
    other = make_leadership(topic=topic, engagement=Engagement.WORKS_ON)
    html = logged_in(people["manager"]).get(topic.get_absolute_url()).text
    assert urls(own)["leadership"] in html
    assert urls(other)["leadership"] not in html


def test_coordinators_give_the_lead(people, city, topic):
    logged_in(people["coordinator"]).post(
        reverse("topics:engage", args=[topic.slug]),
        typed(
            city="LANDAU",
            engagement="leads",
            promise="Wir schreiben den Leitfaden.",
            contact_name="Stabsstelle",
            contact_phone="0631 365-0",
            since="2026-01-01",
            next_check=timezone.localdate() + dt.timedelta(days=30),
        ),
    )
    row = Leadership.objects.get()
    assert (row.city, row.topic, row.engagement, row.since) == (city, topic, "leads", dt.date(2026, 1, 1))


def test_managers_enter_their_own_city_and_cannot_take_the_lead(people, city, topic):
    client, url = logged_in(people["manager"]), reverse("topics:engage", args=[topic.slug])
    assert "engagement" in client.post(url, typed(city=city.pk, engagement="leads")).context["form"].errors
    other = make_city()
    assert "city" in client.post(url, typed(city=other.pk)).context["form"].errors
    assert client.post(url, typed(city=city.pk, engagement="interested")).status_code == 302
    assert Leadership.objects.get().engagement == "interested"


def test_managers_edit_all_but_the_lead_of_a_leading_city(people, city, topic):
    lead = make_leadership(city=city, topic=topic)
    url = urls(lead)["leadership"]
    client = logged_in(people["manager"])
    assert "Das ändert die Koordination" in client.get(url).text
    client.post(url, typed(promise="Neue Zusage", engagement="interested", version=lead.version))
    lead.refresh_from_db()
    assert (lead.promise, lead.engagement) == ("Neue Zusage", "leads")
    assert client.post(urls(lead)["remove"]).status_code == 403


def test_entries_are_removed_after_a_question(people, city, topic):
    work = make_leadership(city=city, topic=topic, engagement=Engagement.WORKS_ON)
    client = logged_in(people["manager"])
    assert "Eintrag entfernen" in client.get(urls(work)["remove"]).text
    assert Leadership.objects.exists()
    assert client.post(urls(work)["remove"]).headers["Location"] == topic.get_absolute_url()
    assert not Leadership.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("city", "", "Bitte ausfüllen."),
        ("city", "Nirgendwo", "„Nirgendwo“ ist keine Stadt im Netzwerk."),
        ("city", "9" * 300, "Höchstens 200 Zeichen"),
        ("city", "1\x00", "Nullzeichen sind nicht erlaubt."),
        ("engagement", "", "Bitte ausfüllen."),
        ("engagement", "owns", ""),
        ("promise", "x" * 601, "Höchstens 600 Zeichen"),
        ("promise", "Null\x00", "Nullzeichen sind nicht erlaubt."),
        ("contact_email", "keine-adresse", "gültige E-Mail-Adresse"),
        ("contact_phone", "0" * 41, "Höchstens 40 Zeichen"),
        ("since", "31.02.2026", "gültiges Datum"),
        ("since", "99999-01-01", "gültiges Datum"),
        ("next_check", "2020-01-01", "Bitte wählen Sie einen Tag in der Zukunft."),
    ],
)
def test_bad_input_gets_a_message_at_its_field_and_stays(people, city, topic, field, value, message):
    answer = logged_in(people["coordinator"]).post(
        reverse("topics:engage", args=[topic.slug]),
        typed(city=city.name, deputy_name="Bleibt stehen") | {field: value},
    )
    assert answer.status_code == REFUSED
    assert message in " ".join(answer.context["form"].errors[field])
    assert "Bleibt stehen" in answer.text
    assert not Leadership.objects.exists()


def test_dates_in_the_wrong_order_and_numbers_without_a_name_are_told(people, city, topic):
    later = timezone.localdate() + dt.timedelta(days=90)
    answer = logged_in(people["coordinator"]).post(
        reverse("topics:engage", args=[topic.slug]),
        typed(
            city=city.name,
            since=later,
            next_check=later - dt.timedelta(days=1),
            contact_phone="0631",
            deputy_email="x@example.org",
        ),
    )
    errors = answer.context["form"].errors
    assert errors["next_check"] == ["Die nächste Prüfung muss nach dem Beginn liegen."]
    assert errors["contact_name"] == errors["deputy_name"] == ["Bitte nennen Sie, wer dort zu erreichen ist."]


def test_a_city_is_entered_once(people, city, topic):
    make_leadership(city=city, topic=topic)
    answer = logged_in(people["coordinator"]).post(
        reverse("topics:engage", args=[topic.slug]), typed(city=city.name)
    )
    assert answer.context["form"].errors["city"] == ["Diese Stadt ist dem Thema schon zugeordnet."]


def test_cities_outside_the_network_are_not_offered(people, topic):
    make_city("Fernstadt", status=NetworkStatus.OUTSIDE)
    url = reverse("topics:engage", args=[topic.slug])
    answer = logged_in(people["coordinator"]).post(url, typed(city="Fernstadt"))
    assert "city" in answer.context["form"].errors


def test_people_of_a_city_that_left_the_network_enter_nothing(topic):
    manager = make_user(Role.MANAGER, city=make_city(status=NetworkStatus.OUTSIDE))
    answer = logged_in(manager).post(reverse("topics:engage", args=[topic.slug]), typed())
    assert answer.status_code in {403, 404}
    assert not topic.leaderships.exists()


@pytest.mark.parametrize("named", ["", "0", "9" * 30, "x", "1\x00"])
def test_a_manager_picks_one_of_the_own_cities(people, topic, named):
    answer = logged_in(people["manager"]).post(reverse("topics:engage", args=[topic.slug]), typed(city=named))
    assert answer.status_code == REFUSED
    assert answer.context["form"].errors["city"]


def test_only_people_of_the_city_are_named_as_accounts(people, city, topic):
    lead = make_leadership(city=city, topic=topic)
    client = logged_in(people["coordinator"])
    data = typed(engagement="leads", version=lead.version)
    answer = client.post(urls(lead)["leadership"], data | {"contact_user": people["stranger"].pk})
    assert "contact_user" in answer.context["form"].errors
    answer = client.post(urls(lead)["leadership"], data | {"contact_user": people["author"].pk})
    assert answer.status_code == 302


def test_the_second_of_two_editors_is_told(people, city, topic):
    lead = make_leadership(city=city, topic=topic)
    url, opened = urls(lead)["leadership"], lead.version
    first, second = logged_in(people["manager"]), logged_in(people["coordinator"])
    first.post(url, typed(promise="Von der Stadt", version=opened))
    answer = second.post(url, typed(promise="Von der Koordination", engagement="leads", version=opened))
    assert answer.status_code == REFUSED
    assert "Von der Stadt" in answer.text
    assert "Von der Koordination" in answer.text


def test_one_click_confirms_and_only_by_post(people, city, topic):
    today = timezone.localdate()
    lead = make_leadership(city=city, topic=topic, next_check=today)
    assert list(Leadership.objects.overdue()) == [lead]
    client = logged_in(people["manager"])
    assert client.get(urls(lead)["confirm"]).status_code == 405
    client.post(urls(lead)["confirm"])
    lead.refresh_from_db()
    assert lead.next_check
    assert lead.next_check > today + dt.timedelta(days=300)
    assert logged_in(people["author"]).post(urls(lead)["confirm"]).status_code == 403


def test_an_entry_is_found_only_under_its_own_topic(people, city, topic):
    lead = make_leadership(city=city)
    client = logged_in(people["coordinator"])
    assert client.get(reverse("topics:leadership", args=[topic.slug, lead.pk])).status_code == 404
    huge = reverse("topics:leadership", args=[topic.slug, 10**30])
    assert client.get(huge).status_code == 404
