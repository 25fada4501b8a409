"""Made-up municipalities with plausible keys, sizes and places, for runs without the real register."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from decimal import Decimal

from cities.enums import Designation, Urbanisation
from cities.models import City
from search.folding import german_slug
from tests.bench.generator.lexicon import picks
from tests.bench.generator.words import words

# Share of all municipalities, a point in the middle of the Land and its extent, in degrees.
STATES: dict[str, tuple[int, float, float, float]] = {
    "01": (1105, 54.2, 9.8, 0.7),
    "02": (1, 53.55, 10.0, 0.1),
    "03": (938, 52.8, 9.2, 1.2),
    "04": (2, 53.1, 8.8, 0.1),
    "05": (396, 51.5, 7.5, 1.0),
    "06": (422, 50.6, 9.0, 0.9),
    "07": (2301, 49.9, 7.4, 0.8),
    "08": (1101, 48.6, 9.0, 1.0),
    "09": (2056, 48.9, 11.5, 1.4),
    "10": (52, 49.4, 7.0, 0.3),
    "11": (1, 52.5, 13.4, 0.1),
    "12": (413, 52.4, 13.4, 1.0),
    "13": (726, 53.8, 12.5, 1.0),
    "14": (416, 51.0, 13.3, 0.9),
    "15": (218, 52.0, 11.7, 0.8),
    "16": (605, 50.9, 11.0, 0.8),
}
PREFIXES = ["", "", "", "", "", "Alt", "Neu", "Ober", "Nieder", "Unter", "Groß", "Klein", "Hohen", "Bad "]
POPULATION_DATE = dt.date(2024, 12, 31)
LARGEST = 900_000
DISTRICT_SIZE = 40


def cities(count: int, seed: int) -> Iterator[City]:
    """`count` municipalities over all Länder, the first of a Land its largest; ids begin at 1."""
    rng = random.Random(seed)
    names, slugs = _names(rng), set[str]()
    share = sum(weight for weight, *_ in STATES.values())
    number = 0
    for state, (weight, latitude, longitude, extent) in STATES.items():
        quota = max(1, round(count * weight / share)) if state != "16" else count - number
        for place in range(min(quota, count - number)):
            number += 1
            if place % DISTRICT_SIZE == 0:
                district = f"Landkreis {next(names)}"
            name = next(names)
            ags = _key(state, place)
            slug = german_slug(name)
            if slug in slugs:
                slug = f"{slug}-{ags}"
            slugs.add(slug)
            yield City(
                id=number,
                ags=ags,
                name=name,
                slug=slug,
                state=state,
                district=district if place else "",
                designation=Designation.TOWN if place % 7 == 0 else Designation.MUNICIPALITY,
                population=_population(rng, place),
                population_date=POPULATION_DATE,
                area_km2=Decimal(rng.randint(200, 14_000)) / 100,
                postcode=f"{rng.randint(1_067, 99_998):05}",
                latitude=_near(rng, latitude, extent),
                longitude=_near(rng, longitude, extent),
                urbanisation=rng.choice(Urbanisation.values),
                register_date=POPULATION_DATE,
            )


def _key(state: str, place: int) -> str:
    district, municipality = divmod(place, DISTRICT_SIZE)
    return f"{state}{district // 90}{1 + district % 90:02}{1 + municipality * 3:03}"


def _names(rng: random.Random) -> Iterator[str]:
    rivers = picks(rng, words("rivers"))
    parts = zip(
        picks(rng, PREFIXES),
        picks(rng, words("place_stems")),
        picks(rng, words("place_endings")),
        strict=False,
    )
    for prefix, stem, ending in parts:
        written = prefix + (stem if not prefix or prefix.endswith(" ") else stem.lower()) + ending
        yield f"{written} an der {next(rivers)}" if rng.random() < 0.04 else written


def _population(rng: random.Random, place: int) -> int:
    """Few large cities, many villages, whatever the size of the Land."""
    return int(LARGEST / (1 + place) ** 1.05 * rng.uniform(0.6, 1.0)) + rng.randint(80, 2_500)


def _near(rng: random.Random, middle: float, extent: float) -> Decimal:
    return Decimal(round(rng.triangular(middle - extent, middle + extent), 6)).quantize(Decimal("0.000001"))
