"""Watches what a page does: messages in its console, failed requests, requests to others."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, WebError


@dataclass
class Watch:
    """Collects the complaints of one browser context; `check` raises them."""

    origin: str
    complaints: list[str] = field(default_factory=list)
    expected_statuses: set[int] = field(default_factory=set)
    is_offline: bool = False  # the test has cut the connection

    def observe(self, context: BrowserContext) -> None:
        context.on("console", self._on_console)
        context.on("weberror", self._on_script_error)
        context.on("request", self._on_request)
        context.on("requestfailed", self._on_failure)
        context.on("response", self._on_response)
        context.on("page", self._on_page)

    def expect(self, *statuses: int) -> None:
        """Answers with these statuses are part of the test."""
        self.expected_statuses |= set(statuses)

    def check(self) -> None:
        found, self.complaints = list(dict.fromkeys(self.complaints)), []
        assert not found, "\n".join(found)

    def _on_page(self, page: Page) -> None:
        page.on("crash", self._on_crash)

    def _on_crash(self, page: Page) -> None:
        self.complaints.append(f"crashed: {page.url}")

    def _on_script_error(self, error: WebError) -> None:
        self.complaints.append(f"script: {error.error}")

    def _on_console(self, message: ConsoleMessage) -> None:
        is_expected = any(f"status of {status}" in message.text for status in self.expected_statuses)
        signs = ("net::ERR_INTERNET_DISCONNECTED", "Failed to fetch")
        is_expected |= self.is_offline and any(sign in message.text for sign in signs)
        if message.type in {"error", "warning"} and not is_expected:
            self.complaints.append(f"console: {message.text} ({message.location.get('url')})")

    def _on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if (
            parts.scheme not in {"data", "blob", "about"}
            and f"{parts.scheme}://{parts.netloc}" != self.origin
        ):
            self.complaints.append(f"request to a third party: {request.url}")

    def _on_failure(self, request: Request) -> None:
        # A navigation away aborts what is still loading; that is nobody's failure.
        is_cut = self.is_offline and request.failure == "net::ERR_INTERNET_DISCONNECTED"
        if request.failure != "net::ERR_ABORTED" and not is_cut:
            self.complaints.append(f"failed: {request.url} ({request.failure})")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected_statuses:
            self.complaints.append(f"{response.status}: {response.url}")
