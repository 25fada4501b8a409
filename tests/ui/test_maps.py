"""The map: places fall where they lie, names cover nothing."""

import itertools

import pytest

from ui import maps
from ui.maps import Place

PLACES = [
    Place("Trier", "/t/", 49.757603, 6.638021),
    Place("Kaiserslautern", "/k/", 49.445456, 7.768864),
    Place("Pirmasens", "/p/", 49.19741, 7.60822),
    Place("Zweibrücken", "/z/", 49.249189, 7.363114),
]


@pytest.mark.parametrize(
    ("latitude", "longitude", "land"),
    [
        (50.0, 8.27, "rp"),
        (48.137, 11.575, "by"),
        (52.52, 13.405, "be"),
        (54.32, 10.13, "sh"),
        (51.05, 13.74, "sn"),
    ],
)
def test_a_place_falls_into_its_land(latitude: float, longitude: float, land: str) -> None:
    point = maps.project(latitude, longitude)
    assert any(encloses(ring, point) for ring in maps._outlines()[land])


def encloses(ring: list[maps.Point], point: maps.Point) -> bool:
    x, y = point
    crossings = 0
    for (ax, ay), (bx, by) in itertools.pairwise([*ring, ring[0]]):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            crossings += 1
    return crossings % 2 == 1


def test_all_länder_are_drawn_in_a_budget() -> None:
    drawn = maps.draw([])
    assert len(drawn.lands) == 16
    assert sum(len(land.path) for land in drawn.lands) < 40_000


def test_a_land_fills_its_map_and_lies_on_top() -> None:
    drawn = maps.draw(PLACES, "07")
    left, top, width, height = map(float, drawn.view_box.split())
    assert all(left < dot.x < left + width and top < dot.y < top + height for dot in drawn.dots)
    assert drawn.lands[-1].is_chosen
    assert sum(land.is_chosen for land in drawn.lands) == 1


def test_an_unknown_land_shows_germany() -> None:
    assert maps.draw([], "99").view_box == maps.draw([]).view_box


def test_places_without_coordinates_are_left_out() -> None:
    assert maps.draw([Place("X", "/", None, None)]).dots == []


def test_names_with_room_do_not_overlap() -> None:
    drawn = maps.draw(PLACES, "07")
    assert all(dot.has_room for dot in drawn.dots)
    spots = {(dot.label_x, dot.label_y) for dot in drawn.dots}
    assert len(spots) == len(PLACES)
