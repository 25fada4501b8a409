"""Loaded by pytest (`addopts`) before pytest-django reads the settings."""

import os

os.environ["IKONE_ENV"] = "test"
# Playwright runs an event loop in the main thread, beside which Django would refuse the ORM.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
