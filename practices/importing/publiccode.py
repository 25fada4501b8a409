"""Reads a publiccode.yml, the file with which public software describes itself in its repository.

Standard: https://yml.publiccode.tools; the German extension (`de.leika`) names services of the OZG.
Nothing is fetched from the addresses in it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from practices.enums import Phase
from practices.importing.container import RefusedError
from practices.importing.outline import LONGEST_SUMMARY, LONGEST_TITLE, Outline, Part, shortened
from practices.models import Practice
from ui.richtext import from_plain_text

LARGEST_FILE = 200 * 1024
DEEPEST = 20
MOST_NODES = 20_000
MOST_TAGS = 12
LONGEST_TAG = 60
LANGUAGES = ("de", "de-DE", "deu", "en", "en-GB", "en-US", "eng")

PHASES = {
    "concept": Phase.IDEA,
    "development": Phase.PLANNED,
    "beta": Phase.PILOT,
    "stable": Phase.LIVE,
    "obsolete": Phase.ENDED,
}
KEYS = {"licence": "legal.license", "repository_url": "url", "source_url": "landingURL"}
USED = {
    "name",
    "url",
    "landingURL",
    "developmentStatus",
    "description",
    "legal",
    "maintenance",
    "categories",
    "de",
}
SILENT = {"publiccodeYmlVersion", "logo", "monochromeLogo"}
ADDRESS = re.compile(r"^https?://[^\s/$.?#][^\s]*$", re.IGNORECASE)
MAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
HEADING = re.compile(r"^#{1,6}[ \t]+(\S.*)$", re.MULTILINE)


@dataclass
class Software:
    """What the file says, as far as a write-up has a place for it; `facts` are values by field."""

    outline: Outline
    facts: dict[str, str] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)


class FieldErrors(RefusedError):  # noqa: N818  several at once
    """What is wrong in the file, each naming its key."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__(" ".join(messages))
        self.messages = messages


def read(content: bytes | str) -> Software:
    """Read the file; RefusedError where it is none, FieldErrors where keys do not hold what they should."""
    tree = _loaded(content)
    reader = _Reader(tree)
    software = reader.software()
    if reader.errors:
        raise FieldErrors(reader.errors)
    return software


def _loaded(content: bytes | str) -> dict[str, Any]:
    if len(content) > LARGEST_FILE:
        raise RefusedError(_("Die Datei ist zu groß für eine publiccode.yml; höchstens 200 kB sind möglich."))
    if isinstance(content, bytes):
        try:
            content = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise RefusedError(_("Das ist keine publiccode.yml: Sie muss Text in UTF-8 sein.")) from None
    if not content.strip():
        raise RefusedError(_("Die Datei ist leer."))
    try:
        _check(content)
        tree = yaml.safe_load(content)
    except yaml.YAMLError as error:
        raise RefusedError(_at(error)) from None
    except (ValueError, RecursionError, OverflowError):  # a date that does not exist, a number without end
        raise RefusedError(_("Das ist keine gültige YAML-Datei.")) from None
    if not isinstance(tree, dict) or ("name" not in tree and "publiccodeYmlVersion" not in tree):
        raise RefusedError(
            _("Das ist keine publiccode.yml: Es fehlen ihre Schlüssel, zum Beispiel „name“ und „url“.")
        )
    return tree


def _check(content: str) -> None:
    """No references, which can grow without end, and nothing deeper or longer than such a file ever is."""
    depth = 0
    for count, event in enumerate(yaml.parse(content, Loader=yaml.SafeLoader)):
        if isinstance(event, yaml.AliasEvent):
            raise RefusedError(_("Die Datei enthält YAML-Verweise (*). Bitte schreiben Sie die Werte aus."))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST or count > MOST_NODES:
            raise RefusedError(_("Die Datei ist zu tief verschachtelt oder zu lang für eine publiccode.yml."))


def _at(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return _("Das ist keine gültige YAML-Datei.")
    return _("Das ist keine gültige YAML-Datei: Zeile %(line)d lässt sich nicht lesen.") % {
        "line": mark.line + 1
    }


class _Reader:
    """Takes values out of the tree and notes what is wrong with them."""

    def __init__(self, tree: dict[str, Any]) -> None:
        self.tree = tree
        self.errors: list[str] = []

    def software(self) -> Software:
        self._require("name")
        description = self._description()
        name = self._text(self.tree, "name")
        summary = self._text(description, "shortDescription", "description.")
        long = self._text(description, "longDescription", "description.")
        outline = Outline(shortened(name, LONGEST_TITLE), shortened(summary, LONGEST_SUMMARY))
        if long:
            outline.parts.append(Part(_("Beschreibung"), "solution", pieces=[_prose(long)]))
        if features := self._list(description, "features", "description."):
            outline.parts.append(Part(_("Funktionen"), "solution", pieces=[_items(features)]))
        left = list(self._left())
        if len(summary) > LONGEST_SUMMARY:
            left.insert(0, summary)
        if left:
            outline.parts.append(Part(_("Weitere Angaben aus publiccode.yml"), pieces=[_items(left)]))
        return Software(outline, self._facts(), self._tags())

    def _facts(self) -> dict[str, str]:
        facts = {
            "licence": self._text(self._mapping(self.tree, "legal"), "license", "legal."),
            "repository_url": self._address("url"),
            "source_url": self._address("landingURL"),
            "phase": self._phase(),
        }
        for role, contact in zip(("contact", "deputy"), self._contacts(), strict=False):
            facts |= {f"{role}_{part}": value for part, value in contact.items()}
        return {name: value for name, value in facts.items() if value and self._fits(name, value)}

    def _fits(self, name: str, value: str) -> bool:
        """Whether the record can hold it: not too long, a real address."""
        field: Any = Practice._meta.get_field(name)
        try:
            field.clean(value, None)
        except ValidationError as error:
            key = KEYS.get(name) or f"maintenance.contacts.{name.rpartition('_')[2]}"
            self.errors += [f"„{key}“: {message}" for message in error.messages]
            return False
        return True

    def _phase(self) -> str:
        status = self._text(self.tree, "developmentStatus")
        if status and status not in PHASES:
            self.errors.append(
                _("„developmentStatus“ muss einer dieser Werte sein: %(values)s.")
                % {"values": ", ".join(PHASES)}
            )
        return PHASES.get(status, "")

    def _contacts(self) -> Iterator[dict[str, str]]:
        contacts = self._mapping(self.tree, "maintenance").get("contacts") or []
        if not isinstance(contacts, list) or not all(isinstance(one, dict) for one in contacts):
            self.errors.append(_("„maintenance.contacts“ muss eine Liste mit „name“ und „email“ sein."))
            return
        for contact in contacts[:2]:
            name = self._text(contact, "name", "maintenance.contacts.")
            mail = self._text(contact, "email", "maintenance.contacts.")
            if mail and not MAIL.match(mail):
                self.errors.append(_("„maintenance.contacts.email“ ist keine E-Mail-Adresse."))
            phone = self._text(contact, "phone", "maintenance.contacts.")
            yield {"name": name[:120], "email": mail, "phone": phone}

    def _tags(self) -> list[str]:
        tags = list(self._list(self.tree, "categories"))
        services = self._mapping(self.tree, "de").get("leika") or []
        if not isinstance(services, list) or not all(isinstance(one, dict) for one in services):
            self.errors.append(_("„de.leika“ muss eine Liste mit „ozg-id“ und „leika-id“ sein."))
            services = []
        for service in services:
            tags += [f"OZG {number}" for number in _numbers(service.get("ozg-id"))]
            tags += [f"LeiKa {number}" for number in _numbers(service.get("leika-id"))]
        unique = dict.fromkeys(tag[:LONGEST_TAG].replace(",", " ").strip() for tag in tags)
        return [tag for tag in unique if tag][:MOST_TAGS]

    def _left(self) -> Iterator[str]:
        """Everything that the record has no field for, as lines „key: value“."""
        for key, value in self.tree.items():
            if str(key) not in USED | SILENT and value not in (None, "", [], {}):
                yield f"{key}: {_said(value)}"
        legal = self._mapping(self.tree, "legal")
        yield from (f"legal.{key}: {_said(value)}" for key, value in legal.items() if key != "license")
        maintenance = self._mapping(self.tree, "maintenance")
        yield from (
            f"maintenance.{key}: {_said(value)}"
            for key, value in maintenance.items()
            if key != "contacts" and value
        )
        for contact in (maintenance.get("contacts") or [])[2:]:
            yield f"maintenance.contacts: {_said(contact)}"

    def _description(self) -> dict[str, Any]:
        """In German where there is one."""
        all_languages = self._mapping(self.tree, "description")
        for language in (*LANGUAGES, *all_languages):
            if isinstance(all_languages.get(language), dict):
                found: dict[str, Any] = all_languages[language]
                return found
        return {}

    def _require(self, key: str) -> None:
        if not self.tree.get(key):
            self.errors.append(_("„%(key)s“ fehlt.") % {"key": key})

    def _text(self, tree: dict[str, Any], key: str, path: str = "") -> str:
        value = tree.get(key)
        if value is None:
            return ""
        if isinstance(value, dict | list):
            self.errors.append(_("„%(key)s“ muss ein Text sein.") % {"key": f"{path}{key}"})
            return ""
        return str(value).replace("\x00", "").strip()

    def _address(self, key: str) -> str:
        value = self._text(self.tree, key)
        if value and (not ADDRESS.match(value) or len(value) > 500):
            self.errors.append(
                _("„%(key)s“ muss eine Adresse sein, die mit https:// beginnt.") % {"key": key}
            )
            return ""
        return value

    def _mapping(self, tree: dict[str, Any], key: str) -> dict[str, Any]:
        value = tree.get(key) or {}
        if not isinstance(value, dict):
            message = _("„%(key)s“ muss weitere Schlüssel enthalten.") % {"key": key}
            if message not in self.errors:
                self.errors.append(message)
            return {}
        return value

    def _list(self, tree: dict[str, Any], key: str, path: str = "") -> list[str]:
        value = tree.get(key) or []
        if not isinstance(value, list) or any(isinstance(one, dict | list) for one in value):
            self.errors.append(_("„%(key)s“ muss eine Liste von Texten sein.") % {"key": f"{path}{key}"})
            return []
        return [str(one).replace("\x00", "").strip() for one in value if one is not None]


def _prose(markdown: str) -> str:
    """Paragraphs, lists and headings of a description; other signs of Markdown stay as they are typed."""
    pieces = HEADING.split(markdown)
    texts = [from_plain_text(pieces[0])]
    for heading, text in zip(pieces[1::2], pieces[2::2], strict=True):
        texts += [f"<h3>{html.escape(heading.rstrip('# '))}</h3>", from_plain_text(text)]
    return "\n".join(texts)


def _items(lines: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{html.escape(line)}</li>' for line in lines)}</ul>"


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_said(one)}" for key, one in value.items())
    if isinstance(value, list):
        return ", ".join(_said(one) for one in value)
    return str(value).replace("\x00", "")


def _numbers(value: Any) -> list[str]:
    """One id or a list of them; YAML may have read it as a number."""
    values = value if isinstance(value, list) else [value]
    return [str(one) for one in values if isinstance(one, str | int) and str(one).strip()]
