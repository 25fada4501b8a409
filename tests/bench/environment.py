"""The production environment in which the benchmark runs, on loopback."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

HOST = "bench.example.org"
ORIGIN = f"https://{HOST}"


def enter(database_url: str, media: Path) -> None:
    """Set this process and its children up; call it before Django's settings are read."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "IKONE_ENV": "production",
        "SECRET_KEY": os.environ.get("SECRET_KEY") or secrets.token_urlsafe(60),
        "DATABASE_URL": database_url,
        "ALLOWED_HOSTS": HOST,
        "BASE_URL": ORIGIN,
        "EMAIL_URL": "smtp://127.0.0.1:1",
        "FROM_EMAIL": "IKONE <ikone@example.org>",
        "COORDINATION_EMAIL": "koordination@example.org",
        "MEDIA_ROOT": str(media),
    }
