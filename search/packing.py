"""How a thing's single-valued facets are packed into one integer of its entry.

The places are the same for all sources; what stands in them only the source knows. Numbers are stored, so a
place is never given to another facet. 0 stands for „not known“ in all fields behind the first two.
"""

from __future__ import annotations

from typing import NamedTuple


class Field(NamedTuple):
    """Some bits of the packed integer."""

    shift: int
    bits: int

    @property
    def mask(self) -> int:
        return (1 << self.bits) - 1

    def put(self, value: int) -> int:
        if not 0 <= value <= self.mask:
            raise ValueError(f"{value} does not fit into {self.bits} bits")
        return value << self.shift

    def of(self, packed: int) -> int:
        return packed >> self.shift & self.mask


FIELDS = (
    Field(0, 3), Field(3, 3),
    Field(6, 5), Field(11, 3), Field(14, 3), Field(17, 1), Field(18, 1),
)  # fmt: skip
