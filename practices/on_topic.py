"""What a topic's page shows of write-ups: the best, who works on it right now, what is new, what is near.

All of it comes from a bounded number of entries, the newest and the most adopted ones, so that it costs the
same under a topic with a hundred thousand.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cities.permissions import audience_of
from practices.cards import Card, cards_of_chosen
from practices.enums import Kind, Phase
from practices.facets import KIND_CODES, PHASE_CODES, PLACES
from practices.search_entry import SOURCE
from search.kept import Ahead

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from topics.models import Topic

NEWEST, MOST_USED = 150, 30  # entries that are looked at
EACH, NEAR = 4, 5
PARAMETER = re.compile(r"%\((\w+)\)s")
SHARED_BY = 2  # write-ups make two topics related
# Kind and phase as the entries have them. Checked counts as much as four cities that took it over. Topics
# above and below the topic are no news; the names of those that are near come along without a query.
CHOSEN = """
    WITH newest AS MATERIALIZED (
        SELECT object_id, facets, boost, uses, date, topics FROM search_entry
        WHERE source = %(source)s AND audience <= %(audience)s AND topics @> ARRAY[%(topic)s]
        ORDER BY date DESC, id DESC LIMIT %(newest)s
    ), found AS (
        SELECT object_id, facets, boost, uses, date FROM newest
        UNION (
            SELECT object_id, facets, boost, uses, date FROM search_entry
            WHERE source = %(source)s AND audience <= %(audience)s AND topics @> ARRAY[%(topic)s] AND uses > 0
            ORDER BY uses DESC, date DESC, id DESC LIMIT %(used)s
        )
    ), told AS (
        SELECT object_id, date, (boost > 0)::integer + 0.6 * ln(1 + uses) AS worth,
            facets >> %(kind_shift)s & %(kind_mask)s AS kind,
            facets >> %(phase_shift)s & %(phase_mask)s AS phase
        FROM found
    ), sorted AS (
        SELECT *, kind <> %(stopped)s
            AND (phase = ANY(%(under_way)s::integer[]) OR (kind = %(plan)s AND phase <> %(ended)s)) AS at_work
        FROM told
    ), placed AS (
        SELECT object_id, date, at_work,
            row_number() OVER (
                PARTITION BY at_work
                ORDER BY CASE WHEN at_work THEN 0 ELSE worth END DESC, date DESC, object_id DESC
            ) AS place,
            row_number() OVER (ORDER BY date DESC, object_id DESC) AS newness
        FROM sorted
    ), near AS (
        SELECT label AS id, count(*) AS number FROM newest, unnest(topics) AS label
        WHERE label > 0 AND label <> ALL(%(path)s::integer[])
        GROUP BY label HAVING count(*) >= %(shared)s
    ), named AS (
        SELECT topic.name, topic.slug, near.number
        FROM near JOIN topics_topic AS topic USING (id)
            LEFT JOIN topics_topic AS parent ON parent.id = topic.parent_id
        WHERE topic.retired_on IS NULL AND topic.parent_id IS DISTINCT FROM %(topic)s
            AND parent.parent_id IS DISTINCT FROM %(topic)s
        ORDER BY near.number DESC, topic.name LIMIT %(near)s
    )
    SELECT object_id, place, newness, at_work, date,
        coalesce((
            SELECT json_agg(json_build_array(name, slug) ORDER BY number DESC, name) FROM named
        ), '[]') AS near
    FROM placed WHERE place <= %(each)s OR newness <= %(each)s
"""
NAMES = PARAMETER.findall(CHOSEN)
WITH_CHOSEN = f"WITH chosen AS MATERIALIZED ({PARAMETER.sub('%s', CHOSEN)})"


@dataclass(frozen=True)
class OnTopic:
    """`near` are name and last part of the address of topics that share write-ups with this one."""

    best: list[Card] = field(default_factory=list)
    at_work: list[Card] = field(default_factory=list)
    lately: list[tuple[Card, dt.date]] = field(default_factory=list)
    near: list[tuple[str, str]] = field(default_factory=list)


def on_topic(topic: Topic, reader: User | AnonymousUser) -> OnTopic:
    """One query. Load the topic with `select_related("parent__parent")`."""
    asked = _asked(topic, reader)
    cards, rows = cards_of_chosen(Ahead(WITH_CHOSEN, [asked[name] for name in NAMES]), reader)
    if not cards:
        return OnTopic()
    known = [row | {"card": cards[row["object_id"]]} for row in rows if row["object_id"] in cards]
    by_place = sorted((row for row in known if row["place"] <= EACH), key=lambda row: row["place"])
    by_age = sorted((row for row in known if row["newness"] <= EACH), key=lambda row: row["newness"])
    return OnTopic(
        best=[row["card"] for row in by_place if not row["at_work"]],
        at_work=[row["card"] for row in by_place if row["at_work"]],
        lately=[(row["card"], dt.date.fromisoformat(row["date"])) for row in by_age],
        near=[(name, slug) for name, slug in rows[0]["near"]],
    )


def _asked(topic: Topic, reader: User | AnonymousUser) -> dict[str, Any]:
    kind, phase = PLACES["kind"], PLACES["phase"]
    return {
        "source": SOURCE,
        "audience": int(audience_of(reader)),
        "topic": topic.pk,
        "path": [topic.pk, *(above.pk for above in topic.ancestors)],
        "newest": NEWEST,
        "used": MOST_USED,
        "each": EACH,
        "shared": SHARED_BY,
        "near": NEAR,
        "kind_shift": kind.shift,
        "kind_mask": kind.mask,
        "phase_shift": phase.shift,
        "phase_mask": phase.mask,
        "stopped": KIND_CODES[Kind.STOPPED],
        "plan": KIND_CODES[Kind.PLAN],
        "ended": PHASE_CODES[Phase.ENDED],
        "under_way": [PHASE_CODES[one] for one in (Phase.IDEA, Phase.PLANNED, Phase.PILOT)],
    }
