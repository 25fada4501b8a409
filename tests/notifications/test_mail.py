"""Mails: written with what causes them, sent once, harmless whatever people are called."""

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client

from notifications import jobs, tasks
from notifications.actions import send_mail
from notifications.models import OutgoingMail


def write(**changes: object) -> OutgoingMail:
    values = {
        "to": "amt@example.org",
        "subject": "Betreff",
        "template": "security_notice",
        "context": {"user": {"name": "Stelle 1"}, "what": "Etwas ist geschehen.", "timestamp": None},
    } | changes
    return send_mail(**values)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_mail_waits_for_its_job_and_is_sent_once() -> None:
    written = write()
    assert mail.outbox == []
    assert jobs.run_waiting() == 1
    tasks.deliver.later(mail_id=written.pk)
    jobs.run_waiting()
    assert [message.to for message in mail.outbox] == [["amt@example.org"]]
    written.refresh_from_db()
    assert written.sent_at is not None
    assert written.attempts == 1


@pytest.mark.django_db
def test_what_is_rolled_back_sends_nothing() -> None:
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert jobs.run_waiting() == 0
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
def test_while_the_mail_server_is_away_the_job_comes_back_later(settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    written = write()
    assert jobs.run_waiting() == 1
    written.refresh_from_db()
    assert written.sent_at is None
    assert written.attempts == 1
    assert written.last_error
    assert jobs.run_waiting() == 0, "the next try waits for its pause"


@pytest.mark.django_db
def test_production_forgets_the_text_once_sent(settings) -> None:
    settings.SHOWS_SENT_MAIL = False
    written = write()
    jobs.run_waiting()
    written.refresh_from_db()
    assert (written.text, written.html) == ("", "")


@pytest.mark.django_db
def test_names_become_neither_markup_nor_headers_nor_links() -> None:
    name = "<b>Amt</b> & Söhne\nBcc: alle@example.org"
    written = write(subject=f"Von {name}", context={"user": {"name": name}, "what": "x", "timestamp": None})
    assert "\n" not in written.subject
    assert "<b>" in written.text
    assert "&amp;" not in written.text
    assert "<b>" not in written.html
    assert "&lt;b&gt;Amt&lt;/b&gt; &amp; Söhne" in written.html
    jobs.run_waiting()
    assert mail.outbox[0].recipients() == ["amt@example.org"]


@pytest.mark.django_db
def test_only_addresses_of_the_portal_become_links(settings) -> None:
    settings.BASE_URL = "https://portal.example.org"
    written = write(context={"user": {"name": "x"}, "what": "http://fremd.example.com/", "timestamp": None})
    assert 'href="http://fremd' not in written.html
    assert 'href="https://portal.example.org/konto/passwort/vergessen/"' in written.html


@pytest.mark.django_db
def test_the_outbox_is_open_here_and_absent_in_production(client: Client, settings) -> None:
    written = write()
    page = client.get("/postausgang/")
    assert written.subject in page.content.decode()
    settings.SHOWS_SENT_MAIL = False
    assert client.get("/postausgang/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 50])
def test_the_outbox_costs_one_query(client: Client, django_assert_num_queries, count: int) -> None:
    OutgoingMail.objects.bulk_create(
        OutgoingMail(to="a@example.org", subject=f"Nr. {number}", text="Text") for number in range(count)
    )
    with django_assert_num_queries(1):
        client.get("/postausgang/")


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_sends_what_was_committed() -> None:
    written = write()
    jobs.run_worker_until_idle()
    written.refresh_from_db()
    assert written.sent_at is not None
