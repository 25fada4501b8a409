"""All products of a city in one table that is typed and saved as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from cities.products.folds import folds
from cities.products.forms import UseForm
from cities.products.models import ProductUse
from cities.products.naming import namesakes_of

if TYPE_CHECKING:
    from cities.models import City

EMPTY_ROWS, MORE_ROWS, MOST_ROWS = 5, 5, 300
COUNT = "zeilen"  # how many rows the page has sent


class Grid:
    """The rows of one city. `data` is what was sent; nothing typed is lost when something is wrong.

    Two queries; one for each stored row while it is checked, since each is compared with what others saved.
    """

    def __init__(self, city: City, data: QueryDict | None = None) -> None:
        self.city, self.data = city, data
        self.stored = {use.pk: use for use in ProductUse.objects.of_city(city).select_related("updated_by")}
        if data is None:
            self.forms = [self._form(at, use) for at, use in enumerate(self.stored.values())]
            self.add_rows(EMPTY_ROWS)
        else:
            self.forms = [self._sent(at, data) for at in range(_number(data))]
            for form in self.forms[:1]:
                form.subforms = self.forms[1:]  # one summary of errors for all rows

    def _form(self, at: int, use: ProductUse | None = None, data: Any = None) -> UseForm:
        return UseForm(data, prefix=f"zeile-{at}", instance=use or ProductUse(city_id=self.city.pk))

    def _sent(self, at: int, data: QueryDict) -> UseForm:
        key = data.get(f"zeile-{at}-key", "")
        use = self.stored.get(int(key)) if key.isdecimal() and len(key) < 19 else None
        if key and use is None:
            data = data.copy()
            data[f"zeile-{at}-key"] = ""
            form = self._form(at, data=data)
            if not form.is_empty:
                form.was_removed = True
            return form
        return self._form(at, use, data)

    def add_rows(self, number: int = MORE_ROWS) -> None:
        start = len(self.forms)
        self.forms += [self._form(at) for at in range(start, min(start + number, MOST_ROWS))]

    @property
    def first_empty(self) -> int:
        """The number of the row to type into, 0 where none is left."""
        return next((form.number for form in self.forms if not form.said and not form.instance.pk), 0)

    @property
    def can_grow(self) -> bool:
        return len(self.forms) < MOST_ROWS

    def hide_errors(self) -> None:
        for form in self.forms:
            if form.is_bound:
                form.hide_errors()

    @property
    def filled(self) -> list[UseForm]:
        return [form for form in self.forms if form.is_bound and not form.is_empty]

    @property
    def removed(self) -> list[ProductUse]:
        """Stored rows that were emptied or marked. What the page did not send stays."""
        return [form.instance for form in self.forms if form.is_bound and form.is_empty and form.instance.pk]

    def is_valid(self) -> bool:
        """Checks all rows, so that all messages come at once."""
        for form in self.forms:
            if form.is_bound and form.is_empty:
                form.hide_errors()
        is_right = not [form for form in self.filled if not form.is_valid()]
        self._ask_for_namesakes(self.filled)
        self._find_removed(self.filled)
        self._find_repetitions(self.filled)
        return is_right and not any(form.errors for form in self.filled)

    def _find_removed(self, forms: Iterable[UseForm]) -> None:
        for form in forms:
            if form.was_removed:
                message = _(
                    "Diese Zeile hat inzwischen jemand entfernt. Soll sie bleiben, speichern Sie noch "
                    "einmal; sonst leeren Sie sie."
                )
                form.add_error(None, message)

    def _ask_for_namesakes(self, forms: Iterable[UseForm]) -> None:
        """„Meinten Sie …?“ instead of a second product of the same name, until it is answered."""
        named = {form: form.names for form in forms if not form.errors.keys() & {"product_name", "vendor"}}
        found = namesakes_of(named.values())
        for form, names in named.items():
            if names in found:
                form.ask_for(found[names])

    def _find_repetitions(self, forms: Iterable[UseForm]) -> None:
        """The same product for the same purpose twice; a vendor that is left out may be the one named."""
        whole = [form for form in forms if not form.errors.keys() & {"product_name", "purpose"}]
        folded = folds(form.cleaned_data[name] for form in whole for name in ("product_name", "purpose"))
        seen: dict[tuple[str, str], list[UseForm]] = {}
        for form in whole:
            given = form.cleaned_data
            key = folded[given["product_name"]], folded[given["purpose"]]
            same = [each for each in seen.get(key, []) if _may_be_same(each, form)]
            seen.setdefault(key, []).append(form)
            if same:
                first = same[0].number
                message = _("Das steht schon in Zeile %(number)d.") % {"number": first}
                form.add_error("purpose", message)


def _may_be_same(one: UseForm, other: UseForm) -> bool:
    vendors = {form.cleaned_data.get("vendor", "").casefold() for form in (one, other)}
    return len(vendors) == 1 or "" in vendors


def _number(data: QueryDict) -> int:
    sent = data.get(COUNT, "")
    return min(int(sent), MOST_ROWS) if sent.isdecimal() and len(sent) < 6 else 0
