"""An OBM with a phone and five minutes: what cities like ours have, on one page, and whom to call."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.axe import violations
from tests.browser.people import PHONE, People

FINGER = 44  # CSS pixels


def test_from_login_to_a_call_on_a_phone(people: People) -> None:
    page = people.window(width=PHONE).page
    people.log_in(page, people.emails["leitung"])
    expect(page).to_have_url(f"{people.portal.url}/mein/")
    things = page.get_by_role("region", name="Das Nützlichste zuerst").get_by_role("listitem")
    expect(things).to_have_count(3)
    viewport = page.viewport_size
    assert viewport
    for thing in things.all():  # no scrolling, and wide enough for a thumb
        box = thing.bounding_box()
        assert box
        assert box["y"] + box["height"] <= viewport["height"]
        assert box["height"] >= FINGER
    texts = page.locator(".way__text")
    assert texts.count()
    assert texts.evaluate_all("all => all.every(one => one.scrollWidth <= one.clientWidth)")  # none is cut
    assert violations(page) == []

    part = page.get_by_role("region", name="Was Städte wie unsere haben und wir nicht")
    first = part.get_by_role("listitem").first
    expect(first).to_contain_text("ähnelt uns:")
    expect(first).to_contain_text("Einwohner")
    second = part.locator(".alike__row").nth(1)
    expect(second).to_be_hidden()
    part.get_by_text("Weitere anzeigen").click()
    expect(second).to_be_visible()
    tap(first.get_by_role("heading").get_by_role("link"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    tap(page.get_by_role("main").get_by_role("link", name="Kurzfassung", exact=True))
    expect(page).to_have_url(re.compile(r"/kurzfassung/$"))
    call = page.get_by_role("link", name="Anrufen")
    expect(call).to_have_attribute("href", re.compile(r"^tel:06990009\d{3}$"))
    box = call.bounding_box()
    assert box
    assert box["height"] >= FINGER
    assert violations(page) == []


def tap(link: Locator) -> None:
    box = link.bounding_box()
    assert box
    assert box["height"] >= FINGER
    link.click()
