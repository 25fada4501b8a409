"""Text files, and what is written as text: CSV, JSON, XML and process models."""

from __future__ import annotations

import codecs
import json
import re
from typing import IO, Any
from xml.parsers import expat

import puremagic
from django.utils.translation import gettext as _

from practices.files import kinds
from practices.files.kinds import FileKind
from practices.files.reading import chunks
from practices.files.refusal import UnacceptableFileError

HEAD = 4096
BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
BY_NAME = {
    name: kind for kind in (kinds.TXT, kinds.CSV, kinds.MARKDOWN) for name in kind.names or (kind.extension,)
}
MODELS = {
    "http://www.omg.org/spec/BPMN/20100524/MODEL": kinds.BPMN,
    "https://www.omg.org/spec/DMN/20191111/MODEL/": kinds.DMN,
    "https://www.omg.org/spec/DMN/20211108/MODEL/": kinds.DMN,
    "https://www.omg.org/spec/DMN/20230324/MODEL/": kinds.DMN,
    "http://www.omg.org/spec/DMN/20180521/MODEL/": kinds.DMN,
}
# Namespaces in which a browser would run scripts.
ACTIVE = {
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1999/XSL/Transform",
}
SURE = 0.5
SEPARATOR = "\n"


def text_kind(file: IO[bytes] | Any, extension: str) -> FileKind | None:
    """What kind of text it is; None when it is no text, or another language in disguise."""
    if any(BINARY.search(chunk) for chunk in chunks(file)):
        return None
    file.seek(0)
    head = file.read(HEAD)
    if extension in kinds.JSON.names:
        return _json(file)
    if extension in {"xml", "bpmn", "dmn"} or head.lstrip(codecs.BOM_UTF8).lstrip().startswith(b"<?xml"):
        return _xml(file)
    if _is_something_else(head):
        return None
    return BY_NAME.get(extension or "txt")


def _is_something_else(head: bytes) -> bool:
    """Whether the start is that of a page, a script or another format written as text."""
    if head.lstrip().startswith(b"<") or head.startswith(b"#!"):
        return True
    try:
        found = puremagic.magic_string(head)
    except puremagic.PureError:
        return False
    return any(match.confidence >= SURE for match in found)


def _json(file: IO[bytes] | Any) -> FileKind:
    file.seek(0)
    try:
        json.loads(file.read())
    except (ValueError, RecursionError) as error:
        raise UnacceptableFileError(_("Das ist kein gültiges JSON.")) from error
    return kinds.JSON


def _xml(file: IO[bytes] | Any) -> FileKind:
    """Well-formed, without a document type (which could include other files) and without scripts."""
    namespaces: list[str] = []

    def refuse(*_arguments: object) -> None:
        raise UnacceptableFileError(
            _("XML-Dateien dürfen keine Dokumenttyp-Angabe (DOCTYPE) und keine Webseite enthalten.")
        )

    def see(name: str, _attributes: object) -> None:
        namespace, _separator, tag = name.rpartition(SEPARATOR)
        if namespace in ACTIVE or tag.lower() in {"html", "svg", "script"}:
            refuse()
        if not namespaces:
            namespaces.append(namespace)

    parser = expat.ParserCreate(namespace_separator=SEPARATOR)
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = parser.ProcessingInstructionHandler = refuse
    parser.StartElementHandler = see
    try:
        for chunk in chunks(file):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise UnacceptableFileError(_("Das ist kein gültiges XML.")) from error
    return MODELS.get(namespaces[0], kinds.XML)
