"""„Von 7 Städten übernommen“: a derived number of write-ups and blocks, so that lists read one table."""

from __future__ import annotations

from practices import search_entry
from practices.blocks import search_entry as blocks_entry
from practices.enums import Status
from practices.models import Adoption, BuildingBlock, Practice


def locked_subject(adoption: Adoption) -> Practice | BuildingBlock:
    """What is taken over, locked before the adoption itself so that two writers never wait for each other."""
    if adoption.practice_id:
        return Practice.objects.select_for_update(no_key=True).get(pk=adoption.practice_id)
    return BuildingBlock.objects.select_for_update(no_key=True).get(pk=adoption.subject.pk)


def bring_in_line(subject: Practice | BuildingBlock) -> None:
    """Count again and tell the search; call it in the transaction that changes an adoption."""
    number = Adoption.objects.counted().filter(**of(subject)).count()
    if number == subject.adopters:
        return
    subject.adopters = number
    subject.save(update_fields=["adopters"])
    if subject.status != Status.PUBLISHED:  # others have no entry; the word is the same for blocks
        return
    if isinstance(subject, Practice):
        search_entry.refresh(subject)
    else:
        blocks_entry.refresh(subject)


def of(subject: Practice | BuildingBlock) -> dict[str, Practice | BuildingBlock]:
    """The column by which an adoption points at this."""
    return {"practice" if isinstance(subject, Practice) else "block": subject}
