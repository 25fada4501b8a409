"""Makes a test fail when a template of ours names a variable that is not there, or an answer shows a tag.

Django is silent about undefined variables, in `{% if %}` even with `string_if_invalid`.
"""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponseBase
from django.template.base import Variable, VariableDoesNotExist
from django.test import Client

LIBRARIES = (".venv", "site-packages", "node_modules")

_complaints: list[str] = []


def install(patch: pytest.MonkeyPatch) -> None:
    """Watch template variables and the answers of Django's test client from now on."""
    resolve, request = Variable.resolve, Client.request

    def watched_resolve(self: Variable, context: Any) -> Any:
        try:
            return resolve(self, context)
        except VariableDoesNotExist:
            template = _template_of(context)
            is_input = str(self.var).startswith("request.GET.")  # may always be left out
            if template is not None and not is_input and _is_ours(template.origin.name):
                _complaints.append(f"{template.name}: {self.var} is undefined")
            raise

    def watched_request(self: Client, **options: Any) -> HttpResponseBase:
        response = request(self, **options)
        # What a person typed may hold braces and be shown again.
        typed = options.get("REQUEST_METHOD") != "GET" or "%7B" in options.get("QUERY_STRING", "")
        if not typed and (found := unrendered(response)):
            _complaints.append(f"{options.get('PATH_INFO')}: {found!r} was not rendered")
        return response

    patch.setattr(Variable, "resolve", watched_resolve)
    patch.setattr(Client, "request", watched_request)


def begin() -> None:
    _complaints.clear()


def complaints() -> list[str]:
    """What was seen since `begin`, each once."""
    return list(dict.fromkeys(_complaints))


def unrendered(response: HttpResponseBase) -> str:
    """The first piece of template code in an HTML answer."""
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return ""
    content = response.content.decode()  # type: ignore[attr-defined]
    for mark in ("{{", "{%", "{#"):
        if (start := content.find(mark)) >= 0:
            return content[start : start + 60]
    return ""


def _template_of(context: Any) -> Any:
    render_context = getattr(context, "render_context", None)
    return getattr(render_context, "template", None) or getattr(context, "template", None)


def _is_ours(origin: str) -> bool:
    path = Path(origin)
    return path.is_relative_to(settings.BASE_DIR) and not any(name in path.parts for name in LIBRARIES)
