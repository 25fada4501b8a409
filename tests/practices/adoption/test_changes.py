"""Whoever confirms once more sees what was changed since the last time, or that nothing was."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notifications.models import OutgoingMail
from practices.adoption import actions, asks
from practices.adoption.actions import Standing
from practices.models import Adoption
from tests.factories import logged_in, make_practice, make_user
from tests.practices.adoption.rows import adopt, saved
from tests.practices.adoption.test_pages import details, links, text_of

# Events tell the moment of their transaction, so each step needs one of its own.
pytestmark = pytest.mark.django_db(transaction=True)
CHANGED = (
    "Ersparnis im Jahr: vorher 12.000 €, gemessen, Haushalt 2025 – jetzt 18.000 €, gemessen, Haushalt 2025"
)
HEADING = "Seit der letzten Bestätigung geändert:"


def test_a_changed_number_is_shown_as_it_was_and_as_it_is() -> None:
    adoption = adopt(make_practice("Baumpaten"), by=make_user("author"))
    manager = make_user("manager", city=adoption.city)
    figure = saved(adoption, 12_000)
    gone = saved(adoption, 7, kind="effort_days", basis="estimated", source="")
    actions.confirm(adoption=adoption, by=manager)
    author = logged_in(make_user("author", city=adoption.city))
    OutgoingMail.objects.all().delete()
    name = "adoption_figures"
    rows = {
        f"{name}-0-row": str(figure.pk),
        f"{name}-TOTAL_FORMS": "3",
        f"{name}-1-row": str(gone.pk),
        f"{name}-1-gone": "on",
        f"{name}-2-kind": "cost_once",
        f"{name}-2-value": "500 €",
        f"{name}-2-basis": "measured",
    }
    address = f"{adoption.get_absolute_url()}bearbeiten/"
    seen = author.get(address).context["form"].row_sets[0].mark
    answer = author.post(
        address, details(adoption, value="18.000 €") | rows | {f"base-{name}": seen}, follow=True
    )
    assert "neu zu bestätigen" in text_of(answer)
    mail = OutgoingMail.objects.get(to=manager.email)
    (link,) = links(mail)
    client = logged_in(manager)
    pages = [adoption.get_absolute_url(), "/mein/", "/uebernahmen/", link]
    for said in (mail.text, *(text_of(client.get(page)) for page in pages)):
        plain = " ".join(said.replace("\xa0", " ").split())
        assert HEADING in plain
        assert CHANGED in plain
        assert "Aufwand in Personentagen: entfernt, vorher 7 Personentage, geschätzt" in plain
        assert "Kosten einmalig: neu 500 €, gemessen" in plain
        assert "Gilt das noch?" not in plain
        assert "Stand:" not in plain.partition(HEADING)[2].partition("Kosten einmalig")[0]


def test_another_stage_is_a_change_and_the_yearly_question_is_none() -> None:
    adoption = adopt(stage="pilot", since="2024", remark="")
    manager = make_user("manager", city=adoption.city)
    saved(adoption, 12_000)
    actions.confirm(adoption=adoption, by=manager)
    adoption.refresh_from_db()
    client, page = logged_in(manager), adoption.get_absolute_url()
    assert HEADING not in text_of(client.get(page))
    actions.move(
        adoption=adoption,
        standing=Standing("live", "2025", "Jetzt überall."),
        by=make_user("author", city=adoption.city),
    )
    changed = text_of(client.get(page))
    assert "Stand: vorher im Pilotbetrieb seit 2024 – jetzt im Einsatz seit 2025" in changed
    assert "Kurz dazu: neu Jetzt überall." in changed
    assert "12.000" not in changed.partition(HEADING)[2].partition("Kurz dazu")[0]
    adoption.refresh_from_db()
    actions.confirm(adoption=adoption, by=manager)
    yesterday = timezone.localdate() - timedelta(days=1)
    Adoption.objects.filter(pk=adoption.pk).update(next_check_on=yesterday)
    assert "Die jährliche Frage: Gilt das noch?" in text_of(client.get("/mein/"))
    assert HEADING not in text_of(client.get("/mein/"))
    assert asks.ask_next(adoption_id=adoption.pk)
    assert "vor einem Jahr" in OutgoingMail.objects.filter(to=manager.email).latest("pk").text
    actions.lapse(adoption_id=adoption.pk, before=timezone.localdate())
    assert "Nichts geändert" in text_of(client.get(page))
    assert HEADING not in text_of(client.get(page))
