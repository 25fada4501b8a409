"""Which municipalities count as similar, and why."""

from typing import Any

import pytest

from cities.comparable.nearest import alike, nearest_in_network, nearest_outside
from cities.comparable.reasons import reasons
from cities.comparable.traits import BALANCED, PRESETS, Trait, Weights
from cities.enums import IN_NETWORK, Designation, NetworkStatus
from cities.models import City
from tests.factories import make_city

pytestmark = pytest.mark.django_db


def measured(city: City, weights: Weights = BALANCED) -> list[Any]:
    """Cities with what `comparable_to` annotates."""
    return list(City.objects.in_network().comparable_to(city, weights))


def order(city: City, weights: Weights = BALANCED) -> list[str]:
    return [other.name for other in City.objects.in_network().comparable_to(city, weights)]


def landau(**fields: Any) -> City:
    values: dict[str, Any] = {
        "ags": "07313000",
        "designation": Designation.INDEPENDENT_CITY,
        "population": 48_209,
        "area_km2": "82.94",
        "latitude": "49.196595",
        "longitude": "8.112414",
        "urbanisation": "02",
    } | fields
    return make_city("Landau", **values)


def speyer(**fields: Any) -> City:
    values: dict[str, Any] = {
        "ags": "07318000",
        "designation": Designation.INDEPENDENT_CITY,
        "population": 49_564,
        "area_km2": "42.71",
        "latitude": "49.316172",
        "longitude": "8.436572",
        "urbanisation": "01",
    } | fields
    return make_city("Speyer", **values)


@pytest.mark.parametrize(
    ("trait", "near", "far"),
    [
        (Trait.SIZE, {"population": 40_000}, {"population": 400_000}),
        (Trait.DENSITY, {"area_km2": "80"}, {"area_km2": "900"}),
        (Trait.URBANISATION, {"urbanisation": "02"}, {"urbanisation": "03"}),
        (Trait.STATUS, {"designation": "62"}, {"designation": "63"}),
        (Trait.CENTRAL_PLACE, {"central_place": "middle"}, {"central_place": "high"}),
        (Trait.STATE, {"ags": "07999001"}, {"ags": "06999001"}),
        (Trait.DISTANCE, {"latitude": "49.3"}, {"latitude": "53.5"}),
    ],
)
def test_each_trait_by_itself_puts_the_nearer_first(
    trait: Trait, near: dict[str, Any], far: dict[str, Any]
) -> None:
    city = landau(central_place="middle")
    same = {"designation": "61", "population": 48_209, "area_km2": "82.94", "urbanisation": "02"}
    place = {"latitude": "49.196595", "longitude": "8.112414"}
    make_city("Fern", **{**same, **place, **far})
    make_city("Nah", **{**same, **place, **near})
    assert order(city, {trait: 1}) == ["Nah", "Fern"]


@pytest.mark.parametrize(
    ("trait", "unknown"),
    [
        (Trait.SIZE, {"population": None}),
        (Trait.DENSITY, {"area_km2": None}),
        (Trait.DENSITY, {"area_km2": "0"}),
        (Trait.URBANISATION, {"urbanisation": ""}),
        (Trait.CENTRAL_PLACE, {"central_place": ""}),
        (Trait.DISTANCE, {"latitude": None, "longitude": None}),
    ],
)
def test_what_is_not_known_is_neither_alike_nor_unlike(trait: Trait, unknown: dict[str, Any]) -> None:
    city = landau(central_place="high")
    other = make_city("Unbekannt", **unknown)
    [found] = measured(city, {trait: 1})
    assert found.unlikeness == pytest.approx(0.5)
    assert str(trait.label) in reasons(city, found).unknown
    # The other way round: nothing is known of the city itself.
    [found] = measured(other, {trait: 1})
    assert found.unlikeness == pytest.approx(0.5)


def test_unlikeness_stays_between_nought_and_one() -> None:
    city = landau()
    make_city("Zwilling", ags="07313999", **{
        name: getattr(city, name)
        for name in ("designation", "population", "area_km2", "latitude", "longitude", "urbanisation")
    })  # fmt: skip
    make_city(
        "Gegenteil",
        ags="01000001",
        designation="64",
        population=1,
        area_km2="5000",
        latitude="54.9",
        longitude="8.3",
        urbanisation="03",
    )
    weights: Weights = {trait: 1 for trait in Trait if trait != Trait.CENTRAL_PLACE}
    twin, opposite = measured(city, weights)
    assert twin.unlikeness == pytest.approx(0, abs=1e-6)
    assert 0.9 < opposite.unlikeness <= 1


def test_distance_is_that_of_the_globe() -> None:
    city = landau()
    speyer()
    [found] = measured(city)
    assert found.distance_km == pytest.approx(27.0, abs=0.5)


def test_neither_itself_nor_what_has_no_administration_is_compared() -> None:
    city = landau()
    make_city("Aufgelöst", left_register_on="2024-01-01")
    make_city("Wald", designation=Designation.UNINCORPORATED)
    make_city("Draußen", status=NetworkStatus.OUTSIDE)
    speyer()
    assert order(city) == ["Speyer"]
    everywhere = City.objects.comparable_to(city)
    assert {other.name for other in everywhere} == {"Speyer", "Draußen"}


def test_like_ours_are_the_nearest_ten_and_none_that_is_mostly_different() -> None:
    city = landau()
    for _number in range(12):
        make_city(population=50_000, designation="61", urbanisation="02", area_km2="80")
    make_city("Weiler", ags="01000002", population=90, area_km2="9", designation="64", urbanisation="03",
              latitude="54.5", longitude="9.5")  # fmt: skip
    alike = list(City.objects.in_network().like(city))
    assert len(alike) == 10
    assert "Weiler" not in {other.name for other in City.objects.in_network().like(city)}
    City.objects.filter(population=50_000).delete()
    assert list(City.objects.in_network().like(city)) == []


def test_neighbour_is_explained_in_words_and_figures() -> None:
    city = speyer(central_place="middle")
    landau(central_place="middle")
    [other] = City.objects.in_network().comparable_to(city)
    said = reasons(city, other)
    assert said.alike == [
        "49.564 und 48.209 Einwohner",
        "beide kreisfrei",
        "beide Mittelzentrum",
        "beide in Rheinland-Pfalz",
        "27 km entfernt",
    ]
    assert said.different == [
        "Landau: mittlere Besiedlungsdichte",
        "1.160 Einwohner je km² in Speyer und 581 in Landau",
    ]
    assert said.unknown == []
    assert str(said).startswith("49.564 und 48.209 Einwohner, beide kreisfrei")


def test_differences_are_said_of_the_other_city() -> None:
    city = landau(central_place="middle")
    make_city(
        "Linz", ags="06138040", designation="63", population=6_300, central_place="basic", urbanisation="03"
    )
    [other] = City.objects.in_network().comparable_to(city)
    said = reasons(city, other)
    assert "Linz gehört zu einem Kreis" in said.different
    assert "Linz liegt in Hessen" in said.different
    assert "Linz: Grundzentrum" in said.different
    assert "48.209 Einwohner in Landau und 6.300 in Linz" in said.different
    [back] = City.objects.in_network().comparable_to(other)
    assert "Landau ist kreisfrei" in reasons(other, back).different


def test_presets_answer_different_questions() -> None:
    city = landau()
    make_city("Ferner Zwilling", ags="01000003", population=48_000, designation="61", urbanisation="02",
              area_km2="83", latitude="54.3", longitude="10.1")  # fmt: skip
    make_city("Nachbardorf", population=900, designation="64", urbanisation="03", area_km2="9",
              latitude="49.2", longitude="8.1")  # fmt: skip
    by_slug = {preset.slug: order(city, preset.weights)[0] for preset in PRESETS}
    assert by_slug == {
        "": "Ferner Zwilling",
        "groesse": "Ferner Zwilling",
        "struktur": "Ferner Zwilling",
        "nachbarschaft": "Nachbardorf",
    }


def test_what_is_kept_gives_the_same_for_every_city_and_preset() -> None:
    """One statement serves cities of which other things are known."""
    for number in range(3):
        make_city(population=40_000 + 9_000 * number, designation="61", urbanisation="02", area_km2="80")
        make_city(status=NetworkStatus.OUTSIDE, population=30_000 + 9_000 * number, central_place="basic")
    cities = [landau(central_place="high"), speyer(), make_city("Unbekannt", population=None)]
    for city in cities:
        for preset in PRESETS:
            weights = preset.weights
            for among, found in (
                (City.objects.in_network(), nearest_in_network(city, 4, weights)),
                (City.objects.exclude(status__in=IN_NETWORK), nearest_outside(city, 4, weights)),
            ):
                expected = list(among.comparable_to(city, weights)[:4])
                assert found == expected
                assert [figures(one) for one in found] == [figures(one) for one in expected]
        assert alike(city) == list(City.objects.in_network().like(city))


def figures(city: Any) -> tuple[Any, Any]:
    return city.unlikeness, city.distance_km


def test_a_land_with_an_article_is_named_with_it() -> None:
    city = landau()
    make_city("Homburg", ags="10045114", population=41_000)
    [other] = City.objects.in_network().comparable_to(city)
    assert "Homburg liegt im Saarland" in reasons(city, other).different
    neighbour = make_city("Saarlouis", ags="10044115", population=35_000)
    found = City.objects.in_network().comparable_to(neighbour).get(name="Homburg")
    assert "beide im Saarland" in reasons(neighbour, found).alike
