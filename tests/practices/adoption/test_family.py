"""The picture of a family says what the list beside it says, and drafts are their own city's affair."""

from typing import Any

import pytest

from practices.adoption import actions
from practices.adoption.actions import Standing
from practices.adoption.drawing import Axis, per_cent
from practices.adoption.kin import family_of
from practices.models import Practice, Relation
from tests.factories import logged_in, make_coordinator, make_practice, make_user
from tests.practices.adoption.rows import adopt
from tests.practices.adoption.test_pages import text_of

pytestmark = pytest.mark.django_db


def builds_on(origin: Practice, title: str, **fields: Any) -> Practice:
    made = make_practice(title, **fields)
    Relation.objects.create(source=made, target=origin, kind="builds_on")
    return made


def test_a_use_from_before_the_write_up_is_drawn_and_the_write_up_stands_at_its_own_date() -> None:
    origin = make_practice("Ursprung", starts="2026-10")
    early = adopt(origin, stage="live", since="2024-03", confirmed=True)
    near = adopt(origin, stage="pilot", since="2026-10", confirmed=True)
    reader = make_user("author")
    (lane,) = family_of(origin, reader).lanes
    axis = Axis.of(["2024-03", "2026-10"])
    assert lane.at == per_cent(axis.at("2026-10"))
    assert lane.x == per_cent(axis.at("2024-03"))
    dots = {dot.city: dot for dot in lane.dots}
    assert (dots[early.city.name].x, dots[early.city.name].y) == (lane.x, lane.y)
    assert dots[near.city.name].x == lane.at
    assert dots[near.city.name].y > lane.y + 12, "the number would cover it"
    page = text_of(logged_in(reader).get(f"/praxis/{origin.pk}/familie/"))
    assert "seit Oktober 2026" in page
    assert "Kleiner Kreis" in page
    assert "Gestrichelte" not in page


def test_the_list_says_from_when_it_was_used_where_the_picture_draws_it() -> None:
    origin = make_practice("Ursprung")
    adoption = adopt(origin, stage="pilot", since="2024-03")
    leader = make_user("leader", city=adoption.city)
    live = actions.move(adoption=adoption, standing=Standing("live", "2025-06"), by=leader)
    actions.confirm(adoption=live, by=leader)
    page = text_of(logged_in(None).get(f"/praxis/{origin.pk}/familie/"))
    assert "im Einsatz, seit Juni 2025; in Gebrauch ab März 2024" in page


def test_the_legend_names_only_what_is_drawn() -> None:
    origin = make_practice("Ursprung")
    builds_on(origin, "Daraus gemacht")
    adopt(origin, stage="examined", confirmed=True)
    page = text_of(logged_in(None).get(f"/praxis/{origin.pk}/familie/"))
    assert "Gestrichelte Linie" in page
    assert "Kleiner Kreis" not in page


def test_drafts_belong_to_the_family_for_their_own_city_alone_and_say_so() -> None:
    origin = make_practice("Ursprung")
    draft = builds_on(origin, "Unfertiges", status="draft")
    address = f"/praxis/{origin.pk}/familie/"
    for other in (None, make_user("manager"), make_coordinator()):
        page = text_of(logged_in(other).get(address))
        assert "Ursprung" in page
        assert "Unfertiges" not in page
    own = text_of(logged_in(make_user("manager", city=draft.city)).get(address))
    assert "Unfertiges" in own
    assert "Entwurf" in own.partition("Unfertiges")[0]
    mine = text_of(logged_in(make_coordinator()).get(f"/praxis/{draft.pk}/familie/"))
    assert "Unfertiges" in mine
