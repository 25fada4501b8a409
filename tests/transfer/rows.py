"""Addresses of the check, and notes of cities."""

from typing import Any

from django.urls import reverse

from cities.models import City
from practices.models import Practice, TransferNote
from practices.transfer.enums import Line, Verdict


def address(practice: Practice, line: str = "") -> str:
    if line:
        return reverse("practices:clarify", args=[practice.pk, line])
    return reverse("practices:transfer", args=[practice.pk])


def note(practice: Practice, city: City, **fields: Any) -> TransferNote:
    values = {"line": Line.COST, "verdict": Verdict.FITS, "note": "Geht."} | fields
    return TransferNote.objects.create(practice=practice, city=city, **values)
