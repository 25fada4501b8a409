"""Names as the register writes them and as people read them."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from cities.register.records import BrokenLineError, printable

LONGEST = 120


def plain_name(official: str) -> str:
    """The name without designation: „Kaiserslautern, kreisfreie Stadt“ is „Kaiserslautern“.

    The designation itself comes from the Textkennzeichen. Stray blanks go („Lauenburg/ Elbe“), those around
    the stroke between two languages stay („Bautzen / Budyšin“).
    """
    name = " ".join(official.partition(",")[0].split())
    name = re.sub(r"(?<! )/ ", "/", name)
    if not any(letter.isalpha() for letter in name) or not name.isprintable() or len(name) > LONGEST:
        raise BrokenLineError(_("„%(text)s“ ist kein Name.") % {"text": printable(official.strip())})
    return name


def german_part(name: str) -> str:
    """„Bautzen“ of „Bautzen / Budyšin“."""
    return name.partition(" / ")[0]
