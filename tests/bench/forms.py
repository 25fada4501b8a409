"""Fills in the forms of a page as a browser does that changes a field and presses a button."""

from __future__ import annotations

from collections import defaultdict
from html.parser import HTMLParser


def filled_in(page: str, action: str) -> dict[str, list[str]]:
    """What the browser would send for the page's form with this action, without its buttons."""
    reader = _Reader(action)
    reader.feed(page)
    return dict(reader.data)


class _Reader(HTMLParser):
    def __init__(self, action: str) -> None:
        super().__init__()
        self.data: defaultdict[str, list[str]] = defaultdict(list)
        self._action, self._is_inside = action, False
        self._select = self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "form":
            self._is_inside = given.get("action") == self._action
        elif not self._is_inside:
            return
        elif tag == "input" and name and given.get("type") not in {"submit", "button", "file"}:
            if given.get("type") not in {"checkbox", "radio"} or "checked" in given:
                self.data[name].append(value)
        elif tag == "textarea":
            self._textarea = name
            self.data[name].append("")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self.data[self._select].append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_inside = False
        elif tag == "textarea":
            self._textarea = ""
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.data[self._textarea][-1] += data
