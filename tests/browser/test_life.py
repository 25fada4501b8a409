"""A write-up after it is published: an opinion, and the yearly question answered from the mail."""

import re
import subprocess
import sys
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.people import People
from tests.browser.server import Portal, environment
from tests.support.databases import ROOT

TITLE = "mitredeninLD: Anliegen melden, Erledigung nach rund drei Tagen"
A_YEAR_PASSES = """
from datetime import timedelta
from django.utils import timezone
from practices.models import Practice
from practices.tasks import ask_whether_write_ups_still_hold
due = timezone.localdate() - timedelta(days=1)
Practice.objects.filter(title="{title}").update(confirmed_on=due - timedelta(days=365), next_check_on=due)
ask_whether_write_ups_still_hold()
"""


def a_year_passes(portal: Portal) -> None:
    """Date the confirmation back and run the daily job, as the worker does in the early morning."""
    subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", A_YEAR_PASSES.format(title=TITLE)],
        cwd=ROOT,
        env=environment(portal.database_url, urlsplit(portal.url).port or 80),
        check=True,
        capture_output=True,
    )


def test_an_opinion_is_given_and_the_question_by_mail_answered_without_an_account(people: People) -> None:
    reviewer = people.window("koordination").page
    reviewer.goto("/praxis/?q=mitredeninLD")
    reviewer.get_by_role("main").get_by_role("link", name=TITLE).first.click()
    reviewer.get_by_role("link", name="Eine Meinung abgeben").click()
    reviewer.get_by_label("überzeugt mich mit Einschränkungen").check()
    reviewer.get_by_label(re.compile("^Was überzeugt")).fill("Die Zahlen sind belegt.")
    reviewer.get_by_label(re.compile("^Worauf andere achten sollten")).fill("Früh Leute einplanen.")
    reviewer.get_by_role("button", name="Meinung veröffentlichen").click()
    main = reviewer.get_by_role("main")
    expect(main.get_by_role("region", name="Meinungen")).to_contain_text("Früh Leute einplanen.")
    expect(main).to_contain_text("geprüft")
    address = reviewer.url.partition("#")[0]

    visitor = people.window().page
    visitor.goto(address)
    expect(visitor.get_by_role("region", name="Meinungen")).to_contain_text("Koordination des Netzwerks")

    reviewer.get_by_role("link", name="Meine Meinung ändern").click()
    reviewer.get_by_role("button", name="Meinung zurückziehen").click()
    expect(reviewer.get_by_role("main")).not_to_contain_text("Früh Leute einplanen.")

    a_year_passes(people.portal)
    visitor.goto(address)
    expect(visitor.get_by_role("main")).to_contain_text("Stimmt das noch?")
    visitor.goto("/postausgang/")
    mail = visitor.get_by_role("article").filter(has_text=f"Stimmt das noch?: {TITLE}").first
    mail.get_by_role("link", name=re.compile("aktuell")).click()
    visitor.get_by_role("button", name="Ja, das stimmt noch").click()
    expect(visitor.get_by_role("main")).to_contain_text("Der Beitrag ist bestätigt. Danke!")
    visitor.goto(address)
    expect(visitor.get_by_role("main")).not_to_contain_text("Stimmt das noch?")
