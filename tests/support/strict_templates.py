"""Makes a test fail when a template of ours names a variable that is not there, or an answer shows a tag.

Django is silent about undefined variables, in `{% if %}` even with `string_if_invalid`.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponseBase
from django.template.base import Node, Variable, VariableDoesNotExist
from django.test import Client

CODE = re.compile(r"<code\b.*?</code>", re.DOTALL)  # the gallery shows templates there
LIBRARIES = (".venv", "site-packages", "node_modules")

_complaints: list[str] = []
_files: list[str] = []  # of the nodes that are being rendered, outermost first


def install(patch: pytest.MonkeyPatch) -> None:
    """Watch template variables and the answers of Django's test client from now on."""
    resolve, request, render = Variable.resolve, Client.request, Node.render_annotated

    def watched_render(self: Node, context: Any) -> Any:
        _files.append(self.origin.name if getattr(self, "origin", None) else "")
        try:
            return render(self, context)
        finally:
            _files.pop()

    def watched_resolve(self: Variable, context: Any) -> Any:
        try:
            return resolve(self, context)
        except VariableDoesNotExist:
            is_input = str(self.var).startswith("request.GET.")  # may always be left out
            if _files and not is_input and _is_ours(_files[-1]):
                _complaints.append(f"{_files[-1]}: {self.var} is undefined")
            raise

    def watched_request(self: Client, **options: Any) -> HttpResponseBase:
        response = request(self, **options)
        # What a person typed may hold braces and be shown again.
        typed = options.get("REQUEST_METHOD") != "GET" or "%7B" in options.get("QUERY_STRING", "")
        if not typed and (found := unrendered(response)):
            _complaints.append(f"{options.get('PATH_INFO')}: {found!r} was not rendered")
        return response

    patch.setattr(Node, "render_annotated", watched_render)
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
    content = CODE.sub("", response.content.decode())  # type: ignore[attr-defined]
    for mark in ("{{", "{%", "{#"):
        if (start := content.find(mark)) >= 0:
            return content[start : start + 60]
    return ""


def _is_ours(file: str) -> bool:
    path = Path(file)
    return path.is_relative_to(settings.BASE_DIR) and not any(name in path.parts for name in LIBRARIES)
