"""Light, dark, or as the device wishes; kept in a cookie of the browser session."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class Theme(models.TextChoices):
    AUTOMATIC = "automatisch", _("Automatisch")
    LIGHT = "hell", _("Hell")
    DARK = "dunkel", _("Dunkel")


KERN_NAMES = {Theme.LIGHT: "light", Theme.DARK: "dark"}


def theme_of(request: HttpRequest) -> Theme:
    """What this browser asked for; whatever else the cookie holds counts as automatic."""
    wish = request.COOKIES.get(settings.THEME_COOKIE_NAME, "")
    return Theme(wish) if wish in Theme.values else Theme.AUTOMATIC
