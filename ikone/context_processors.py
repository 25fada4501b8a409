"""Variables that every page has."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from ikone.navigation import sections
from ikone.themes import KERN_NAMES, Theme, theme_of
from ui.identity import identity


def portal(request: HttpRequest) -> dict[str, Any]:
    """Worked out once for a page and all the parts that are rendered for it."""
    known: dict[str, Any] | None = getattr(request, "_portal_variables", None)
    if known is None:
        known = _variables(request)
        request._portal_variables = known  # type: ignore[attr-defined]
    return known


def _variables(request: HttpRequest) -> dict[str, Any]:
    theme, named = theme_of(request), identity()
    return {
        "network_name": named.name,
        "network_claim": named.claim,
        "logo_version": named.logo_version,
        "coordination_email": settings.COORDINATION_EMAIL,
        "source_code_url": settings.SOURCE_CODE_URL,
        "is_demo": settings.SHOWS_SENT_MAIL,
        "sections": sections(request.path),
        "theme": theme,
        "themes": Theme,
        "kern_theme": KERN_NAMES.get(theme, ""),
        "languages": tuple(settings.LANGUAGES),
    }
