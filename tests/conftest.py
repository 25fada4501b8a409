"""What every test has: a database of its own, strict templates, no network."""

import asyncio
import os
from collections.abc import Generator, Iterator
from typing import Any

import dj_database_url
import pytest
from django.conf import settings
from django.db import connections
from pytest_django import DjangoDbBlocker

from tests.support import strict_templates
from tests.support.databases import TestDatabases

databases_key = pytest.StashKey[TestDatabases]()
# Folders with long tests and much to prepare; each is the beginning of one worker's share.
LONGEST = ("browser", "sweeps")


def pytest_configure(config: pytest.Config) -> None:
    given: dict[str, Any] = getattr(config, "workerinput", {})
    config.stash[databases_key] = TestDatabases(
        run=given.get("database_run", str(os.getpid())), url=given.get("database_url")
    )


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Start the server and make the template before xdist's workers start; they only make clones."""
    databases = node.config.stash[databases_key]
    databases.template  # noqa: B018
    node.workerinput["database_run"] = databases.run
    node.workerinput["database_url"] = databases.url


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long tests first: xdist gives each worker an equal share; who is done takes from the others."""
    given: dict[str, Any] = getattr(config, "workerinput", {})
    share = len(items) // given.get("workercount", 2)
    first, second = ([item for item in items if item.path.parent.name == name] for name in LONGEST)
    rest = [item for item in items if item.path.parent.name not in LONGEST]
    middle = max(share - len(first), 0)
    items[:] = [*first, *rest[:middle], *second, *rest[middle:]]


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput") and databases_key in config.stash:
        config.stash[databases_key].drop_all()


@pytest.fixture(scope="session")
def test_databases(request: pytest.FixtureRequest) -> TestDatabases:
    return request.config.stash[databases_key]


@pytest.fixture(scope="session")
def worker_name(request: pytest.FixtureRequest) -> str:
    """xdist's name of this process, or `main`."""
    given: dict[str, Any] = getattr(request.config, "workerinput", {})
    return given.get("workerid", "main")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    test_databases: TestDatabases,
    worker_name: str,
) -> Iterator[None]:
    """Instead of pytest-django's: point Django at a clone of the template."""
    url = test_databases.clone(worker_name)
    connections["default"].close()
    settings, parsed = connections.settings["default"], dj_database_url.parse(url)
    settings.update(parsed, OPTIONS={**settings["OPTIONS"], **parsed["OPTIONS"]})
    yield
    with django_db_blocker.unblock():
        connections.close_all()
    test_databases.drop(worker_name)


@pytest.fixture(autouse=True)
def jobs_of_its_own(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What a test with real transactions leaves waiting is no other test's; Django empties only tables of its
    own after one.
    """
    yield
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        with django_db_blocker.unblock(), connections["default"].cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


@pytest.fixture(scope="session", autouse=True)
def strictness(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Fast passwords, files in a folder of their own, and watched templates (see `pytest_runtest_call`)."""
    from ui.identity import keep_for  # noqa: PLC0415  models are ready only now

    keep_for(24 * 3600)  # else a page would cost a query more now and then
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"])
        patch.setattr(settings, "MEDIA_ROOT", tmp_path_factory.mktemp("media"))
        # Every test client starts the middleware anew; it shall not list all static files each time.
        patch.setattr(settings, "WHITENOISE_AUTOREFRESH", True, raising=False)
        strict_templates.install(patch)
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, bool | None, bool | None]:
    """Playwright leaves its event loop running in this thread; to all other tests there is none."""
    if item.get_closest_marker("browser"):
        return (yield)
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        return (yield)
    finally:
        asyncio._set_running_loop(running)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    strict_templates.begin()
    yield
    if complaints := strict_templates.complaints():
        pytest.fail("Templates:\n" + "\n".join(complaints), pytrace=False)
