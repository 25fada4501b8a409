"""The portal's settings with two more pages that do nothing."""

from ikone.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
