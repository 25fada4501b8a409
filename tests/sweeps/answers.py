"""What the pages of the table answer, read once and looked at by every sweep that wants it."""

from dataclasses import dataclass, field
from functools import cached_property

from tests.support.world import Who, World
from tests.sweeps.documents import Document
from tests.sweeps.table import Answer, Case, read_to_the_end

# Who walks through all pages; what others get is looked at where it comes.
KEPT_FOR = frozenset({Who.VISITOR, Who.AUTHOR, Who.MANAGER, Who.LEADER, Who.COORDINATOR})


@dataclass(frozen=True)
class Read:
    """An answer as it came; `content` is empty where it is no HTML."""

    status: int
    content: bytes

    @classmethod
    def of(cls, response: Answer) -> "Read":
        is_html = response.get("Content-Type", "").startswith("text/html") and not response.streaming
        return cls(response.status_code, response.content if is_html else b"")

    @property
    def html(self) -> str:
        return self.content.decode()

    @cached_property
    def document(self) -> Document:
        return Document(self.html)


@dataclass
class Answers:
    """Answers to GET in the world as it was made.

    A page that crashes is an answer with 500, so that others are still read.
    """

    world: World
    _kept: dict[tuple[str, Who], Read] = field(default_factory=dict)

    def keep(self, case: Case, who: Who, response: Answer) -> None:
        """Somebody has just asked; so nobody need ask again."""
        if case.method == "GET" and who in KEPT_FOR:
            self._kept[case.url(self.world), who] = Read.of(response)

    def of(self, case: Case, who: Who) -> Read:
        return self.at(case.url(self.world), who)

    def at(self, url: str, who: Who) -> Read:
        if (url, who) not in self._kept:
            with self.world.trial(), self.world.tolerant(who):
                self._kept[url, who] = Read.of(read_to_the_end(self.world.client(who).get(url)))
        return self._kept[url, who]
