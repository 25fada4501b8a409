"""People at their browser: windows, logins with a second factor, and what keyboards do."""

import re
import time
from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.totp.internal import auth as totp
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from ikone.demo.accounts import DEMO_LOGINS, DEMO_PASSWORD
from tests.browser.server import Portal
from tests.browser.watching import Watch

ROLES = {email.split("@")[0]: email for email, _about in DEMO_LOGINS}
PHONE, DESK = 390, 1280
TAB_LIMIT = 150


@dataclass
class Window:
    """A page with its watch."""

    page: Page
    watch: Watch
    context: BrowserContext


@dataclass
class People:
    """Opens windows for visitors and for the demo's accounts, who log in once a run."""

    browser: Browser
    portal: Portal
    emails: dict[str, str] = field(default_factory=lambda: dict(ROLES))
    password: str = DEMO_PASSWORD
    sessions: dict[str, Any] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    windows: list[Window] = field(default_factory=list)

    def window(
        self,
        role: str | None = None,
        *,
        width: int = DESK,
        scheme: str = "light",
        javascript: bool = True,
        reduced_motion: str = "reduce",
    ) -> Window:
        """A new window; `role` is a key of `emails`, None a visitor."""
        session = self.session_of(role) if role else None
        return self._open(
            viewport={"width": width, "height": 844 if width < 600 else 900},
            color_scheme=scheme,
            java_script_enabled=javascript,
            reduced_motion=reduced_motion,
            storage_state=session,
        )

    def close(self) -> None:
        for window in self.windows:
            window.context.close()
        self.windows.clear()

    def check(self) -> None:
        for window in self.windows:
            window.watch.check()

    def session_of(self, role: str) -> Any:
        """Cookies after a login through the real form, made once."""
        if role not in self.sessions:
            window = self._open(viewport={"width": DESK, "height": 900})
            self.log_in(window.page, self.emails[role])
            window.watch.check()
            self.sessions[role] = window.context.storage_state()
            window.context.close()
            self.windows.remove(window)
        return self.sessions[role]

    def log_in(self, page: Page, email: str, password: str | None = None) -> None:
        """Fill the login form; set up the second factor where it is compulsory, use it where it is there."""
        page.goto(reverse("account_login"))
        page.get_by_label("E-Mail").fill(email)
        page.get_by_label("Passwort", exact=True).fill(password or self.password)
        page.locator("main").get_by_role("button", name=re.compile("^Anmelden$")).click()
        page.wait_for_load_state()
        if page.url.startswith(self.portal.url + reverse("mfa_authenticate")):
            self.enter_code(page, self.secrets[email])
        elif page.url.startswith(self.portal.url + reverse("mfa_index")):
            self.set_up_second_factor(page, email)
        expect(page.locator(f'form[action="{reverse("account_logout")}"]').first).to_be_attached()

    def set_up_second_factor(self, page: Page, email: str) -> None:
        page.goto(reverse("mfa_activate_totp"))
        if page.url.startswith(self.portal.url + reverse("account_reauthenticate")):
            page.get_by_label("Passwort", exact=True).fill(self.password)
            page.get_by_role("button", name="Weiter").click()
        self.secrets[email] = page.locator("main form code").inner_text().strip()
        self.enter_code(page, self.secrets[email])

    def enter_code(self, page: Page, secret: str) -> None:
        page.locator("input[name=code]").fill(current_code(secret))
        page.locator("main form:has(input[name=code]) button[type=submit]").first.click()
        page.wait_for_load_state()

    def _open(self, **options: Any) -> Window:
        context = self.browser.new_context(base_url=self.portal.url, locale="de-DE", **options)
        context.set_default_timeout(10_000)
        watch = Watch(self.portal.url)
        watch.observe(context)
        window = Window(context.new_page(), watch, context)
        self.windows.append(window)
        return window


def current_code(secret: str) -> str:
    """What an authenticator app shows now."""
    counter = int(time.time()) // 30
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def tab_to(target: Locator, *, limit: int = TAB_LIMIT) -> None:
    """Reach an element with the Tab key alone, and see there where the focus is."""
    page = target.page
    for _step in range(limit):
        if target.evaluate("element => element === document.activeElement"):
            assert has_visible_focus(target), f"no visible focus on {target}"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{target} cannot be reached with the Tab key")


def press(target: Locator, key: str = "Enter") -> None:
    """Go to an element with the Tab key and press a key."""
    tab_to(target)
    target.page.keyboard.press(key)
    target.page.wait_for_load_state()


def type_into(target: Locator, text: str) -> None:
    """Go to a field with the Tab key and type."""
    tab_to(target)
    target.page.keyboard.press("ControlOrMeta+a")
    target.page.keyboard.type(text)


def has_visible_focus(target: Locator) -> bool:
    """An outline, border or shadow on the element or on a box around it tells where the focus is."""
    return bool(
        target.evaluate(
            """element => {
                const shows = node => {
                    for (const pseudo of [null, "::before", "::after"]) {
                        const style = getComputedStyle(node, pseudo);
                        if (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1) return true;
                        if (style.boxShadow !== "none") return true;
                    }
                    return false;
                };
                for (let node = element, step = 0; node && step < 4; node = node.parentElement, step++)
                    if (shows(node)) return true;
                return false;
            }"""
        )
    )
