"""A city takes something over: entered on a phone, confirmed by the leader, told as a write-up of its own."""

import re

from playwright.sync_api import expect

from tests.browser.axe import assert_accessible_in_both_themes
from tests.browser.people import DESK, PHONE, People
from tests.browser.test_flows import follow

ORIGINAL = "anliegen.trier.de: melden ohne Anmeldung, mit vier Pflichtangaben"


def test_a_city_adopts_confirms_and_writes_its_variant_and_the_coordination_sees_it(people: People) -> None:
    window = people.window("redaktion", width=PHONE)
    window.watch.expect(422)  # a saving without its source is answered with it
    staff = window.page
    staff.goto("/praxis/?q=anliegen.trier.de")
    follow(staff, ORIGINAL)
    address = staff.url
    follow(staff, "Übernehmen")
    staff.get_by_label("im Pilotbetrieb").check()
    staff.get_by_label("Kurz dazu").fill("Wir beginnen mit dem Bauhof.")
    staff.get_by_role("button", name="Eintragen").click()
    expect(staff.get_by_role("main")).to_contain_text("zählt es nirgends mit")
    record = staff.url

    follow(staff, "Erfahrung und Zahlen eintragen")
    row = staff.locator("fieldset.row-fields").first
    row.get_by_label("Was", exact=True).select_option(label="Ersparnis im Jahr")
    row.get_by_label("Betrag").fill("1.200 €")
    row.get_by_label("Grundlage").select_option(label="gemessen")
    staff.get_by_role("button", name="Speichern").click()
    expect(staff.get_by_text("Ohne Quelle zählt eine Ersparnis nicht.").first).to_be_visible()
    row = staff.locator("fieldset.row-fields").first
    expect(row.get_by_label("Betrag")).to_have_value(re.compile("1.200"))
    row.get_by_label("Quelle").fill("Zeiterfassung im Bauhof")
    staff.get_by_role("button", name="Speichern").click()
    expect(staff.get_by_role("main")).to_contain_text("Zeiterfassung im Bauhof")

    leader = people.window("leitung", width=PHONE).page
    leader.goto("/mein/")
    task = leader.get_by_role("region", name="Übernahmen bestätigen")
    task.get_by_role("button", name=re.compile(f"^Bestätigen.*{re.escape(ORIGINAL)}")).click()
    expect(leader.get_by_text("Bestätigt. In einem Jahr").first).to_be_visible()

    visitor = people.window().page
    visitor.goto(address)
    adopters = visitor.get_by_role("region", name="Wer es übernommen hat")
    expect(adopters).to_contain_text("Landau in der Pfalz")
    expect(adopters).to_contain_text("von der Stadt bestätigt")
    visitor.goto("/praxis/")
    follow(visitor, "Einsparungen")
    expect(visitor.get_by_role("main")).to_contain_text("1.200\N{NO-BREAK SPACE}€")

    staff.goto(record)
    staff.get_by_role("button", name="Eigenen Beitrag beginnen").click()
    expect(staff.get_by_role("main")).to_contain_text("in Landau in der Pfalz")

    coordinator = people.window("koordination").page
    coordinator.goto("/koordination/")
    follow(coordinator, "Alle Übernahmen")
    expect(coordinator.get_by_role("main")).to_contain_text("Landau in der Pfalz")

    shown = people.window("leitung", width=DESK).page
    for url in (record, f"{record}bearbeiten/", f"{record}stand/", "/praxis/einsparungen/", address):
        shown.goto(url)
        assert_accessible_in_both_themes(shown)
