"""From the mail into the portal: invitation, password, passkey, and back in without the password."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.people import PHONE, People
from tests.browser.watching import Watch

PASSWORD = "Gartenzaun-Nebel-42"
DEVICE: dict[str, Any] = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_somebody_joins_by_mail_and_comes_back_with_a_passkey(people: People) -> None:
    base = people.portal.url.replace("127.0.0.1", "localhost")  # passkeys belong to names
    manager = people.window("verwaltung").page
    manager.goto(f"{people.portal.url}/staedte/landau-in-der-pfalz/personen/einladen/")
    manager.get_by_label("E-Mail-Adresse").fill("neu@example.org")
    manager.get_by_role("button", name="Einladung senden").click()
    expect(manager.get_by_role("main")).to_contain_text("neu@example.org")

    context = people.browser.new_context(viewport={"width": PHONE, "height": 844}, locale="de-DE")
    watch = Watch(base)
    watch.observe(context)
    page = context.new_page()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    page.goto(f"{base}/postausgang/")
    mail = page.get_by_role("article").filter(has_text="an neu@example.org").first
    page.goto(base + str(mail.get_by_role("link").get_attribute("href")).removeprefix(people.portal.url))
    assert violations(page) == []
    page.get_by_label("Ihr Name").fill("Stelle Neu")
    password = page.get_by_label("Passwort", exact=True)
    password.fill(PASSWORD)
    page.get_by_role("button", name="Passwort anzeigen").click()
    expect(password).to_have_attribute("type", "text")
    page.get_by_role("button", name="Einladung annehmen").click()
    page.get_by_role("link", name="Passkey hinzufügen").click()
    page.get_by_role("button", name="Passkey hinzufügen").click()
    page.wait_for_url("**/ersatzcodes/")
    assert violations(page) == []

    log_out(page, base)
    page.goto(f"{base}/konto/anmelden/")
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    page.wait_for_url("**/mein/")

    log_out(page, base)
    page.goto(f"{base}/konto/anmelden/")
    page.get_by_label("E-Mail-Adresse").fill("neu@example.org")
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Anmelden", exact=True).click()
    page.get_by_role("button", name="Passkey verwenden").click()
    page.wait_for_url("**/mein/")
    watch.check()
    context.close()


def log_out(page: Page, base: str) -> None:
    page.goto(f"{base}/konto/abmelden/")
    page.get_by_role("main").get_by_role("button", name="Abmelden").click()
    page.wait_for_url(f"{base}/")
