"""What forbids to take a write-up over as its line makes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from practices.enums import Kind, Status
from practices.exchange_format import days
from practices.exchange_format.links import topics_of
from practices.sections import BOXES, label_of

if TYPE_CHECKING:
    from practices.exchange_format.links import Keys
    from practices.models import Practice


def complaints(practice: Practice, keys: Keys, retired: Mapping[int, str]) -> Iterator[str]:
    """What the database would refuse, what a published write-up needs, and topics of the `retired` ones
    that it does not stand under yet.
    """
    if practice.city_id is None:
        yield _("city: fehlt. Von anonymen Beiträgen steht die Stadt nicht in der Datei; tragen Sie sie ein.")
    starts, ends = practice.starts, practice.ends
    if starts and ends and ends < starts and not starts.startswith(ends):
        yield _("ends: Das Ende darf nicht vor dem Beginn liegen.")
    yield from days.complaints(practice)
    has = topics_of(practice)
    for topic in keys.topics or ():
        if topic in retired and topic not in has:
            yield _("topics: Das Thema „%(name)s“ ist stillgelegt; darunter kommt nichts Neues.") % {
                "name": retired[topic]
            }
    if practice.status in {Status.PUBLISHED, Status.IN_REVIEW}:
        yield from _missing(practice, has_topics=bool(has if keys.topics is None else keys.topics))


def _missing(practice: Practice, *, has_topics: bool) -> Iterator[str]:
    needed = ["summary", *BOXES, *(["stop_reason"] if practice.kind == Kind.STOPPED else [])]
    for name in needed:
        if not getattr(practice, name):
            yield _("%(name)s: „%(label)s“ fehlt; ohne geht es nur mit status „draft“.") % {
                "name": name,
                "label": label_of(name),
            }
    if not has_topics:
        yield _("topics: Ein veröffentlichter Beitrag braucht ein Thema.")
