"""What operators find in the log."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

SCRIPT = """
import logging, logging.config, structlog
from ikone.environment import Environment
env = Environment({"IKONE_ENV": "%s"}, data_folder=None)
logging.config.dictConfig(env.logging(quiet=False))
link = "/einladung/" + 30 * "x" + "/"
for log in (logging.getLogger("django.request").exception, structlog.get_logger("portal").exception):
    try:
        raise ValueError("broken at " + link)
    except ValueError:
        log("failed " + link)
"""


@pytest.mark.parametrize("environment", ["production", "local"])
def test_errors_come_with_their_traceback_and_without_secrets(environment: str) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SCRIPT % environment],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.count("Traceback (most recent call last)") == 2
    assert done.stderr.count("broken at /einladung/") >= 2
    assert 12 * "x" not in done.stderr
