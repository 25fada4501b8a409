"""Opinions of other cities and the coordination: who may, what they change, and what is hidden."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from cities.models import City
from notifications.models import OutgoingMail
from practices import actions as steps
from practices.enums import Status, Verdict
from practices.models import Practice, Review
from practices.reviews import actions
from practices.reviews.actions import Opinion
from tests.factories import (
    logged_in,
    make_city,
    make_coordinator,
    make_leadership,
    make_practice,
    make_topic,
    make_user,
)
from topics.enums import Engagement

pytestmark = pytest.mark.django_db
Counter = Callable[..., AbstractContextManager[object]]
GOOD = Opinion(Verdict.CONVINCES, convinced="Gut belegt.")


@pytest.fixture
def city() -> City:
    return make_city("Landau in der Pfalz")


@pytest.fixture
def practice(city: City) -> Practice:
    author = make_user("author", city=city, email="schreibt@example.org")
    parent = make_topic("Verwaltung")
    return make_practice("Bäume gießen", city=city, created_by=author, topics=[make_topic(parent=parent)])


def reader_of(practice: Practice, engagement: str, *, above: bool = False) -> User:
    """Somebody of another city that is engaged in the write-up's topic, or in the one above it."""
    topic = practice.topic_links.get().topic
    city = make_city("Trier")
    make_leadership(city=city, topic=topic.parent if above else topic, engagement=engagement)
    return make_user("author", city=city, name="Rita Prüferin")


@pytest.mark.parametrize(
    ("engagement", "above", "may"),
    [
        (Engagement.LEADS, False, True),
        (Engagement.WORKS_ON, False, True),
        (Engagement.LEADS, True, True),
        (Engagement.INTERESTED, False, False),
    ],
)
def test_cities_engaged_in_the_topic_are_invited(
    practice: Practice, engagement: str, above: bool, may: bool
) -> None:
    client = logged_in(reader_of(practice, engagement, above=above))
    page = client.get(practice.get_absolute_url()).content.decode()
    assert ("Eine Meinung abgeben" in page) is may
    assert client.get(f"/praxis/{practice.pk}/meinung/").status_code == (200 if may else 403)


def test_the_own_city_never_judges_itself(practice: Practice, city: City) -> None:
    make_leadership(city=city, topic=practice.topic_links.get().topic)
    coordinator_of_the_city = make_coordinator()
    coordinator_of_the_city.memberships.create(city=city, role="author")
    for user in (make_user("manager", city=city), coordinator_of_the_city, make_user("manager")):
        client = logged_in(user)
        assert "Eine Meinung abgeben" not in client.get(practice.get_absolute_url()).content.decode()
        assert client.post(f"/praxis/{practice.pk}/meinung/", {"verdict": "convinces"}).status_code == 403
    assert not Review.objects.exists()


def test_an_opinion_is_given_revised_and_withdrawn(practice: Practice) -> None:
    client = logged_in(reader_of(practice, Engagement.LEADS))
    address = f"/praxis/{practice.pk}/meinung/"
    empty = client.post(address, {"verdict": "limits"})
    assert empty.status_code == 422
    assert "wenigstens einen Satz" in empty.content.decode()
    client.post(address, {"verdict": "limits", "convinced": "Gut belegt.", "caution": "Nur mit Personalrat."})
    page = client.get(practice.get_absolute_url()).content.decode()
    for text in (
        "Gut belegt.",
        "Nur mit Personalrat.",
        "Rita Prüferin, Trier",
        "geprüft",
        "mit Einschränkungen",
    ):
        assert text in page
    visitor = logged_in(None).get(practice.get_absolute_url()).content.decode()
    assert "Rita Prüferin" not in visitor
    assert "Trier" in visitor
    assert "geprüft" in logged_in(None).get("/praxis/").content.decode()
    client.post(address, {"verdict": "doubts", "caution": "Die Zahlen stimmen nicht."})
    review = Review.objects.get()
    assert review.events.count() == 2  # type: ignore[attr-defined]
    practice.refresh_from_db()
    assert practice.checked_on is None, "a doubt is no check"
    client.post(f"{address}zurueckziehen/")
    assert client.post(f"{address}zurueckziehen/").status_code == 404
    assert "Die Zahlen stimmen nicht." not in client.get(practice.get_absolute_url()).content.decode()
    assert Review.objects.filter(withdrawn_at__isnull=False).count() == 1


def test_the_author_learns_of_it_once_and_can_mute_it(practice: Practice) -> None:
    reader = reader_of(practice, Engagement.LEADS)
    actions.give(practice=practice, opinion=GOOD, by=reader)
    actions.give(practice=practice, opinion=Opinion(Verdict.LIMITS, caution="Doch nicht."), by=reader)
    mail = OutgoingMail.objects.get()
    assert mail.to == "schreibt@example.org"
    assert "Gut belegt." in mail.text
    assert "/konto/mails/" in mail.text
    author = User.objects.get(email="schreibt@example.org")
    logged_in(author).post("/konto/mails/", {"wanted": ["practice_steps", "practice_to_decide"]})
    author.refresh_from_db()
    assert "practice_reviews" in author.muted_mails
    actions.give(practice=practice, opinion=GOOD, by=make_coordinator())
    assert OutgoingMail.objects.count() == 1


def test_a_changed_text_is_newer_than_its_check_and_a_confirmation_is_not(practice: Practice) -> None:
    actions.give(practice=practice, opinion=GOOD, by=make_coordinator())
    practice.refresh_from_db()
    steps.confirm(practice=practice, by=make_coordinator())
    said = "der Text ist neuer als die Prüfung"
    assert said not in logged_in(None).get(practice.get_absolute_url()).content.decode()
    practice.refresh_from_db()
    practice.solution = "<p>Ganz anders.</p>"
    links = steps.Links(primary_topic=practice.topic_links.get().topic)
    steps.save(practice=practice, links=links, by=make_coordinator(), fields=["solution"])
    page = logged_in(None).get(practice.get_absolute_url()).content.decode()
    assert said in page
    assert "Der Text wurde danach geändert." in page
    actions.give(practice=practice, opinion=GOOD, by=make_coordinator())
    assert said not in logged_in(None).get(practice.get_absolute_url()).content.decode()


def test_being_checked_is_no_version_of_the_text(practice: Practice) -> None:
    before = practice.events.count()  # type: ignore[attr-defined]
    actions.give(practice=practice, opinion=GOOD, by=make_coordinator())
    assert practice.events.count() == before  # type: ignore[attr-defined]
    practice.refresh_from_db()
    assert practice.checked_on == timezone.localdate()
    assert Practice.objects.checked().get() == practice


def test_an_empty_form_names_both_things_that_are_missing(practice: Practice) -> None:
    client = logged_in(reader_of(practice, Engagement.LEADS))
    response = client.post(f"/praxis/{practice.pk}/meinung/", {"verdict": ""})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"verdict", "convinced"}


def test_unpublished_write_ups_wait_for_no_opinion(practice: Practice) -> None:
    Practice.objects.update(status=Status.ARCHIVED)
    with pytest.raises(actions.NotOpenError):
        actions.give(practice=practice, opinion=GOOD, by=make_coordinator())
    review = Review.objects.create(
        practice=practice, verdict="doubts", caution="x", practice_version=1, given_on=dt.date(2026, 1, 1)
    )
    actions.withdraw(review=review, by=make_coordinator())
    with pytest.raises(actions.NotOpenError):
        actions.withdraw(review=review, by=make_coordinator())


def test_one_opinion_a_person_and_never_an_empty_one(practice: Practice) -> None:
    user = make_user()
    values = {
        "practice": practice,
        "author": user,
        "verdict": "limits",
        "practice_version": 1,
        "given_on": dt.date(2026, 1, 1),
    }
    Review.objects.create(**values, caution="Achtung.", withdrawn_at=timezone.now())
    Review.objects.create(**values, caution="Achtung.")
    for wrong in ({"caution": "Noch einmal."}, {"author": make_user()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Review.objects.create(**values | wrong)


@pytest.mark.parametrize("number", [1, 20])
def test_opinions_cost_no_query(practice: Practice, django_assert_num_queries: Counter, number: int) -> None:
    for _n in range(number):
        actions.give(practice=practice, opinion=GOOD, by=make_coordinator())
    with django_assert_num_queries(4):  # the write-up, its topics, its relations and its blocks
        logged_in(None).get(practice.get_absolute_url())
