"""The write-ups that are searched: the demo's and those made for this set, entered by the import."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from cities.enums import NetworkStatus
from cities.models import City
from ikone.demo import loader
from practices.exchange_format.importing import Options, import_lines
from practices.models import Practice
from search import vocabulary

HERE = Path(__file__).resolve().parent


@cache
def content() -> dict[str, Any]:
    """The write-ups made for this set, and their cities."""
    return tomllib.loads((HERE / "writeups.toml").read_text(encoding="utf-8"))


def load() -> dict[int, str]:
    """Fill the database; returns the set's key of each write-up by its id."""
    loader.load()
    cities = content()["cities"]
    City.objects.bulk_create(
        City(
            **city,
            slug=slug,
            state=city["ags"][:2],
            status=NetworkStatus.GUEST,
            joined_on=dt.date(2024, 1, 1),
        )
        for slug, city in cities.items()
    )
    import_lines([json.dumps(_record(row, cities)).encode() for row in content()["writeup"]], Options())
    vocabulary.learn()
    ids = Practice.objects.published().values_list("pk", "external_id")
    return {pk: str(external_id).partition(":")[2] for pk, external_id in ids}


def _record(row: dict[str, Any], cities: dict[str, Any]) -> dict[str, Any]:
    sections = {"starting_point": row["start"], "solution": row["solution"], "lessons": row["lessons"]}
    if "stop_reason" in row:
        sections["stop_reason"] = row["stop_reason"]
    return {
        "external_id": f"relevance:{row['key']}",
        "city": {"ags": cities[row["city"]]["ags"]},
        "sections": sections,
        "published_at": "2026-09-01",
        **{
            name: row[name] for name in ("title", "summary", "kind", "phase", "topics", "tags") if name in row
        },
    }


@cache
def queries(part: str) -> list[dict[str, Any]]:
    """The graded queries of a part, `queries` or `held_out`."""
    rows: list[dict[str, Any]] = tomllib.loads((HERE / f"{part}.toml").read_text(encoding="utf-8"))["query"]
    return rows
