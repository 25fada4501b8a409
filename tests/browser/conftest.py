"""A Chromium, and for each process a portal with the demo's content."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.people import People
from tests.browser.server import Portal, collect_static, running_portal
from tests.support.databases import TestDatabases

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
# No sandbox inside containers as root, and none of a browser's own traffic.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]

# The demo, whose register has the town that is admitted in a flow, and one more that asks to join.
OUTSIDE_TOWN = "Neustadt an der Weinstraße"
ASKING_TOWN = "Boppard"
CONTENTS = [
    ["load_demo"],
    [
        "shell",
        "-c",
        "from tests.factories import make_city; row = {'status': 'outside', 'register_date': '2025-11-30'}; "
        f"make_city('{ASKING_TOWN}', slug='boppard', ags='07140501', **row)",
    ],
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def portal(test_databases: TestDatabases, worker_name: str) -> Iterator[Portal]:
    collect_static()
    demo = test_databases.filled("demo", *CONTENTS)
    name = f"browser_{worker_name}"
    with running_portal(test_databases.clone(name, source=demo)) as running:
        yield running
    test_databases.drop(name)


@pytest.fixture
def fresh_portal(test_databases: TestDatabases, worker_name: str) -> Iterator[Portal]:
    """A server and a database for one test that may break them."""
    collect_static()
    demo = test_databases.filled("demo", *CONTENTS)
    name = f"fresh_{worker_name}"
    with running_portal(test_databases.clone(name, source=demo)) as running:
        yield running
    test_databases.drop(name)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if path is None:
        pytest.fail("Chromium is missing; without it: pytest -m 'not browser'")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def everybody(chromium: Browser, portal: Portal) -> People:
    return People(chromium, portal)


@pytest.fixture
def people(everybody: People) -> Iterator[People]:
    """Windows for one test; afterwards none of them may have complained."""
    yield everybody
    try:
        everybody.check()
    finally:
        everybody.close()
