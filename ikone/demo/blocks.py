"""Building blocks of the demo, each with the files that lie in `content/blocks`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import User
from cities.models import City
from ikone.demo import files
from practices import search_entry as practice_entry
from practices.blocks import search_entry
from practices.blocks.enums import BlockStatus, BlockVisibility
from practices.files.actions import store
from practices.files.checking import check
from practices.models import BlockPart, BlockVersion, BuildingBlock, Practice, PracticeBlock
from search import entries
from topics.models import Topic
from ui.richtext import clean

PLAIN = ["title", "kind", "summary", "licence"]


def load(topics: dict[str, Topic], cities: dict[str, City], author_for: Callable[[City], User | None]) -> int:
    """Create the blocks that have never been there; returns how many."""
    rows = {f"demo:{row['key']}": row for row in files.read("blocks")["block"]}
    events = apps.get_model("practices", "BuildingBlockEvent").objects
    known = set(events.filter(external_id__in=rows).values_list("external_id", flat=True))
    created = [
        _create(external_id, row, topics[row["topic"]], cities[row["city"]], author_for)
        for external_id, row in rows.items()
        if external_id not in known and row["city"] in cities and row["topic"] in topics
    ]
    entries.enter(search_entry.entries_of([block.pk for block in created]))
    uses = PracticeBlock.objects.filter(block__in=created).values_list("practice_id", flat=True)
    practice_entry.refresh_many(list(uses))
    return len(created)


def _create(
    external_id: str,
    row: dict[str, Any],
    topic: Topic,
    city: City,
    author_for: Callable[[City], User | None],
) -> BuildingBlock:
    author = author_for(city)
    block = BuildingBlock.objects.create(
        **{name: row[name] for name in PLAIN},
        description=clean(" ".join(row["description"].split()).replace("> <", "><")),
        visibility=row.get("visibility", BlockVisibility.PUBLIC),
        status=BlockStatus.PUBLISHED,
        published_at=_morning_of(row["versions"][0]["date"]),
        topic=topic,
        city=city,
        created_by=author,
        updated_by=author,
        external_id=external_id,
        is_demo=True,
    )
    for version in row["versions"]:
        _add_version(block, version, author)
    keys = [f"demo:{key}" for key in row["practices"]]
    for practice in Practice.objects.filter(external_id__in=keys):
        PracticeBlock.objects.create(practice=practice, block=block)
    return block


def _add_version(block: BuildingBlock, row: dict[str, Any], author: User | None) -> None:
    version = BlockVersion.objects.create(
        block=block, label=row["label"], date=row["date"], changes=row.get("changes", "")
    )
    content = (files.FOLDER / "blocks" / row["file"]).read_bytes()
    checked = check(ContentFile(content, name=row["name"]))
    BlockPart.objects.create(
        version=version,
        stored=store(checked=checked),
        original_name=checked.name,
        position=1,
        uploaded_by=author,
    )


def _morning_of(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(9)))
