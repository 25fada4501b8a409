"""A form field in which one types a city's name. Works without JavaScript; a datalist offers the network."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cities.enums import State
from cities.models import City
from cities.querysets import CityQuerySet
from search.folding import Fold

MOST_SUGGESTIONS = 5
# More names than this are no help in a list; then one types, and near misses are named.
MOST_OFFERED = 300
NAME_AND_PLACE = re.compile(r"(?P<name>.+?)\s*\((?P<place>[^()]+)\)")


def exact_label(city: City) -> str:
    """„Aach (Konstanz)“: the name with what tells namesakes apart."""
    return f"{city.name} ({city.district or city.get_state_display()})"


class CityInput(forms.TextInput):
    """A text field with the cities that can be chosen beside it."""

    template_name = "cities/city_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "maxlength": "200", **(attrs or {})})
        self.offered: CityQuerySet | None = None

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        labels = labels_of(self.offered) if self.offered is not None else []
        context["widget"] |= {
            "offered": labels,
            "list_id": f"{context['widget']['attrs'].get('id', name)}_list",
        }
        if labels:
            context["widget"]["attrs"]["list"] = context["widget"]["list_id"]
        return context


class CityField(forms.CharField):
    """Its value is the City that was named, or None.

    Accepts „Wörth am Rhein“, „Woerth am Rhein“, „Aach (Konstanz)“ and the AGS. Only the network's cities
    unless `whole_register`. Rendering costs one query for the list of the network, reading at most three.
    """

    default_error_messages = {
        "unknown": gettext_lazy("„%(text)s“ ist keine Stadt im Netzwerk."),
        "not_in_register": gettext_lazy("„%(text)s“ steht nicht im Gemeindeverzeichnis."),
        "ambiguous": gettext_lazy("Mehrere heißen so. Bitte genauer: %(cities)s"),
    }

    def __init__(self, *, whole_register: bool = False, **options: Any) -> None:
        self.whole_register = whole_register
        options.setdefault("label", gettext_lazy("Stadt"))
        options.setdefault("max_length", 200)
        options.setdefault("widget", CityInput())
        super().__init__(**options)
        if isinstance(self.widget, CityInput) and not whole_register:
            self.widget.offered = City.objects.in_network()

    def cities(self) -> CityQuerySet:
        """Those that can be named."""
        return City.objects.in_register() if self.whole_register else City.objects.in_network()

    def prepare_value(self, value: Any) -> Any:
        """A city or its id (from a model form) is shown as its name."""
        if isinstance(value, int):
            namesakes = self.cities().filter(folded_name=OuterRef("folded_name")).exclude(pk=OuterRef("pk"))
            known: Any = City.objects.filter(pk=value)
            city = known.annotate(has_namesake=Exists(namesakes)).first()
            if city:
                return exact_label(city) if city.has_namesake else city.name
        return self._label(value) if isinstance(value, City) else value

    def clean(self, value: Any) -> City | None:
        text = super().clean(value)
        return self._named(text) if text else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)

    def _label(self, city: City) -> str:
        return exact_label(city) if self.cities().named(city.name).count() > 1 else city.name

    def _named(self, text: str) -> City:
        if re.fullmatch(r"[0-9]{8}", text):
            found = list(self.cities().filter(ags=text))
        else:
            found = list(self.cities().named(text)[: MOST_SUGGESTIONS + 1]) or self._by_name_and_place(text)
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(
                self.error_messages["ambiguous"], code="ambiguous", params={"cities": _listed(found)}
            )
        raise self._unknown(text)

    def _by_name_and_place(self, text: str) -> list[City]:
        parts = NAME_AND_PLACE.fullmatch(text)
        if not parts:
            return []
        place = parts["place"].strip()
        states = [state.value for state in State if state.label.casefold() == place.casefold()]
        in_place = Q(folded_district=Fold(Value(place))) | Q(state__in=states)
        return list(
            self.cities().named(parts["name"]).alias(folded_district=Fold("district")).filter(in_place)
        )

    def _unknown(self, text: str) -> ValidationError:
        code = "not_in_register" if self.whole_register else "unknown"
        message = self.error_messages[code] % {"text": text}
        if similar := list(self.cities().matching_name(text)[:MOST_SUGGESTIONS]):
            message = _("%(message)s Meinten Sie %(cities)s?") % {
                "message": message,
                "cities": _listed(similar),
            }
        return ValidationError(message, code=code)


def labels_of(cities: CityQuerySet) -> list[str]:
    """Names in German order, namesakes with what tells them apart; none of too many. One query."""
    found = list(cities.only("name", "district", "state").order_by("sort_name", "ags")[: MOST_OFFERED + 1])
    if len(found) > MOST_OFFERED:
        return []
    times = Counter(city.name for city in found)
    return [exact_label(city) if times[city.name] > 1 else city.name for city in found]


def _listed(cities: Iterable[City]) -> str:
    return ", ".join(_("„%(text)s“") % {"text": exact_label(city)} for city in cities)
