"""Cities, topics and tags that lines name, looked up in memory: a file has many lines and few of these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from taggit.models import Tag

from cities.actions import admit_many
from cities.enums import NetworkStatus, State
from cities.models import City
from practices.exchange_format.curated import Merges, former_tags, former_topics, split_topics
from practices.exchange_format.record import BrokenRecordError
from search.folding import german_slug
from topics.actions import hold_map, save_topic
from topics.models import Service, Topic
from topics.tree import TopicTree

if TYPE_CHECKING:
    from practices.exchange_format.record import Place

MOST_NAMED = 5
MOST_CREATED = 1_000  # topics; a map of more is a column taken for another


class Cities:
    """The register. With `admits` municipalities outside of the network join it as guests."""

    def __init__(self, *, admits: bool) -> None:
        self.admitted: list[str] = []
        self._admits = admits
        self._by_ags: dict[str, tuple[int, str, bool]] = {}
        self._to_admit: list[int] = []
        self._by_name: defaultdict[str, list[str]] = defaultdict(list)
        for ags, key, name, status in City.objects.values_list("ags", "pk", "name", "status").order_by("ags"):
            self._by_ags[ags] = (key, name, status != NetworkStatus.OUTSIDE)
            self._by_name[german_slug(name)].append(ags)

    def key_of(self, place: Place) -> int:
        """The city's id; raises BrokenRecordError where it is unknown, unclear or outside of the network."""
        ags = place.ags or self._ags_of(place)
        if ags not in self._by_ags:
            raise BrokenRecordError([_("Den AGS %(ags)s gibt es nicht im Register.") % {"ags": ags}])
        key, name, is_in_network = self._by_ags[ags]
        if not is_in_network:
            self._take_in(ags, key, name)
        return key

    def admit(self) -> None:
        """Let those join that lines have named since the last time."""
        if self._to_admit:
            admit_many(
                city_ids=self._to_admit, status=NetworkStatus.GUEST, joined_on=timezone.localdate(), by=None
            )
            self._to_admit.clear()

    def _ags_of(self, place: Place) -> str:
        if not place.name:
            raise BrokenRecordError([_("Eine Stadt braucht einen AGS oder einen Namen.")])
        found = self._by_name.get(german_slug(place.name), [])
        if place.state:
            state = _state(place.state)
            found = [ags for ags in found if ags.startswith(state)]
        if len(found) == 1:
            return found[0]
        if not found:
            message = _("Die Stadt „%(name)s“ gibt es nicht im Register.") % {"name": place.name}
        else:
            message = _("Die Stadt „%(name)s“ ist nicht eindeutig; geben Sie den AGS an: %(choice)s.") % {
                "name": place.name,
                "choice": ", ".join(found[:MOST_NAMED]),
            }
        raise BrokenRecordError([message])

    def _take_in(self, ags: str, key: int, name: str) -> None:
        if not self._admits:
            message = _("Die Stadt „%(name)s“ (%(ags)s) ist nicht im Netzwerk; --admit-cities nimmt sie auf.")
            raise BrokenRecordError([message % {"name": name, "ags": ags}])
        self._by_ags[ags] = (key, name, True)
        self._to_admit.append(key)
        self.admitted.append(name)


class Topics:
    """The topic map, by today's and by former names. With `creates` unknown names become topics at its root.

    `retired` are the names of those under which nothing new is put.
    """

    def __init__(self, *, creates: bool) -> None:
        if creates:
            hold_map()
        self.created: list[str] = []
        self.retired: dict[int, str] = {}
        self._creates = creates
        self._slugs: dict[int, str] = {}
        self._by_slug: dict[str, int] = {}
        self._by_name: defaultdict[str, list[int]] = defaultdict(list)
        for node in TopicTree.load():
            self._remember(node.id, node.slug, node.name)
            if node.is_retired:
                self.retired[node.id] = node.name
        merges = Merges(self._slugs)
        self._former = former_topics(merges)
        self._split = split_topics(merges)

    def _remember(self, key: int, slug: str, name: str) -> None:
        self._slugs[key] = slug
        self._by_slug[slug] = key
        self._by_name[_compared(name)].append(key)

    def keys_of(self, names: Iterable[str]) -> list[int]:
        """Ids in the order of the names, each once; raises BrokenRecordError with all that are none."""
        found: dict[int, None] = {}
        messages: list[str] = []
        for name in names:
            try:
                found[self._key_of(name)] = None
            except BrokenRecordError as error:
                messages += error.messages
        if messages:
            raise BrokenRecordError(messages)
        return list(found)

    def complaints(self, names: Iterable[str]) -> list[str]:
        """What is wrong with the topics of a line that is not taken over; nothing is made for it."""
        if self._creates:
            return []
        try:
            self.keys_of(names)
        except BrokenRecordError as error:
            return error.messages
        return []

    def after_splits(self, practice_id: int, keys: list[int]) -> list[int]:
        """The topics of a known write-up: it has gone along where one was split, unless both are named."""
        found = []
        for key in keys:
            now = key
            while (practice_id, now) in self._split:
                now = self._split[practice_id, now]
            found.append(key if now in keys else now)
        return found

    def _key_of(self, name: str) -> int:
        found = self._found(name)
        if len(found) == 1:
            return found[0]
        if found:
            message = _("Das Thema „%(name)s“ ist nicht eindeutig; geben Sie die Adresse an: %(choice)s.")
            choice = ", ".join(self._slugs[key] for key in found[:MOST_NAMED])
            raise BrokenRecordError([message % {"name": name, "choice": choice}])
        if not self._creates:
            message = _("Das Thema „%(name)s“ gibt es nicht. Mit --create-topics wird es angelegt.")
            raise BrokenRecordError([message % {"name": name}])
        return self._create(name)

    def _found(self, name: str) -> list[int]:
        """Topics that it may mean: what is called so now comes before what once was."""
        if name in self._by_slug:
            return [self._by_slug[name]]
        compared = _compared(name)
        if compared in self._by_name:
            return self._by_name[compared]
        if compared in self._by_slug:  # it is called otherwise now, and has kept its address
            return [self._by_slug[compared]]
        return self._former.get(name) or self._former.get(compared) or []

    def _create(self, name: str) -> int:
        if len(self.created) == MOST_CREATED:
            message = _("Mehr als %(most)d neue Themen werden nicht auf einmal angelegt.")
            raise BrokenRecordError([message % {"most": MOST_CREATED}])
        topic = Topic(name=name, slug=german_slug(name, 100))
        try:
            topic.full_clean()
        except ValidationError as error:
            message = _("„%(name)s“ kann kein Thema heißen: %(why)s")
            raise BrokenRecordError([message % {"name": name, "why": " ".join(error.messages)}]) from None
        save_topic(topic=topic, by=None)
        self._remember(topic.pk, topic.slug, name)
        self.created.append(name)
        return topic.pk


class Tags:
    """Tags by their lower-case name; new ones are made as they come."""

    def __init__(self) -> None:
        self._keys = {
            name.lower(): key for key, name in Tag.objects.values_list("pk", "name").order_by("-pk")
        }
        self._former = former_tags()

    def keys_of(self, names: Iterable[str]) -> tuple[list[int], list[int]]:
        """Ids of tags, and of the topics that some of the names have become."""
        tags: dict[int, None] = {}
        topics: dict[int, None] = {}
        for name in names:
            while became := self._former.get(name.lower()):
                name = became.tag
                if became.topic_id is not None:
                    topics[became.topic_id] = None
            if name:
                tags[self._key_of(name)] = None
        return list(tags), list(topics)

    def _key_of(self, name: str) -> int:
        if name.lower() not in self._keys:
            self._keys[name.lower()] = Tag.objects.create(name=name).pk
        return self._keys[name.lower()]


class Services:
    """The catalogue of OZG services by LeiKa key and by name; nothing is made here."""

    def __init__(self) -> None:
        self._by_key: dict[str, int] = {}
        self._by_name: defaultdict[str, list[int]] = defaultdict(list)
        for key, leika_key, name in Service.objects.values_list("pk", "leika_key", "name"):
            self._by_key[leika_key] = key
            self._by_name[german_slug(name)].append(key)

    def keys_of(self, names: Iterable[str]) -> list[int]:
        return list(dict.fromkeys(self._key_of(name) for name in names))

    def _key_of(self, name: str) -> int:
        if name in self._by_key:
            return self._by_key[name]
        found = self._by_name.get(german_slug(name), [])
        if len(found) == 1:
            return found[0]
        if found:
            message = _("Die OZG-Leistung „%(name)s“ ist nicht eindeutig; geben Sie den LeiKa-Schlüssel an.")
        else:
            message = _("Die OZG-Leistung „%(name)s“ steht nicht im Katalog.")
        raise BrokenRecordError([message % {"name": name}])


def _state(text: str) -> str:
    """The first two digits of the AGS from a Land's name or from themselves."""
    for state in State:
        if text in state.value or german_slug(text) == german_slug(str(state.label)):
            return state.value
    raise BrokenRecordError([_("Ein Land „%(name)s“ gibt es nicht.") % {"name": text}])


def _compared(name: str) -> str:
    """How names of topics are compared; those without Latin letters as they are."""
    return german_slug(name) or name
