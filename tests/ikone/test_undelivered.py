"""Mails that did not arrive stand on the desk, with what can be done; old ones are cleaned up."""

from datetime import timedelta

import pytest
from django.core import mail as sent
from django.utils import timezone

from notifications import jobs
from notifications.models import OutgoingMail
from notifications.tasks import KEPT_DAYS, forget_old_mails
from tests.desks import tasks_of
from tests.factories import logged_in, make_coordinator, make_user

pytestmark = pytest.mark.django_db


def undelivered(subject: str = "Einladung", **fields: object) -> OutgoingMail:
    mail = OutgoingMail.objects.create(
        to="amt@example.org",
        subject=subject,
        text="Geheimer Link",
        attempts=9,
        last_error="ConnectionRefusedError",
    )
    OutgoingMail.objects.filter(pk=mail.pk).update(
        **{"created_at": timezone.now() - timedelta(hours=2)} | fields
    )
    return mail


def test_the_desk_shows_what_waits_and_not_what_it_says() -> None:
    undelivered()
    undelivered("Gerade erst", created_at=timezone.now())
    undelivered("Angekommen", sent_at=timezone.now())
    page = logged_in(make_coordinator()).get("/koordination/").content.decode()
    assert "Einladung" in page
    assert "ConnectionRefusedError" in page
    assert tasks_of(logged_in(make_coordinator()), "mails").total == 1
    for hidden in ("Geheimer Link", "Gerade erst", "Angekommen"):
        assert hidden not in page


def test_an_empty_outbox_is_said_as_such() -> None:
    assert (
        "Alle Mails sind angekommen" in logged_in(make_coordinator()).get("/koordination/").content.decode()
    )


def test_a_mail_is_sent_again_and_once() -> None:
    mail = undelivered()
    client = logged_in(make_coordinator())
    for _press in range(2):
        client.post(f"/koordination/mails/{mail.pk}/senden/")
    jobs.run_waiting()
    assert [message.to for message in sent.outbox] == [["amt@example.org"]]
    assert tasks_of(client, "mails").total == 0
    assert client.post(f"/koordination/mails/{mail.pk}/senden/").status_code == 404


def test_a_mail_is_dismissed_and_its_jobs_find_nothing() -> None:
    mail = undelivered()
    client = logged_in(make_coordinator())
    client.post(f"/koordination/mails/{mail.pk}/senden/")
    client.post(f"/koordination/mails/{mail.pk}/verwerfen/")
    jobs.run_waiting()
    assert sent.outbox == []
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("what", ["senden", "verwerfen"])
def test_only_the_coordination_decides(what: str) -> None:
    mail = undelivered()
    assert logged_in(make_user("manager")).post(f"/koordination/mails/{mail.pk}/{what}/").status_code == 403
    assert OutgoingMail.objects.filter(pk=mail.pk, sent_at=None).exists()


def test_old_mails_go_whether_or_not_they_arrived() -> None:
    long_ago = timezone.now() - timedelta(days=KEPT_DAYS + 1)
    undelivered("alt, nie gesendet", created_at=long_ago)
    undelivered("alt, gesendet", created_at=long_ago, sent_at=long_ago)
    kept = undelivered("neu")
    forget_old_mails()
    assert list(OutgoingMail.objects.all()) == [kept]


def test_ten_of_many_are_shown_and_all_are_counted() -> None:
    for number in range(30):
        undelivered(f"Mail {number}")
    found = tasks_of(logged_in(make_coordinator()), "mails")
    assert found.total == 30
    assert [task.title for task in found.rows] == [f"Mail {number}" for number in range(10)]
