"""What the register says about a city, put into words, and what a city could begin with."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cities.enums import NetworkStatus
from cities.models import City, city_address
from ui.maps import Place

PLACE_FIELDS = ("name", "slug", "latitude", "longitude", "population")


@dataclass(frozen=True)
class Task:
    """Something that a city's own people can do now."""

    label: str
    reason: str
    url: str


def facts_of(city: City) -> list[tuple[str, str]]:
    """Pairs of key and value for the page; what is unknown is left out."""
    facts = [
        (_("Im Netzwerk"), membership(city)),
        (_("Einwohner"), population(city)),
        (_("Fläche"), f"{number_format(city.area_km2, 2)} km²" if city.area_km2 is not None else ""),
        (_("Bundesland"), city.get_state_display()),
        (_("Kreis"), city.district),
        (_("Bezeichnung"), city.get_designation_display()),
        (_("Zentraler Ort"), city.get_central_place_display()),
        (_("Besiedlung"), city.get_urbanisation_display()),
        (_("AGS"), city.ags),
    ]
    return [(key, str(value)) for key, value in facts if value]


def population(city: City) -> str:
    """„18.387 (31.12.2024)“; a number without its date says little."""
    if city.population is None:
        return ""
    number = number_format(city.population, force_grouping=True)
    return f"{number} ({city.population_date:%d.%m.%Y})" if city.population_date else number


def membership(city: City) -> str:
    if city.joined_on is None or not city.has_page:
        return ""
    if not city.is_in_network:
        return str(city.get_status_display())
    since = date_format(city.joined_on, "YEAR_MONTH_FORMAT")
    words = _("Gast seit %(since)s") if city.status == NetworkStatus.GUEST else _("Mitglied seit %(since)s")
    return words % {"since": since}


def place_of(
    name: str, slug: str, latitude: Decimal | None, longitude: Decimal | None, population: int | None
) -> Place:
    """A dot on the map of Germany with the number of inhabitants, from the PLACE_FIELDS of a city."""
    label = "" if population is None else _inhabitants(population, get_language())
    return Place(name, city_address(slug), latitude, longitude, label)


@lru_cache(maxsize=20_000)
def _inhabitants(number: int, _language: str | None) -> str:
    return _("%(number)s Einw.") % {"number": number_format(number, force_grouping=True)}


def tasks_of(city: City) -> list[Task]:
    """What is still missing in the profile, the most useful first."""
    edit = reverse("cities:edit", args=[city.slug])
    tasks = []
    if not (city.contact_user_id or city.contact_email or city.contact_phone):
        tasks.append(
            Task(
                _("Ansprechstelle nennen"),
                _("Damit andere Städte wissen, wen sie anrufen können."),
                f"{edit}#id_contact_name",
            )
        )
    if not city.portrait:
        tasks.append(
            Task(
                _("Die Stadt in ein paar Sätzen vorstellen"),
                _("Wer sind Sie, woran arbeiten Sie, was kann man bei Ihnen ansehen?"),
                f"{edit}#id_portrait",
            )
        )
    if not city.website:
        tasks.append(
            Task(
                _("Website eintragen"), _("Am besten die Seite Ihrer Digitalisierung."), f"{edit}#id_website"
            )
        )
    return tasks
