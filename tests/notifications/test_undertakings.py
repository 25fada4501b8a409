"""Big jobs: all or nothing, taken up again, with a state that people can read."""

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from ikone.embedded_postgres import with_database
from notifications import undertakings
from notifications.jobs import run_waiting
from notifications.models import OutgoingMail, Undertaking, UndertakingState
from notifications.tasks import take_up_what_was_interrupted
from notifications.undertakings import MOST_TRIES, Refusal, register, start
from tests.factories import logged_in, make_coordinator, make_user
from tests.support.killing import killed_while

# Another process that writes, says so and then goes on for ever, until it is killed.
HANGS = """
import time
from ikone.embedded_postgres import with_database
from notifications import undertakings
from notifications.models import OutgoingMail
def hang(work):
    OutgoingMail.objects.create(to="x@example.org", subject="Halb", text="Halb")
    work.report(1, 2, "Halb")
    time.sleep(60)
undertakings.register("test", hang)
undertakings.run({pk})
"""


def write(work):
    OutgoingMail.objects.create(to="x@example.org", subject=work.arguments["subject"], text="Text")
    work.report(1, 1, "Mails")
    return {"text": "Eine Mail."}


def refuse(work):
    write(work)
    raise Refusal("Das geht nicht.")


def crash(work):
    write(work)
    raise ZeroDivisionError


def begin(function, **changes):
    register("test", function)
    values = {"title": "Etwas Großes", "arguments": {"subject": "Ganz"}, "asked_by": None} | changes
    return start("test", **values)


@pytest.mark.django_db
def test_it_waits_for_a_worker_and_is_done_once():
    made = begin(write)
    assert not OutgoingMail.objects.exists()
    run_waiting()
    undertakings.run(made.pk)
    made.refresh_from_db()
    assert made.is_done
    assert made.result == {"text": "Eine Mail."}
    assert OutgoingMail.objects.get().subject == "Ganz"


@pytest.mark.django_db
@pytest.mark.parametrize(("function", "text"), [(refuse, "Das geht nicht."), (crash, "nichts verändert")])
def test_what_fails_leaves_nothing_and_says_why(function, text):
    made = begin(function)
    run_waiting()
    made.refresh_from_db()
    assert made.state == UndertakingState.FAILED
    assert text in made.error
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
def test_only_what_still_waits_is_taken_up_again():
    waiting, done = begin(write), begin(write)
    run_waiting()
    long_ago = timezone.now() - timedelta(minutes=5)
    Undertaking.objects.update(created_at=long_ago)
    Undertaking.objects.filter(pk=waiting.pk).update(state=UndertakingState.WAITING, finished_at=None)
    take_up_what_was_interrupted()
    assert run_waiting() == 1
    waiting.refresh_from_db()
    done.refresh_from_db()
    assert waiting.is_done
    assert OutgoingMail.objects.count() == 3


@pytest.mark.django_db
def test_what_was_interrupted_again_and_again_is_given_up():
    made = begin(write)
    Undertaking.objects.update(tries=MOST_TRIES)
    run_waiting()
    made.refresh_from_db()
    assert "mehrmals unterbrochen" in made.error
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
def test_its_page_is_for_who_asked_and_the_coordination_alone_tries_again():
    asker = make_user("author")
    made = begin(refuse, asked_by=asker.pk, url="/themen/")
    url = reverse("undertaking", args=[made.pk])
    assert "Wartet auf den Beginn" in logged_in(asker).get(url).text
    assert logged_in(make_user("author")).get(url).status_code == 403
    run_waiting()
    page = logged_in(make_coordinator()).get(url).text
    assert "Das geht nicht." in page
    assert "hx-get" not in page, "nothing is asked any more once it has ended"
    assert "Noch einmal versuchen" in page
    assert "Noch einmal versuchen" not in logged_in(asker).get(url).text
    register("test", write)
    for other in (asker, make_user("leader")):
        assert logged_in(other).post(url).status_code == 403
    assert run_waiting() == 0
    made.refresh_from_db()
    assert made.state == UndertakingState.FAILED
    logged_in(make_coordinator()).post(url)
    run_waiting()
    assert "Eine Mail." in logged_in(asker).get(url, headers={"HX-Request": "true"}).text


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_has_changed_nothing_and_the_next_one_does_it(test_databases):
    made = begin(write)
    url = with_database(test_databases.url, connection.settings_dict["NAME"])
    with killed_while(HANGS.format(pk=made.pk), url, lambda: Undertaking.objects.get(pk=made.pk).done == 1):
        made.refresh_from_db()
        assert (made.step, made.done, made.total) == ("Halb", 1, 2), "progress is seen while it runs"
        undertakings.run(made.pk)  # somebody else who tries meanwhile leaves it alone
        assert not OutgoingMail.objects.exists()
    for _try in range(100):
        undertakings.run(made.pk)  # the server needs a moment to notice
        made.refresh_from_db()
        if made.is_done:
            break
        time.sleep(0.1)
    assert made.is_done
    assert [mail.subject for mail in OutgoingMail.objects.all()] == ["Ganz"]
