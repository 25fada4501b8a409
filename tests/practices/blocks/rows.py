"""Building blocks for tests."""

from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import User
from practices.blocks import actions, search_entry
from practices.blocks.enums import BlockStatus, BlockVisibility
from practices.files.checking import Checked, check
from practices.models import BlockPart, BlockVersion, BuildingBlock, Practice, PracticeBlock
from tests.factories import make_city, make_topic, make_user


def make_block(
    title: str = "Leitfaden Beteiligung", *, practice: Practice | None = None, **fields: Any
) -> BuildingBlock:
    """A published public guide with one version and no file, unless told otherwise."""
    values: dict[str, Any] = {
        "title": title,
        "kind": "guide",
        "summary": "Wie man anfängt.",
        "licence": "cc-by-4.0",
        "status": BlockStatus.PUBLISHED,
    } | fields
    values["city"] = fields.get("city") or make_city()
    values["topic"] = fields.get("topic") or make_topic()
    if values["status"] != BlockStatus.DRAFT:
        values.setdefault("published_at", timezone.now())
    block = BuildingBlock.objects.create(**values)
    BlockVersion.objects.create(block=block, label="1.0")
    if practice:
        PracticeBlock.objects.create(practice=practice, block=block)
    search_entry.refresh(block)
    return block


def make_blocks(titles: dict[str, str], *, by: User, **fields: Any) -> dict[str, BuildingBlock]:
    """One that all may see, a „draft“ and one for the „network“, by these names, each with a file."""
    differing: dict[str, dict[str, Any]] = {
        "draft": {"status": BlockStatus.DRAFT},
        "network": {"visibility": BlockVisibility.NETWORK},
    }
    blocks = {
        name: make_block(title, created_by=by, **fields, **differing.get(name, {}))
        for name, title in titles.items()
    }
    for block in blocks.values():
        add_file(block, f"Text von {block.title}", by=by)
    return blocks


def upload(text: str = "Ein Leitfaden", name: str = "Leitfaden.txt") -> Checked:
    return check(ContentFile(text.encode(), name=name))


def add_file(block: BuildingBlock, text: str = "Ein Leitfaden", by: User | None = None) -> BlockPart:
    version = block.versions.get()
    actions.add_part(version=version, by=by or make_user(), upload=upload(text), url="", title="")
    return version.parts.get()


def form_data(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Leistungsbeschreibung",
        "kind": "tender",
        "summary": "Was im Vergabeverfahren stand.",
        "description": "<p>Zwölf Seiten.</p>",
        "licence": "cc-by-4.0",
        "visibility": "public",
    } | changes
