"""Which column says what, what each line would do, and what is wrong with it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cities.products.folds import folds
from cities.products.forms import TEXTS, UseFields
from cities.products.models import ProductUse
from cities.products.naming import NEW, Namesakes, namesakes_of, products_meant
from cities.products.tables import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Table, read_table
from search.analysis.words import fold

if TYPE_CHECKING:
    from cities.models import City

# Parts of headings by which a column is recognised.
HEADINGS = {
    "product_name": ("produkt", "software", "verfahren", "anwendung", "programm", "product"),
    "vendor": ("anbieter", "hersteller", "firma", "lieferant", "vendor"),
    "purpose": ("wofür", "zweck", "aufgabe", "einsatz", "purpose"),
    "since": ("seit", "beginn", "einführung", "since"),
    "contract_ends": ("ende", "laufzeit", "kündig", "contract"),
    "experience": ("erfahrung", "bemerkung", "anmerkung", "notiz", "experience"),
}
LONGEST_TABLE = 1_000_000  # signs of the table as the page carries it from step to step


class TableFileForm(forms.Form):
    """The file itself; its value `table` is read."""

    file = forms.FileField(
        label=gettext_lazy("CSV- oder Excel-Datei (.xlsx)"),
        help_text=gettext_lazy("Die erste Zeile hat die Überschriften. Höchstens 500 Zeilen und 2 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt"}),
        error_messages={
            "required": gettext_lazy("Bitte eine Datei auswählen."),
            "empty": gettext_lazy("Die Datei ist leer."),
        },
    )
    marks_optional = False

    def clean_file(self) -> Table:
        file = self.cleaned_data["file"]
        table = read_table(file.read(), file.name)
        if len(json.dumps(table)) > LONGEST_TABLE:
            raise ValidationError(
                _("Die Tabelle ist zu groß. Lassen Sie Spalten weg, die nicht gebraucht werden.")
            )
        return table


class MappingForm(forms.Form):
    """The table as it was read, and which of its columns says what. Starts with a good guess."""

    marks_optional = False

    table = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST_TABLE, strip=False)

    def __init__(self, data: Any = None, *, table: Table | None = None) -> None:
        super().__init__(data)
        self.rows: Table = table if table is not None else _table(data.get("table", "") if data else "")
        heads = self.rows[0] if self.rows else []
        columns = [
            (str(at), head or _("Spalte %(number)d") % {"number": at + 1}) for at, head in enumerate(heads)
        ]
        guessed = guess(heads)
        for name in TEXTS:
            given: Any = UseFields.base_fields[name]
            self.fields[name] = forms.ChoiceField(
                label=given.label,
                choices=[("", _("nicht in der Datei")), *columns],
                required=given.required,
                initial=guessed.get(name, ""),
                error_messages={"required": _("Bitte sagen Sie, welche Spalte das ist.")},
            )
        if table is not None:
            self.initial["table"] = json.dumps(table)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if len(self.rows) < 2:
            raise ValidationError(
                _("Die Tabelle kam unvollständig an. Bitte laden Sie die Datei noch einmal hoch.")
            )
        chosen = Counter(cleaned[name] for name in TEXTS if cleaned.get(name))
        for name in TEXTS:
            if chosen[cleaned.get(name, "")] > 1:
                self.add_error(name, _("Diese Spalte ist schon für etwas anderes gewählt."))
        return cleaned

    def lines(self, city: City) -> list[ImportLine]:
        """Each line checked and compared with what is there; by the guess until columns are chosen."""
        chosen = self.cleaned_data if self.is_bound and self.is_valid() else {}
        if not self.is_bound:
            chosen = {name: self.fields[name].initial for name in TEXTS}
        columns = {name: int(chosen[name]) for name in TEXTS if chosen.get(name)}
        if not columns:
            return []
        checked = [_line(at, row, columns) for at, row in enumerate(self.rows[1:], 2)]
        _settle_namesakes(checked, self.data)
        _compare(checked, city)
        return checked


@dataclass
class ImportLine:
    """A line of the file: what it says, what is wrong, and what taking it over would do."""

    number: int
    shown: list[str]
    values: dict[str, Any] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    effect: str = ""
    namesakes: Namesakes | None = None  # known products that may be meant
    answer: str = ""  # which of them

    @property
    def answer_name(self) -> str:
        """Of the field with the answer."""
        return f"produkt-{self.number}"


def guess(heads: Sequence[str]) -> dict[str, str]:
    """The number of the column for each field whose heading is known; no column twice."""
    found: dict[str, str] = {}
    for name, words in HEADINGS.items():
        for at, head in enumerate(heads):
            if str(at) not in found.values() and any(fold(word) in fold(head) for word in words):
                found[name] = str(at)
                break
    return found


def _table(text: str) -> Table:
    """What the page sent back, unless somebody has changed it to something else."""
    try:
        rows = json.loads(text[:LONGEST_TABLE])
        # JSON may spell out halves of characters, which can be neither stored nor shown.
        json.dumps(rows, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return []
    if not isinstance(rows, list) or not 2 <= len(rows) <= MOST_ROWS + 1:
        return []
    width = len(rows[0]) if isinstance(rows[0], list) else 0
    is_table = all(
        isinstance(row, list)
        and len(row) == width
        and all(isinstance(cell, str) and len(cell) <= LONGEST_CELL for cell in row)
        for row in rows
    )
    return rows if is_table and 0 < width <= MOST_COLUMNS else []


def _line(number: int, row: Sequence[str], columns: dict[str, int]) -> ImportLine:
    given = {name: row[at].replace("\x00", "") for name, at in columns.items() if at < len(row)}
    form = UseFields(given)
    line = ImportLine(number, [given.get(name, "") for name in TEXTS])
    if form.is_valid():
        line.values = form.cleaned_data
    else:
        for name, messages in form.errors.items():
            label = f"{form.fields[name].label}: " if name in form.fields else ""
            line.errors += [f"{label}{message}" for message in messages]
    return line


def _settle_namesakes(lines: Iterable[ImportLine], answers: Mapping[str, str]) -> None:
    """Name the known product where it is meant, by the answer in the preview or else as it seems likely."""
    right = [line for line in lines if not line.errors]
    found = namesakes_of((line.values["product_name"], line.values["vendor"]) for line in right)
    for line in right:
        line.namesakes = found.get((line.values["product_name"], line.values["vendor"]))
        if line.namesakes is None:
            continue
        given = answers.get(line.answer_name, "")
        is_known = given == NEW or line.namesakes.chosen(given) is not None
        line.answer = given if is_known else line.namesakes.suggested
        if product := line.namesakes.chosen(line.answer):
            line.values |= {"product_name": product.name, "vendor": product.vendor}


def _compare(lines: Iterable[ImportLine], city: City) -> None:
    """Say what is new, changed or there already, and what stands in the file twice."""
    right = [line for line in lines if not line.errors]
    products = products_meant((line.values["product_name"], line.values["vendor"]) for line in right)
    folded = folds(line.values["purpose"] for line in right)
    there = {(use.product_id, use.folded_purpose): use for use in ProductUse.objects.filter(city=city)}
    seen: dict[tuple[int, str], int] = {}
    for line in right:
        product = products[line.values["product_name"], line.values["vendor"]]
        purpose = folded[line.values["purpose"]]
        first = seen.setdefault((id(product), purpose), line.number)  # a new product has no key yet
        if first != line.number:
            line.errors.append(_("Dasselbe steht schon in Zeile %(number)d.") % {"number": first})
        elif (use := there.get((product.pk, purpose))) is None:
            line.effect = _("neu")
        else:
            news = [
                name
                for name in ("since", "contract_ends", "experience")
                if line.values[name] and line.values[name] != getattr(use, name)
            ]
            line.effect = _("wird ergänzt") if news else _("schon da")
