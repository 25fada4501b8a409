"""Accessibility checks with axe-core; its source is evaluated, since the CSP lets nobody add a script."""

from functools import cache

from playwright.sync_api import Page

from tests.support.databases import ROOT

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def source() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands, one line for each element."""
    page.evaluate(source())
    found = page.evaluate(
        """rules => axe.run(document, {runOnly: {type: "tag", values: rules}, resultTypes: ["violations"]})
            .then(result => result.violations)""",
        RULES,
    )
    return [
        f"{violation['id']}: {violation['help']} – {' '.join(map(str, node['target']))} {node['html'][:160]}"
        for violation in found
        for node in violation["nodes"]
    ]


def assert_accessible(page: Page) -> None:
    found = violations(page)
    assert not found, f"{page.url}\n" + "\n".join(found)
