"""HTML pages taken apart with the standard library."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

REFERENCES = (
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "aria-details",
    "aria-errormessage",
)
LOADING = {
    "script": "src",
    "img": "src",
    "link": "href",
    "iframe": "src",
    "source": "src",
    "object": "data",
    "use": "href",
}
FIELDS = {"input", "select", "textarea"}
NO_VALUE = {"submit", "button", "image", "reset"}


@dataclass
class Field:
    name: str
    kind: str
    value: str = ""
    choices: list[str] = field(default_factory=list)
    is_checked: bool = False


@dataclass
class Form:
    """A form as a browser would send it."""

    action: str
    method: str
    fields: list[Field] = field(default_factory=list)

    def filled(self) -> dict[str, list[str]]:
        """What is sent when nobody touches anything."""
        data: dict[str, list[str]] = {}
        for entry in self.fields:
            if entry.kind in {"checkbox", "radio"} and not entry.is_checked:
                continue
            if entry.kind not in NO_VALUE and entry.kind != "file":
                data.setdefault(entry.name, []).append(entry.value)
        return data


class Document(HTMLParser):
    """Collects ids, references, headings, forms and what a strict CSP forbids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.language = ""
        self.title = ""
        self.ids: list[str] = []
        self.references: list[tuple[str, str]] = []
        self.labels: list[str] = []
        self.headings: list[str] = []
        self.loaded: list[str] = []
        self.forbidden: list[str] = []
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._in_title = False
        self._templates = 0  # around what comes now; browsers send nothing of what stands in one
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        self._note_references(tag, values)
        self._note_forbidden(tag, values)
        if tag == "html":
            self.language = values.get("lang", "")
        elif tag == "title" and not self.title:
            self._in_title = True
        elif tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.headings.append(tag)
        elif tag == "a" and "href" in values:
            self.links.append(values["href"])
        elif tag == "template":
            self._templates += 1
        elif tag == "form":
            self._form = Form(values.get("action", ""), values.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._templates:
            pass
        elif tag == "option":
            self._note_option(values)
        elif (tag in FIELDS or tag == "button") and values.get("name"):
            self._note_field(tag, values)
        if (
            tag in LOADING
            and (address := values.get(LOADING[tag]))
            and values.get("rel") not in {"license", "alternate"}
        ):
            self.loaded.append(address)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "title":
            self._in_title = False
        elif tag == "template":
            self._templates -= 1

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data

    @property
    def foreign(self) -> list[str]:
        """Addresses of other hosts that the page loads something from."""
        return [address for address in self.loaded if urlsplit(address).netloc]

    def _note_references(self, tag: str, values: dict[str, str]) -> None:
        if "id" in values:
            self.ids.append(values["id"])
        for name in REFERENCES:
            self.references += [(name, target) for target in values.get(name, "").split()]
        if tag == "label" and "for" in values:
            self.references.append(("for", values["for"]))
        if tag in {"input", "button", "select", "textarea"} and values.get("form"):
            self.references.append(("form", values["form"]))
        if values.get("list"):
            self.references.append(("list", values["list"]))
        if tag == "a" and values.get("href", "").startswith("#") and len(values["href"]) > 1:
            self.references.append(("href", values["href"][1:]))

    def _note_forbidden(self, tag: str, values: dict[str, str]) -> None:
        self.forbidden += [
            f"{tag} {name}" for name in values if name == "style" or name.startswith(("on", "hx-on"))
        ]
        self.forbidden += [
            f"{tag} javascript:" for value in values.values() if value.lower().startswith("javascript:")
        ]
        if tag == "style" or (
            tag == "script"
            and "src" not in values
            and values.get("type") not in {"application/json", "application/ld+json"}
            and "nonce" not in values
        ):
            self.forbidden.append(f"inline {tag}")

    def _note_option(self, values: dict[str, str]) -> None:
        if self._form and self._form.fields:
            entry = self._form.fields[-1]
            entry.choices.append(values.get("value", ""))
            if "selected" in values or len(entry.choices) == 1:
                entry.value = values.get("value", "")

    def _note_field(self, tag: str, values: dict[str, str]) -> None:
        kind = values.get("type", "text") if tag == "input" else ("submit" if tag == "button" else tag)
        default = "on" if kind in {"checkbox", "radio"} else ""
        entry = Field(values["name"], kind, values.get("value", default), is_checked="checked" in values)
        if self._form is not None:
            self._form.fields.append(entry)
