"""The life of a write-up: which step is possible when, and what goes with it."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import User
from cities.models import City
from notifications.models import OutgoingMail
from practices import actions
from practices.checks import months_later
from practices.enums import Status, Step
from practices.models import Practice
from search.models import Entry
from tests.factories import logged_in, make_city, make_coordinator, make_practice, make_topic, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return make_city("Landau in der Pfalz")


@pytest.fixture
def author(city: City) -> User:
    return make_user("author", city=city)


@pytest.fixture
def manager(city: City) -> User:
    return make_user("manager", city=city)


@pytest.fixture
def draft(city: City, author: User) -> Practice:
    return make_practice("Bäume gießen", city=city, created_by=author, status=Status.DRAFT)


def steps(practice: Practice) -> list[str]:
    return list(practice.steps.order_by("pk").values_list("step", flat=True))


def entries(practice: Practice) -> int:
    return Entry.objects.filter(object_id=practice.pk).count()


def test_new_write_up_is_a_draft_that_nobody_finds(city: City, author: User) -> None:
    practice = actions.create(
        practice=Practice(title="Nur ein Titel", city=city), links=actions.Links(), by=author
    )
    assert (practice.status, practice.created_by, practice.version) == (Status.DRAFT, author, 1)
    assert steps(practice) == [Step.CREATED]
    assert entries(practice) == 0


def test_submitting_tells_the_managers(draft: Practice, author: User, manager: User) -> None:
    make_user("author", city=draft.city)
    practice = actions.submit(practice=draft, by=author)
    assert practice.status == Status.IN_REVIEW
    assert steps(draft) == [Step.SUBMITTED]
    mail = OutgoingMail.objects.get()
    assert mail.to == manager.email
    assert mail.subject == "Zur Prüfung: Bäume gießen"
    assert practice.get_absolute_url() in mail.text


def test_submitting_in_a_city_without_manager_tells_the_coordination(
    draft: Practice, author: User, settings: object
) -> None:
    actions.submit(practice=draft, by=author)
    assert OutgoingMail.objects.get().to == settings.COORDINATION_EMAIL  # type: ignore[attr-defined]


def test_incomplete_draft_is_not_submitted(city: City, author: User) -> None:
    practice = make_practice(city=city, created_by=author, status=Status.DRAFT, lessons="", contact_name="")
    practice.topic_links.all().delete()
    with pytest.raises(actions.IncompleteError) as raised:
        actions.submit(practice=practice, by=author)
    assert raised.value.fields == ["lessons", "contact_name", "topics"]
    assert steps(practice) == []


def test_stopped_project_needs_its_reason(city: City, author: User) -> None:
    practice = make_practice(city=city, kind="stopped", status=Status.DRAFT, stop_reason="")
    with pytest.raises(actions.IncompleteError) as raised:
        actions.publish(practice=practice, by=author)
    assert raised.value.fields == ["stop_reason"]


def test_publishing_dates_confirms_enters_and_tells_the_author(
    draft: Practice, author: User, manager: User
) -> None:
    actions.submit(practice=draft, by=author)
    OutgoingMail.objects.all().delete()
    practice = actions.publish(practice=draft, by=manager)
    today = timezone.localdate()
    assert practice.status == Status.PUBLISHED
    assert practice.published_at is not None
    assert practice.confirmed_on == today
    assert practice.next_check_on == months_later(today, 12)
    assert entries(practice) == 1
    assert OutgoingMail.objects.get().to == author.email
    assert steps(practice) == [Step.SUBMITTED, Step.PUBLISHED]


def test_publishing_ones_own_write_up_sends_no_mail(draft: Practice, author: User) -> None:
    actions.publish(practice=draft, by=author)
    assert not OutgoingMail.objects.exists()


def test_returning_needs_a_remark_and_sends_it(draft: Practice, author: User, manager: User) -> None:
    actions.submit(practice=draft, by=author)
    OutgoingMail.objects.all().delete()
    with pytest.raises(ValueError, match="remark"):
        actions.send_back(practice=draft, by=manager, remark="  ")
    practice = actions.send_back(practice=draft, by=manager, remark="Bitte die Zahlen belegen & prüfen.")
    assert practice.status == Status.DRAFT
    mail = OutgoingMail.objects.get()
    assert mail.to == author.email
    assert "Bitte die Zahlen belegen & prüfen." in mail.text
    assert practice.steps.first().remark == "Bitte die Zahlen belegen & prüfen."  # type: ignore[union-attr]


def test_mail_goes_to_nobody_whose_account_is_closed(draft: Practice, author: User, manager: User) -> None:
    author.is_active = False
    author.save()
    actions.publish(practice=draft, by=manager)
    assert not OutgoingMail.objects.exists()


def test_mail_is_in_the_language_of_its_reader(draft: Practice, author: User, manager: User) -> None:
    manager.language = "en"
    manager.save()
    actions.submit(practice=draft, by=author)
    assert OutgoingMail.objects.get().to == manager.email


def test_archived_write_up_leaves_the_search_and_comes_back_as_a_draft(
    draft: Practice, manager: User
) -> None:
    practice = actions.publish(practice=draft, by=manager)
    first_published = practice.published_at
    practice = actions.archive(practice=practice, by=manager, remark="Überholt.")
    assert entries(practice) == 0
    practice = actions.reopen(practice=practice, by=manager, remark="Bitte neu fassen.")
    assert practice.status == Status.DRAFT
    practice = actions.publish(practice=practice, by=manager)
    assert practice.published_at == first_published
    assert entries(practice) == 1
    assert steps(practice) == [Step.PUBLISHED, Step.ARCHIVED, Step.REOPENED, Step.PUBLISHED]


def test_archiving_and_reopening_tell_the_author_why(draft: Practice, author: User, manager: User) -> None:
    practice = actions.publish(practice=draft, by=manager)
    practice = actions.archive(practice=practice, by=manager, remark="Überholt.")
    page = logged_in(author).get(practice.get_absolute_url()).content.decode()
    assert "Überholt." not in page, "an archived write-up is edited by managers alone"
    assert "Überholt." in logged_in(manager).get(practice.get_absolute_url()).content.decode()
    actions.reopen(practice=practice, by=manager, remark="Bitte neu fassen.")
    assert "Bitte neu fassen." in logged_in(author).get(practice.get_absolute_url()).content.decode()
    assert "Bitte neu fassen." in logged_in(author).get("/mein/").content.decode()
    sent = list(OutgoingMail.objects.order_by("pk"))
    said = [mail.subject.split(":")[0] for mail in sent]
    assert said == ["Veröffentlicht", "Archiviert", "Wieder geöffnet"]
    assert "Überholt." in sent[1].text
    assert "Bitte neu fassen." in sent[2].text
    assert all("/konto/mails/" in mail.text for mail in sent)


def test_the_author_takes_a_submission_back(draft: Practice, author: User, manager: User) -> None:
    practice = actions.submit(practice=draft, by=author)
    client = logged_in(author)
    assert "Zurückziehen" in client.get(practice.get_absolute_url()).content.decode()
    assert "Zurückziehen" not in logged_in(manager).get(practice.get_absolute_url()).content.decode()
    client.post(f"/praxis/{practice.pk}/zurueckziehen/")
    practice.refresh_from_db()
    assert practice.status == Status.DRAFT
    assert steps(practice) == [Step.SUBMITTED, Step.WITHDRAWN]


def test_muted_steps_are_not_sent(draft: Practice, author: User, manager: User) -> None:
    author.muted_mails = ["practice_steps"]
    author.save()
    actions.publish(practice=draft, by=manager)
    assert not OutgoingMail.objects.exists()


def test_confirming_moves_the_next_check(city: City, manager: User) -> None:
    practice = make_practice(city=city, confirmed_on=dt.date(2024, 1, 31), next_check_on=dt.date(2025, 1, 31))
    practice = actions.confirm(practice=practice, by=manager)
    today = timezone.localdate()
    assert practice.confirmed_on == today
    assert practice.next_check_on == months_later(today, 12)
    assert Entry.objects.get(object_id=practice.pk).confirmed_on == today


@pytest.mark.parametrize(
    ("step", "possible"),
    [
        ("submit", {Status.DRAFT}),
        ("publish", {Status.DRAFT, Status.IN_REVIEW}),
        ("send_back", {Status.IN_REVIEW}),
        ("withdraw", {Status.IN_REVIEW}),
        ("archive", {Status.PUBLISHED}),
        ("reopen", {Status.ARCHIVED}),
        ("confirm", {Status.PUBLISHED}),
    ],
)
@pytest.mark.parametrize("status", Status)
def test_step_begins_only_where_it_belongs(step: str, possible: set[Status], status: Status) -> None:
    practice = make_practice(status=status)
    more = {"remark": "Darum."} if step == "send_back" else {}
    action = getattr(actions, step)
    if status in possible:
        action(practice=practice, by=make_coordinator(), **more)
    else:
        with pytest.raises(actions.StepNotPossibleError):
            action(practice=practice, by=make_coordinator(), **more)
        assert steps(practice) == []
        assert not OutgoingMail.objects.exists()


def test_second_of_two_who_decide_is_told(draft: Practice, author: User, manager: User) -> None:
    submitted = actions.submit(practice=draft, by=author)
    actions.publish(practice=submitted, by=manager)
    with pytest.raises(actions.StepNotPossibleError):
        actions.send_back(practice=submitted, by=manager, remark="Noch nicht.")


def test_links_are_replaced_and_one_topic_stays_primary(city: City, author: User) -> None:
    first, second, third = make_topic(), make_topic(), make_topic()
    practice = actions.create(
        practice=Practice(title="Mit Themen", city=city),
        links=actions.Links(primary_topic=first, further_topics=[second], tags=["LoRaWAN", "Bäume"]),
        by=author,
    )
    partner = make_city()
    links = actions.Links(
        primary_topic=second, further_topics=[third, second], partner_cities=[partner], tags=["Bäume"]
    )
    actions.save(practice=practice, links=links, by=author, fields=["title"])
    rows = dict(practice.topic_links.values_list("topic_id", "is_primary"))
    assert rows == {second.pk: True, third.pk: False}
    assert list(practice.partner_cities.all()) == [partner]
    assert [tag.name for tag in practice.tags.all()] == ["Bäume"]


def test_contact_with_an_account_is_remembered(city: City, author: User) -> None:
    practice = Practice(title="Mit Kontakt", city=city, contact_email=author.email.upper())
    actions.create(practice=practice, links=actions.Links(), by=author)
    assert practice.contact_user == author
    assert practice.deputy_user is None


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (dt.date(2024, 1, 31), 1, dt.date(2024, 2, 29)),
        (dt.date(2024, 2, 29), 12, dt.date(2025, 2, 28)),
        (dt.date(2024, 12, 1), 12, dt.date(2025, 12, 1)),
        (dt.date(2024, 11, 30), 1, dt.date(2024, 12, 30)),
    ],
)
def test_months_later_stays_in_the_month(day: dt.date, months: int, later: dt.date) -> None:
    assert months_later(day, months) == later
