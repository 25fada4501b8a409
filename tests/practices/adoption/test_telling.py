"""What pages say of adoptions is true for the stage, for what became of the original and for who reads."""

import pytest

from notifications.models import OutgoingMail
from practices.adoption import actions
from practices.models import Practice
from tests.factories import logged_in, make_city, make_coordinator, make_practice, make_user
from tests.practices.adoption.rows import adopt
from tests.practices.adoption.test_pages import details, links, text_of
from tests.practices.blocks.rows import make_block

pytestmark = pytest.mark.django_db
NOBODY = "Noch keine andere Stadt hat bestätigt, dass sie es übernimmt."


@pytest.mark.parametrize(("stage", "counts"), [("live", True), ("interested", False), ("ended", False)])
def test_only_a_stage_that_counts_is_promised_to_count(stage: str, counts: bool) -> None:
    city = make_city()
    leader = make_user("leader", city=city)
    adoption = adopt(city=city, stage=stage, by=make_user("author", city=city))
    mail = OutgoingMail.objects.get(to=leader.email)
    (link,) = links(mail)
    page = text_of(logged_in(None).get(link))
    assert ("Mit Ihrer Bestätigung zählt es im Netzwerk mit" in page) is counts
    assert ("Mitgezählt wird nur, was im Einsatz oder im Pilotbetrieb ist" in page) is not counts
    assert ("Erst mit der Bestätigung durch Leitung oder Verwaltung zählt es" in mail.text) is counts
    assert ("Mitgezählt wird nur" in mail.text) is not counts
    record = text_of(logged_in(leader).get(adoption.get_absolute_url()))
    assert ("Bis dahin zählt es nirgends mit" in record) is counts


def test_a_visitor_reads_that_a_city_is_confirming_anew_and_nothing_unconfirmed() -> None:
    practice = make_practice("Baumpaten")
    visitor = logged_in(None)
    page = practice.get_absolute_url()
    assert NOBODY in text_of(visitor.get(page))
    adoption = adopt(practice, city=make_city("Übernehmstadt"))
    assert NOBODY in text_of(visitor.get(page))
    assert "Übernehmstadt" not in text_of(visitor.get(page))
    actions.confirm(adoption=adoption, by=make_user("manager", city=adoption.city))
    adoption.refresh_from_db()
    logged_in(make_user("author", city=adoption.city)).post(
        f"{adoption.get_absolute_url()}bearbeiten/", details(adoption)
    )
    html = visitor.get(page).text
    shown = text_of(visitor.get(page))
    assert NOBODY not in shown
    assert "Wird gerade neu bestätigt" in shown
    assert f'href="{adoption.get_absolute_url()}">Übernehmstadt</a>' in html
    for hidden in ("12.000", "Es ging schnell", "Ein Satz dazu"):
        assert hidden not in shown
    Practice.objects.filter(pk=practice.pk).update(visibility="anonymous")
    hidden = text_of(logged_in(make_user("author")).get(page))
    assert "Übernehmstadt" not in hidden
    assert "neu bestätigt" not in hidden
    assert "bleibt ungenannt" in hidden


def test_a_block_says_so_as_well() -> None:
    block = make_block()
    adoption = adopt(block, city=make_city("Übernehmstadt"), confirmed=True)
    actions.save_details(
        adoption=adoption, fields=[], with_numbers=True, by=make_user("author", city=adoption.city)
    )
    assert "Wird gerade neu bestätigt" in text_of(logged_in(None).get(block.get_absolute_url()))


def test_a_citys_page_lists_and_counts_only_what_counts() -> None:
    city = make_city("Übernehmstadt")
    for stage in ("interested", "examined", "ended"):
        adopt(make_practice(f"Nur {stage}"), city=city, stage=stage, confirmed=True)
    adopt(make_practice("Unbestätigtes"), city=city)
    for number in range(7):
        adopt(make_practice(f"Läuft {number}"), city=city, confirmed=True)
    for person in (None, make_user("author"), make_user("manager", city=city)):
        shown = text_of(logged_in(person).get(city.get_absolute_url()))
        assert "Von anderen übernommen (7)" in shown
        assert shown.count("Läuft ") == 6
        assert "Nur " not in shown.replace("Nur Ihre", "")
        assert "Unbestätigtes" not in shown


def test_the_list_of_the_own_city_counts_what_it_lists() -> None:
    city = make_city()
    manager = make_user("manager", city=city)
    adopt(make_practice("Zählt"), city=city, confirmed=True)
    adopt(make_practice("Geprüft"), city=city, stage="examined", confirmed=True)
    for number in range(2):
        adopt(make_practice(f"Wartet {number}"), city=city)
    client = logged_in(manager)
    whole = text_of(client.get("/uebernahmen/"))
    assert "Wartet auf Ihre Bestätigung 2 Übernahmen" in whole
    assert "Weitere Übernahmen 2 Übernahmen" in whole
    counted = text_of(client.get("/uebernahmen/?zeigen=gezaehlt"))
    assert "Bestätigt und im Einsatz oder im Pilotbetrieb 1 Übernahme " in counted
    assert "Zählt" in counted
    for other in ("Geprüft", "Wartet 0"):
        assert other not in counted
    author = text_of(logged_in(make_user("author", city=city)).get("/uebernahmen/"))
    assert "Alle Übernahmen 4 Übernahmen" in author


def test_whoever_edits_is_told_that_the_original_is_archived() -> None:
    adoption = adopt()
    manager = logged_in(make_user("manager", city=adoption.city))
    editing = f"{adoption.get_absolute_url()}bearbeiten/"
    archived = "Der ursprüngliche Beitrag ist inzwischen archiviert."
    assert archived not in text_of(manager.get(adoption.get_absolute_url()))
    Practice.objects.filter(adoptions=adoption).update(status="archived")
    for page in (editing, adoption.get_absolute_url(), "/uebernahmen/"):
        assert archived in text_of(manager.get(page)), page
    confirming = {"version": adoption.version}
    told = manager.post(f"{adoption.get_absolute_url()}bestaetigen/", confirming, follow=True)
    assert f"fragen wir wieder. {archived}" in text_of(told)
    adoption.refresh_from_db()
    told = manager.post(editing, details(adoption), follow=True)
    assert f"zählt bis dahin nicht mit. {archived}" in text_of(told)


def test_what_is_entered_already_leads_to_its_entry() -> None:
    practice = make_practice()
    adoption = adopt(practice)
    address = f"/praxis/{practice.pk}/uebernehmen/"
    author = make_user("author", city=adoption.city)
    answer = logged_in(author).get(address, follow=True)
    assert answer.redirect_chain == [(adoption.get_absolute_url(), 302)]
    assert "hat das schon eingetragen" in text_of(answer)
    for person in (make_user("author"), make_coordinator()):
        assert logged_in(person).get(address).status_code == 200
    author.memberships.create(city=make_city(), role="author")
    assert logged_in(author).get(address).status_code == 200, "the other city has not entered it yet"


def test_the_coordination_brings_both_together_from_the_record() -> None:
    adoption = adopt(make_practice(visibility="anonymous"))
    link = f'href="/uebernahmen/{adoption.pk}/verbunden/"'
    coordination = logged_in(make_coordinator())
    assert link in coordination.get(adoption.get_absolute_url()).text
    author = logged_in(make_user("author", city=adoption.city))
    assert link not in author.get(adoption.get_absolute_url()).text
    actions.connect(adoption=adoption, by=make_coordinator())
    assert link not in coordination.get(adoption.get_absolute_url()).text
    open_one = adopt()
    assert "Zusammenbringen" not in coordination.get(open_one.get_absolute_url()).text


def test_an_error_in_a_number_says_in_which() -> None:
    adoption = adopt()
    client = logged_in(make_user("author", city=adoption.city))
    name = "adoption_figures"
    second = {f"{name}-TOTAL_FORMS": "2", f"{name}-1-kind": "cost_once", f"{name}-1-value": "viel"}
    answer = client.post(f"{adoption.get_absolute_url()}bearbeiten/", details(adoption) | second)
    assert answer.status_code == 422
    assert "Zahl 2, Grundlage" in text_of(answer)
    assert "Zahl 1, " not in text_of(answer)
