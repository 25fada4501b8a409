"""Takes a register over: all of it or, when anything is in the way, nothing."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, TypeVar

from django.db import connection, transaction
from django.utils.translation import gettext as _

from cities.models import City, FormerCitySlug, RegisterImport
from cities.register.records import RegisterError, RegisterFile, RegisterRow
from cities.register.report import Report
from cities.register.slugs import slugs_for
from cities.search_entry import entries_of
from search.entries import enter
from search.tasks import refresh_city

BATCH = 1_000
REGISTER_FIELDS = [
    "ags",
    "name",
    "state",
    "district",
    "designation",
    "population",
    "population_date",
    "area_km2",
    "postcode",
    "latitude",
    "longitude",
    "urbanisation",
    "register_date",
    "left_register_on",
]
# A register that lacks more of the known municipalities than this is an extract or was cut off.
MOST_DEPARTURES = 0.05
FEW_DEPARTURES = 5
SAME_AREA = 0.9
ADVISORY_LOCK = 7_312_000

Thing = TypeVar("Thing")


@transaction.atomic
def import_register(file: RegisterFile, *, is_extract: bool = False) -> Report:
    """Create and update municipalities; whoever is missing is marked, never deleted.

    A file older than the newest one taken over only fills what is empty or older. With `is_extract` nobody
    counts as missing. Raises RegisterError when the file looks cut off.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
    newest = RegisterImport.objects.order_by("-register_date").first()
    cities = {city.ags: city for city in City.objects.order_by()}
    report = Report(file, is_first=newest is None)
    if newest is not None and file.register_date < newest.register_date:
        report.is_older = True
        _supplement(file, cities, report)
    else:
        _take_over(file, cities, report, is_extract)
    if not is_extract:
        RegisterImport.objects.update_or_create(
            format=file.format,
            register_date=file.register_date,
            defaults={"population_date": file.population_date, "municipalities": len(file.rows)},
        )
    return report


def _take_over(file: RegisterFile, cities: Mapping[str, City], report: Report, is_extract: bool) -> None:
    newcomers = [row for row in file.rows if row.ags not in cities]
    listed = {row.ags for row in file.rows}
    missing = [
        city
        for city in cities.values()
        if city.ags not in listed and city.left_register_on is None and not is_extract
    ]
    _refuse_cut_off_file(len(missing), len(cities), len(file.rows))
    successors = _Successors(file, cities)
    pairs = [(cities[row.ags], row) for row in file.rows if row.ags in cities]
    renumbered = _only_pairs(missing, _city_key, newcomers, _row_key)
    pairs += renumbered
    report.renumbered += [f"{city.name}: {city.ags} → {row.ags}" for city, row in renumbered]
    _update(pairs, file, report)
    moved = {city.pk for city, row in renumbered}
    moved_to = {row.ags for city, row in renumbered}
    _mark_missing([city for city in missing if city.pk not in moved], file, successors, report)
    _create([row for row in newcomers if row.ags not in moved_to], file, cities, report)


def _refuse_cut_off_file(missing: int, known: int, listed: int) -> None:
    if missing > max(FEW_DEPARTURES, known * MOST_DEPARTURES):
        raise RegisterError.of_file(
            _(
                "Die Datei führt %(listed)d Gemeinden, aber es fehlen %(missing)d von %(known)d bekannten. "
                "Sie ist wohl abgeschnitten oder ein Ausschnitt; einen Ausschnitt liest --extract ein."
            )
            % {"listed": listed, "missing": missing, "known": known}
        )


def _update(pairs: Iterable[tuple[City, RegisterRow]], file: RegisterFile, report: Report) -> None:
    touched = []
    for city, row in pairs:
        if city.left_register_on is not None:
            report.returned.append(_named(city))
        if city.name != row.name:
            report.renamed.append(f"{city.name} → {row.name} ({row.ags})")
            if city.has_page:
                refresh_city.later(city_id=city.pk)
        differences = _differences(city, _values(row, file, city))
        if differences - {"register_date"}:
            report.changed += 1
        else:
            report.unchanged += 1
        if differences:
            touched.append(city)
    _save(touched)
    enter(entries_of([city.pk for city in touched if city.is_in_network]))


def _values(row: RegisterRow, file: RegisterFile, city: City | None = None) -> dict[str, Any]:
    """What the row says about a municipality; what its form does not hold is left as it is."""
    values: dict[str, Any] = {
        "ags": row.ags,
        "state": row.ags[:2],
        "name": row.name,
        "district": row.district,
        "designation": row.designation,
        "area_km2": row.area_km2,
        "register_date": file.register_date,
        "left_register_on": None,
    }
    if city is None or city.population_date is None or city.population_date <= file.population_date:
        values |= {"population": row.population, "population_date": file.population_date}
    if row.latitude is not None:
        values |= {"latitude": row.latitude, "longitude": row.longitude}
    if row.postcode:
        values["postcode"] = row.postcode
    if row.urbanisation:
        values["urbanisation"] = row.urbanisation
    return values


def _differences(city: City, values: Mapping[str, Any]) -> set[str]:
    """Set the values; returns the names of those that were another."""
    changed = {name for name, value in values.items() if getattr(city, name) != value}
    for name in changed:
        setattr(city, name, values[name])
    return changed


def _save(cities: list[City]) -> None:
    # One INSERT … ON CONFLICT a batch; bulk_update writes a CASE for every value and takes far longer.
    City.objects.bulk_create(
        cities, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=REGISTER_FIELDS
    )


def _create(rows: list[RegisterRow], file: RegisterFile, cities: Mapping[str, City], report: Report) -> None:
    taken = {city.slug for city in cities.values()}
    taken.update(FormerCitySlug.objects.values_list("slug", flat=True))
    slugs = slugs_for(rows, taken)
    created = [City(slug=slugs[row.ags], **_values(row, file)) for row in rows]
    City.objects.bulk_create(created, batch_size=BATCH)
    report.created += [_named(city) for city in created]


def _mark_missing(
    missing: Iterable[City], file: RegisterFile, successors: _Successors, report: Report
) -> None:
    gone = []
    for city in missing:
        city.left_register_on = file.register_date
        gone.append(city)
        successor = successors.of(city)
        ending = _(" – wohl aufgegangen in %(name)s") % {"name": successor} if successor else ""
        report.vanished.append(f"{_named(city)}{ending}")
        if city.is_in_network:
            report.vanished_in_network.append(_named(city))
    _save(gone)


def _supplement(file: RegisterFile, cities: Mapping[str, City], report: Report) -> None:
    """Fill from an older register what the newer one lacks; boundaries and names stay as they are."""
    pairs = [(cities[row.ags], row) for row in file.rows if row.ags in cities]
    strangers = [row for row in file.rows if row.ags not in cities]
    listed = {row.ags for row in file.rows}
    later = [city for city in cities.values() if city.ags not in listed]
    renumbered = _only_pairs(later, _city_key, strangers, _row_key)
    touched = []
    for city, row in pairs + renumbered:
        if _differences(city, _missing_values(city, row, file)):
            report.changed += 1
            touched.append(city)
        else:
            report.unchanged += 1
    report.left_aside = len(strangers) - len(renumbered)
    _save(touched)


def _missing_values(city: City, row: RegisterRow, file: RegisterFile) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if city.latitude is None and row.latitude is not None:
        values |= {"latitude": row.latitude, "longitude": row.longitude}
    if not city.urbanisation:
        values["urbanisation"] = row.urbanisation
    if not city.postcode:
        values["postcode"] = row.postcode
    if city.area_km2 is None:
        values["area_km2"] = row.area_km2
    if city.population is None or (
        city.population_date is not None and city.population_date < file.population_date
    ):
        values |= {"population": row.population, "population_date": file.population_date}
    return values


class _Successors:
    """Guesses where a municipality went: the only one of its Kreis that has grown by its area or is new."""

    def __init__(self, file: RegisterFile, cities: Mapping[str, City]) -> None:
        self._growth: dict[str, list[tuple[float, str]]] = {}
        for row in file.rows:
            before = cities.get(row.ags)
            had = float(before.area_km2 or 0) if before is not None else 0.0
            if (growth := float(row.area_km2) - had) > 0:
                self._growth.setdefault(row.ags[:5], []).append((growth, f"{row.name} ({row.ags})"))

    def of(self, city: City) -> str:
        """Name and AGS of the likely successor, or nothing."""
        if not city.area_km2:
            return ""
        grown = [
            name
            for growth, name in self._growth.get(city.ags[:5], [])
            if growth >= float(city.area_km2) * SAME_AREA
        ]
        return grown[0] if len(grown) == 1 else ""


def _only_pairs(
    cities: Iterable[City],
    city_key: Callable[[City], Hashable],
    rows: Iterable[RegisterRow],
    row_key: Callable[[RegisterRow], Hashable],
) -> list[tuple[City, RegisterRow]]:
    """Cities and rows with the same key, where either side has it only once."""
    by_key = _once(rows, row_key)
    return [(city, by_key[key]) for key, city in _once(cities, city_key).items() if key in by_key]


def _once(things: Iterable[Thing], key: Callable[[Thing], Hashable]) -> dict[Hashable, Thing]:
    groups: dict[Hashable, list[Thing]] = {}
    for thing in things:
        groups.setdefault(key(thing), []).append(thing)
    return {value: group[0] for value, group in groups.items() if len(group) == 1}


def _city_key(city: City) -> Hashable:
    return city.state, city.name


def _row_key(row: RegisterRow) -> Hashable:
    return row.ags[:2], row.name


def _named(city: City) -> str:
    return f"{city.name} ({city.ags})"
