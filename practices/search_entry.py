"""What the search knows of a write-up. Only published ones have an entry."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.beside import Beside, read_beside
from practices.blocks.enums import MARKS, BlockKind, BlockStatus, BlockVisibility
from practices.enums import Kind, Visibility
from practices.facets import KIND_CODES, PLACES, Facets
from practices.figures.costs import one_off
from practices.models import Practice, PracticeTopic
from practices.sections import TEXT_FIELDS
from search import entries
from search.entries import EntryData
from search.models import Audience
from search.sources import Hint, Source
from topics.tree import TopicTree
from ui.richtext import to_plain_text

if TYPE_CHECKING:
    from practices.models import BuildingBlock
    from practices.querysets import PracticeQuerySet

SOURCE = 1
BATCH = 500
CHECKED = 60  # how far another city's check lifts a write-up, of 100
# What the entry tells of a write-up's own row.
OWN = (
    "pk", "title", "summary", "kind", "phase", "visibility", "city_id", "licence", "published_at",
    "confirmed_on", "checked_on", "adopters", *TEXT_FIELDS,
)  # fmt: skip


def refresh(practice: Practice) -> None:
    """Bring the entry in line with the write-up; call it in the transaction that changes the write-up."""
    found = list(entries_of([practice.pk]))
    if found:
        entries.enter(found)
    else:
        entries.withdraw(SOURCE, [practice.pk])


def refresh_many(practice_ids: Collection[int]) -> None:
    """The same for several after something that their entries tell of changed."""
    entries.refresh(SOURCE, practice_ids)


def all_entries() -> Iterable[EntryData]:
    return _entries(Practice.objects.published())


def entries_of(practice_ids: Collection[int]) -> Iterable[EntryData]:
    return _entries(Practice.objects.published().filter(pk__in=practice_ids))


def _entries(practices: PracticeQuerySet) -> Iterator[EntryData]:
    """Values instead of objects: making objects of all that is connected took most of the time."""
    tree = TopicTree.load()
    rows = practices.order_by("pk").values_list(*OWN, named=True).iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        beside = read_beside([row.pk for row in batch], {row.city_id for row in batch})
        for row in batch:
            yield entry_of(row, beside, tree)


def topics_of(practice_ids: Collection[int]) -> dict[int, list[int]]:
    """The topics of write-ups with all above them, without their texts."""
    tree = TopicTree.load()
    found: dict[int, list[int]] = {}
    for practice_id, topic_id in PracticeTopic.objects.filter(practice__in=practice_ids).values_list(
        "practice", "topic"
    ):
        found.setdefault(practice_id, []).extend(node.id for node in tree.path(topic_id))
    return found


def entry_of(practice: Any, beside: Beside, tree: TopicTree) -> EntryData:
    """The entry of a published write-up, given its OWN values. An anonymous one names no city, neither as a
    number nor in words.
    """
    is_anonymous = practice.visibility == Visibility.ANONYMOUS
    city = beside.cities[practice.city_id]
    paths = {topic_id: tree.path(topic_id) for topic_id in beside.topics[practice.pk]}
    # Words of the topics it stands under; of those above only the names, since their synonyms say too much.
    words = [word for topic_id in paths for word in (tree[topic_id].name, *tree[topic_id].synonyms)]
    nodes = {node.id: node for path in paths.values() for node in path}
    words += [node.name for node in nodes.values() if node.id not in paths]
    words += beside.words[practice.pk]
    if not is_anonymous:
        words += [city.name, *beside.partners[practice.pk]]
    texts = [to_plain_text(text) for name in TEXT_FIELDS if (text := getattr(practice, name))]
    texts += [practice.licence, *beside.indicators[practice.pk]]
    facets = Facets(
        kind=practice.kind,
        phase=practice.phase,
        state="" if is_anonymous else city.state,
        size=None if is_anonymous else city.size_class,
        cost=one_off(beside.figures[practice.pk]),
        is_checked=practice.checked_on is not None,
        is_adopted=practice.adopters > 0,
    )
    return EntryData(
        source=SOURCE,
        object_id=practice.pk,
        audience=Audience.PUBLIC if practice.visibility == Visibility.PUBLIC else Audience.NETWORK,
        date=timezone.localdate(practice.published_at),
        confirmed_on=practice.confirmed_on,
        title=practice.title,
        lead=practice.summary,
        keywords="\n".join(words),
        body="\n".join(text for text in texts if text),
        city_id=None if is_anonymous else practice.city_id,
        topics=list(nodes),
        marks=block_marks(practice, beside.blocks[practice.pk]),
        facets=facets.pack(),
        boost=CHECKED if facets.is_checked else 0,
        uses=practice.adopters,
    )


def _naming(city_id: int) -> Collection[int]:
    """Write-ups of others that this city takes part in."""
    return list(Practice.objects.published().filter(partner_cities=city_id).values_list("pk", flat=True))


def block_marks(practice: Any, blocks: Iterable[BuildingBlock]) -> list[int]:
    """The kinds of published building blocks that every reader of the write-up may see on it.

    A block for fewer people would tell through a number that it exists, and one of the city itself whose
    anonymous write-up it is.
    """
    is_public, is_anonymous = (
        practice.visibility == each for each in (Visibility.PUBLIC, Visibility.ANONYMOUS)
    )
    return sorted({
        MARKS[BlockKind(block.kind)]
        for block in blocks
        if block.status == BlockStatus.PUBLISHED
        and (block.visibility == BlockVisibility.PUBLIC or not is_public)
        and not (is_anonymous and block.city_id == practice.city_id)
    })  # fmt: skip


STOPPED = Hint(
    words=(
        "gescheitert",
        "gescheiterte",
        "gescheiterter",
        "gestoppt",
        "gestoppte",
        "abgebrochen",
        "abgebrochene",
        "scheitern",
        "scheiterte",
        "scheiterten",
        "eingestellt",
        "eingestellte",
        "Misserfolg",
        "Misserfolge",
        "Fehlschlag",
        "Fehlschläge",
        "nicht funktioniert",
        "nicht geklappt",
        "nicht gelungen",
    ),
    facet="kind",
    code=KIND_CODES[Kind.STOPPED],
    label=_("beendete Vorhaben"),
)
PRACTICES = Source(
    code=SOURCE,
    name="practices",
    all_entries=all_entries,
    entries_of=entries_of,
    facets=PLACES,
    hints=[STOPPED],
    naming_city=_naming,
    topics_of=topics_of,
)
