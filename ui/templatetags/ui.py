"""Template tags of the design system; a builtin of every template."""

from django import template

register = template.Library()
