"""Variables that every page has."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, Any]:
    return {
        "network_name": settings.NETWORK_NAME,
        "network_claim": settings.NETWORK_CLAIM,
        "coordination_email": settings.COORDINATION_EMAIL,
        "source_code_url": settings.SOURCE_CODE_URL,
        "is_demo": settings.SHOWS_SENT_MAIL,
    }
