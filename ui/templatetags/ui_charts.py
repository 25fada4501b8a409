"""Charts and maps, drawn on the server; a builtin of every template."""

from __future__ import annotations

from django import template

register = template.Library()
