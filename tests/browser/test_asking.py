"""A city searches in vain, asks the network, and another one answers with what it has."""

from playwright.sync_api import expect

from tests.browser.axe import violations_in_both_themes
from tests.browser.people import DESK, PHONE, People
from topics.choosing import INDENT

SOUGHT = "Xylophonverleih"
PRACTICE = "mitgestalten.trier.de: ein neues Portal löst das alte ab"


def test_search_in_vain_becomes_a_request_that_somebody_answers(people: People) -> None:
    asking = people.window("redaktion", width=PHONE).page
    asking.goto(f"/suche/?q={SOUGHT}")
    asking.get_by_role("link", name="Das Netzwerk fragen").click()
    expect(asking.get_by_label("Was suchen Sie?")).to_have_value(SOUGHT)
    asking.get_by_label("Was suchen Sie?").fill("Portal für Beteiligung, das ein altes ablöst")
    expect(asking.get_by_text("Steht die Antwort schon da?")).to_be_visible()  # while one types
    assert violations_in_both_themes(asking) == []
    asking.get_by_label("Genauer").fill("Wer hat das hinter sich?")
    asking.get_by_label("Thema").select_option(f"{INDENT}Beteiligungsplattformen")
    asking.get_by_role("button", name="Gesuch veröffentlichen").click()
    expect(asking.get_by_role("main")).to_contain_text("Noch keine Antwort")
    address = asking.url

    answering = people.window("trier", width=DESK).page
    answering.goto(address)
    answering.get_by_label("Ihre Antwort").fill("Wir haben gewechselt.")
    answering.get_by_label("Beitrag suchen").fill("mitgestalten.trier.de")
    answering.keyboard.press("Enter")  # looks, and sends nothing
    answering.get_by_role("checkbox", name=PRACTICE).check()
    expect(answering.get_by_label("Ihre Antwort")).to_have_value("Wir haben gewechselt.")
    answering.get_by_role("button", name="Antwort senden").click()
    main = answering.get_by_role("main")
    expect(main.get_by_role("heading", name="Eine Antwort")).to_be_visible()
    expect(main.get_by_role("link", name=PRACTICE)).to_be_visible()
    assert violations_in_both_themes(answering) == []

    asking.reload()
    asking.get_by_role("link", name="Als gelöst melden").click()
    expect(asking.get_by_label("gelöst", exact=True)).to_be_checked()
    asking.get_by_role("checkbox", name="Trier").check()
    asking.get_by_role("button", name="Speichern").click()
    expect(asking.get_by_role("main")).to_contain_text("hat geholfen")
