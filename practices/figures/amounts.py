"""Numbers as people in German offices type and read them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from practices.enums import Accuracy
from practices.models.figures import DECIMALS, DIGITS
from search.folding import SPELLED_OUT
from ui.templatetags.ui import german

EURO, DAYS, PERCENT = "€", "Personentage", "%"
NBSP = "\N{NO-BREAK SPACE}"

UNITS: Mapping[str, str] = {
    "€": EURO,
    "eur": EURO,
    "euro": EURO,
    "%": PERCENT,
    "prozent": PERCENT,
    "v. h.": PERCENT,
    "v.h.": PERCENT,
    "pt": DAYS,
    "personentage": DAYS,
    "personentag": DAYS,
    "personentagen": DAYS,
    "tage": DAYS,
    "tagen": DAYS,
    "tag": DAYS,
}
TIMES: Mapping[str, int] = {
    "t": 10**3,
    "tsd": 10**3,
    "tsd.": 10**3,
    "tausend": 10**3,
    "mio": 10**6,
    "mio.": 10**6,
    "million": 10**6,
    "millionen": 10**6,
    "mrd": 10**9,
    "mrd.": 10**9,
    "milliarde": 10**9,
    "milliarden": 10**9,
}
# Umlauts spelled out, as they may be typed.
ACCURACIES: Mapping[str, Accuracy] = {
    "ca.": Accuracy.ABOUT,
    "ca": Accuracy.ABOUT,
    "circa": Accuracy.ABOUT,
    "rund": Accuracy.ABOUT,
    "etwa": Accuracy.ABOUT,
    "ungefaehr": Accuracy.ABOUT,
    "~": Accuracy.ABOUT,
    "bis zu": Accuracy.AT_MOST,
    "bis": Accuracy.AT_MOST,
    "hoechstens": Accuracy.AT_MOST,
    "maximal": Accuracy.AT_MOST,
    "max.": Accuracy.AT_MOST,
    "mindestens": Accuracy.AT_LEAST,
    "mind.": Accuracy.AT_LEAST,
    "ab": Accuracy.AT_LEAST,
    "ueber": Accuracy.OVER,
    "mehr als": Accuracy.OVER,
    ">": Accuracy.OVER,
}


def _one_of(words: Mapping[str, Any]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


TYPED = re.compile(
    rf"(?P<accuracy>{_one_of(ACCURACIES)})?\s*(?P<before>€|eur|euro)?\s*"
    rf"(?P<number>[0-9](?:[0-9.,'’ ]*[0-9])?)(?:,[-–—]+)?\s*(?P<times>{_one_of(TIMES)})?\s*"
    rf"(?P<after>{_one_of(UNITS)})?"
)
PLAIN = re.compile(r"[0-9]+")
GERMAN = re.compile(r"(?P<whole>[0-9]{1,3}(?:[. '’][0-9]{3})+|[0-9]+)(?:,(?P<part>[0-9]+))?")
ENGLISH = re.compile(r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)\.(?P<part>[0-9]{1,2})")


@dataclass(frozen=True)
class Amount:
    """A number, how exactly it is meant, and the unit if one was typed."""

    number: Decimal
    accuracy: Accuracy = Accuracy.EXACT
    unit: str = ""

    def display(self, unit: str = "") -> str:
        """„rund 60.750 €“; the unit is the given one."""
        parts = [str(self.accuracy.label), shown(self.number, is_money=unit == EURO)]
        number = NBSP.join(part for part in parts if part)
        between = NBSP if len(unit) < 4 else " "
        return f"{number}{between}{unit}" if unit else number


def shown(number: Decimal, *, is_money: bool = False) -> str:
    """`12000.50` as „12.000,50“, `1.50` as „1,5“ unless it is money, `40.00` as „40“."""
    if number == number.to_integral_value():
        return german(number, 0)
    if is_money or number * 10 % 1:
        return german(number, 2)
    return german(number, 1)


def parse(text: str) -> Amount | None:
    """Read „60.750 €“, „1,5“, „12.000,50“, „rund 5000“, „bis zu 1,5 Mio. €“ or „50.000,-“; None for nothing.

    Raises ValidationError in the reader's language.
    """
    text = " ".join(text.replace("\N{MINUS SIGN}", "-").split())
    if not text:
        return None
    if re.match(r"-\s*[0-9]", text):
        raise ValidationError(_("Bitte keine negative Zahl; was gemeint ist, sagt die Art."), code="negative")
    if re.fullmatch(r".*[0-9]\D{0,3}\s*(?:-|–|—|bis)\s*[0-9].*", text):
        raise ValidationError(
            _("Bitte eine einzige Zahl, zum Beispiel „rund 7.500“ oder „bis zu 10.000“."), code="range"
        )
    match = TYPED.fullmatch(text.lower().translate(SPELLED_OUT))
    if match is None:
        raise _unreadable(text)
    number = _number(match["number"], text) * TIMES.get(match["times"] or "", 1)
    if number >= 10 ** (DIGITS - DECIMALS):
        raise ValidationError(_("Diese Zahl ist zu groß."), code="too_large")
    if number * 10**DECIMALS % 1:
        raise ValidationError(_("Bitte höchstens zwei Nachkommastellen."), code="decimals")
    units = {UNITS[unit] for unit in (match["before"], match["after"]) if unit}
    if len(units) > 1:
        raise _unreadable(text)
    accuracy = ACCURACIES[match["accuracy"]] if match["accuracy"] else Accuracy.EXACT
    return Amount(number, accuracy, next(iter(units), ""))


def _number(digits: str, text: str) -> Decimal:
    if len(digits) > 40:
        raise ValidationError(_("Diese Zahl ist zu groß."), code="too_large")
    if re.fullmatch(r"[1-9][0-9]{0,2},[0-9]{3}", digits):
        raise ValidationError(
            _("„%(typed)s“ kann zweierlei heißen. Bitte „%(whole)s“ oder „%(part)s“ schreiben.")
            % {
                "typed": digits,
                "whole": digits.replace(",", "."),
                "part": digits.rstrip("0").rstrip(",") if digits.endswith("0") else digits[:-1],
            },
            code="ambiguous",
        )
    # „12.5“ has no group of three, so its point can only be a decimal one; „1.500“ is German.
    match = GERMAN.fullmatch(digits) or ENGLISH.fullmatch(digits)
    if match is None:
        raise _unreadable(text)
    whole = "".join(PLAIN.findall(match["whole"]))
    return Decimal(f"{whole}.{match['part'] or 0}")


def _unreadable(text: str) -> ValidationError:
    return ValidationError(
        _(
            "„%(text)s“ ist keine Zahl, die wir lesen können. Zum Beispiel so: „60.750“, „1,5“ oder "
            "„rund 5.000“."
        )
        % {"text": text[:40]},
        code="unreadable",
    )


class AmountField(forms.CharField):
    """Its value is an Amount, or None. `units` are those that may be typed along."""

    def __init__(self, *, units: tuple[str, ...] = (), **options: Any) -> None:
        self.units = units
        options.setdefault("max_length", 60)
        options.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}))
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        """As Germans write it in every language, for so it is read again."""
        if not isinstance(value, Amount):
            return value
        with override("de"):
            return value.display().replace(NBSP, " ")

    def clean(self, value: Any) -> Amount | None:
        amount = parse(super().clean(value))
        if amount and amount.unit and amount.unit not in self.units:
            raise ValidationError(
                _("Bitte nur die Zahl, ohne „%(unit)s“.") % {"unit": amount.unit}, code="unit"
            )
        return amount

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            typed = parse(data or "")
        except ValidationError:
            return True
        if initial is None or typed is None:
            return initial is not typed
        return (initial.number, initial.accuracy) != (typed.number, typed.accuracy)
