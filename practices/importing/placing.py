"""Where the parts of a document go, and how a section reads with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from practices.importing.blocks import plain
from practices.importing.outline import LONGEST_PART, with_heading
from practices.models import ImportedPart

LATER, DROP = "", "-"


class HasSections(Protocol):
    """A write-up, stored or about to be."""

    @property
    def pk(self) -> int | None: ...


def composed(
    record: HasSections,
    parts: Iterable[ImportedPart],
    targets: Mapping[int, str],
    replaced: Collection[str] = (),
) -> dict[str, str]:
    """The new text of each section that gets something; what stands there stays unless it is `replaced`.

    `targets` says by a part's key where it goes: a section's field, LATER or DROP.
    """
    arriving: dict[str, list[ImportedPart]] = defaultdict(list)
    for part in parts:
        target = targets.get(part.pk, LATER)
        if target not in {LATER, DROP}:
            arriving[target].append(part)
    texts = {}
    for name, added in arriving.items():
        pieces = [] if name in replaced else [getattr(record, name)]
        pieces = [piece for piece in pieces if piece]
        for part in added:
            pieces.append(with_heading(part.heading, part.text, is_first=not pieces))
        texts[name] = "\n".join(pieces)
    return texts


def is_too_long(text: str) -> bool:
    return len(plain(text)) > LONGEST_PART
