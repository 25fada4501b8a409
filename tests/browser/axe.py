"""Accessibility checks with axe-core; its source is evaluated, since the CSP lets nobody add a script."""

from functools import cache

from playwright.sync_api import Page

from tests.support.databases import ROOT

COLOURS = ["color-contrast", "link-in-text-block"]  # the rules whose answer depends on the theme
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Colours fade from one theme to the other; half-way none of them has contrast.
SETTLED = """() => new Promise(done => {
    const look = () => document.getAnimations().some(fade => fade.playState === "running")
        ? requestAnimationFrame(look) : done();
    requestAnimationFrame(() => requestAnimationFrame(look));
})"""


@cache
def source() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()


def violations(page: Page, *, colours_alone: bool = False) -> list[str]:
    """What axe finds on the page as it stands, one line for each element.

    `colours_alone` is for a page that was looked at in the other theme: all else is the same there.
    """
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(source())
    rules = {"type": "rule", "values": COLOURS} if colours_alone else {"type": "tag", "values": RULES}
    found = page.evaluate(
        """rules => axe.run(document, {runOnly: rules, resultTypes: ["violations"]})
            .then(result => result.violations)""",
        rules,
    )
    return [
        f"{violation['id']}: {violation['help']} – {' '.join(map(str, node['target']))} {node['html'][:160]}"
        for violation in found
        for node in violation["nodes"]
    ]


def violations_in_both_themes(page: Page) -> list[str]:
    """What axe finds in the light and in the dark theme, in a window that was opened in the light one."""
    page.evaluate(SETTLED)
    found = [f"light: {violation}" for violation in violations(page)]
    page.emulate_media(color_scheme="dark")
    page.evaluate(SETTLED)
    found += [f"dark: {violation}" for violation in violations(page, colours_alone=True)]
    page.emulate_media(color_scheme="light")
    return found


def assert_accessible_in_both_themes(page: Page) -> None:
    found = violations_in_both_themes(page)
    assert not found, f"{page.url}\n" + "\n".join(found)


def assert_accessible(page: Page) -> None:
    found = violations(page)
    assert not found, f"{page.url}\n" + "\n".join(found)
